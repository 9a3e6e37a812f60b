"""Comments and flags of coders."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import operation_of, person, readable
from annotations.coding import commenting, flagging
from annotations.coding.commenting import comment_json, comments_on, others_visible
from annotations.coding.flagging import flag_json, own_flags
from annotations.coding.remark_bodies import parse_comment, parse_flag, parse_mark
from annotations.project.refusals import Invalid


class Comments(APIView):
    """GET: what was said about a document's passages, as far as the caller sees it."""

    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, uuid: UUID) -> Response:
        user = person(request)
        document, assignment = readable(user, uuid, request.GET.get("assignment"))
        said = {
            "id": str(document.uuid),
            "offset_unit": "codepoint",
            "others_visible": assignment is None or others_visible(assignment),
            "comments": comments_on(document, assignment=assignment, user=user),
            "flags": own_flags(assignment) if assignment else [],
        }
        return Response(said)


class OneComment(APIView):
    """PUT: a new comment. PATCH: resolved or not. DELETE: one's own taken back."""

    scopes = {"PUT": {"code"}, "PATCH": {"code"}, "DELETE": {"code"}}

    def put(self, request: Request, uuid: UUID) -> Response:
        operation, said = required_operation(request), parse_comment(request.data)
        user = person(request)
        made = commenting.comment(uuid, said, by=user, operation=operation, now=timezone.now())
        return Response(comment_json(made, user=user), status=201)

    def patch(self, request: Request, uuid: UUID) -> Response:
        operation, resolved = required_operation(request), parse_mark(request.data)
        user, now = person(request), timezone.now()
        marked = commenting.resolve_comment(
            uuid, resolved=resolved, by=user, operation=operation, now=now
        )
        return Response(comment_json(marked, user=user))

    def delete(self, request: Request, uuid: UUID) -> Response:
        operation, now = required_operation(request), timezone.now()
        commenting.withdraw_comment(uuid, by=person(request), operation=operation, now=now)
        return Response(status=204)


class OneFlag(APIView):
    """PUT: a new flag. DELETE: one's own taken back while it waits."""

    scopes = {"PUT": {"code"}, "DELETE": {"code"}}

    def put(self, request: Request, uuid: UUID) -> Response:
        operation, said = required_operation(request), parse_flag(request.data)
        now = timezone.now()
        made = flagging.flag(uuid, said, by=person(request), operation=operation, now=now)
        return Response(flag_json(made), status=201)

    def delete(self, request: Request, uuid: UUID) -> Response:
        required_operation(request)
        flagging.withdraw_flag(uuid, by=person(request), now=timezone.now())
        return Response(status=204)


def required_operation(request: Request) -> UUID:
    operation = operation_of(request)
    if operation is None:
        detail = _("Send an Idempotency-Key: a UUID of this operation.")
        raise Invalid.field("Idempotency-Key", "required", detail)
    return operation
