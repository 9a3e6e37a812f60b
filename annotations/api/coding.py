"""Claims, submissions and the document that is read."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, State
from annotations.coding import submitting
from annotations.coding.showing import assignment_json, document_json
from annotations.coding.submitting import Submission
from annotations.corpus.models import Document
from annotations.project.access import Action, may, permitted, project_for
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotVisible


def person(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the permission class has seen to it
    return request.user


class NextAssignment(APIView):
    """POST: what is open, else a new claim; 204 when there is nothing for the caller."""

    scopes = {"POST": {"code"}}

    def post(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.CODE)
        found = claiming.claim_next(project, by=person(request), now=timezone.now())
        return Response(status=204) if found is None else Response(assignment_json(found))


class OneAssignment(APIView):
    """GET and PATCH of one's own assignment: submit, take back, skip, give back."""

    scopes = {"GET": {"read", "code"}, "PATCH": {"code"}}

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(assignment_json(claiming.assignment_of(person(request), uuid)))

    def patch(self, request: Request, uuid: UUID) -> Response:
        assignment = claiming.assignment_of(person(request), uuid)
        change(assignment, asked_of(request.data), operation=operation_of(request))
        return Response(assignment_json(assignment))


def operation_of(request: Request) -> UUID | None:
    given = request.headers.get("Idempotency-Key")
    try:
        return None if given is None else UUID(given)
    except ValueError as error:
        detail = _("%(field)s must be a UUID.") % {"field": "Idempotency-Key"}
        raise Invalid.field("Idempotency-Key", "uuid", detail) from error


def asked_of(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Invalid.field("", "not-an-object", _("The body must be a JSON object."))
    if not isinstance(data.get("reason", ""), str):
        detail = _("%(field)s must be a string.") % {"field": "reason"}
        raise Invalid.field("reason", "string", detail)
    return data


def change(assignment: Assignment, asked: dict[str, Any], *, operation: UUID | None) -> None:
    coder, now = assignment.coder, timezone.now()
    state, reason = asked.get("state"), asked.get("reason", "")
    if state == State.SUBMITTED:
        submission = submission_of(asked)
        submitting.submit(assignment, submission, by=coder, now=now, operation=operation)
    elif state == State.IN_PROGRESS and assignment.state == State.SUBMITTED:
        submitting.take_back(assignment, by=coder, now=now, operation=operation)
    elif state == State.IN_PROGRESS:
        claiming.resume(assignment, by=coder, now=now, operation=operation)
    elif state == State.SKIPPED:
        claiming.skip(assignment, reason=reason, by=coder, now=now, operation=operation)
    elif state == State.RELEASED:
        claiming.give_back(assignment, by=coder, now=now, operation=operation)
    else:
        known = {"field": "state", "known": "submitted, in_progress, skipped, released"}
        detail = _("%(field)s is one of %(known)s.") % known
        raise Invalid.field("state", "state-unknown", detail)


def submission_of(asked: dict[str, Any]) -> Submission:
    judged, up_to = asked.get("judged", []), asked.get("up_to")
    if not isinstance(judged, list) or not all(_index(each) for each in judged):
        detail = _("%(field)s is a list of passage indexes.") % {"field": "judged"}
        raise Invalid.field("judged", "indexes", detail)
    if up_to is not None and not _index(up_to):
        detail = _("%(field)s is a code point offset or null.") % {"field": "up_to"}
        raise Invalid.field("up_to", "offset", detail)
    return Submission(judged=judged, up_to=up_to, reason=asked.get("reason", ""))


def _index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


class OneDocument(APIView):
    """GET: text, passages, and the caller's own annotations (`?assignment=` picks the coding)."""

    scopes = {"GET": {"read", "code"}}

    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        document, assignment = readable(person(request), uuid, request.GET.get("assignment"))
        said = document_json(document.uuid, assignment=assignment.pk if assignment else None)
        return tagged(said, known=request.META.get("HTTP_IF_NONE_MATCH"))


def tagged(said: str, *, known: str | None) -> HttpResponse:
    """JSON with its ETag, or 304 where it is `known`."""
    content = said.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if known == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(content, content_type="application/json", headers={"ETag": etag})


def readable(user: User, uuid: UUID, wanted: str | None) -> tuple[Document, Assignment | None]:
    """The document for its coders, and for those who may see all; one 404 for the rest."""
    own = (
        Assignment.objects.filter(permitted(user, Action.CODE))
        .filter(document__uuid=uuid, coder__user=user)
        .select_related("document__project", "batch__edition", "coder", "project")
        .defer("document__text")
        .order_by("-pk")
    )
    if wanted is not None:
        own = own.filter(uuid=_uuid_or_nothing(wanted))
    assignment = own.first()
    if assignment is not None:
        return assignment.document, assignment
    documents = Document.objects.select_related("project").defer("text")
    document = documents.filter(uuid=uuid).first()
    if wanted is not None or document is None:
        raise NotVisible
    if not may(user, Action.SEE_DOCUMENTS, document.project):
        raise NotVisible
    return document, None


def _uuid_or_nothing(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotVisible from error


class CsrfToken(APIView):
    """GET: a fresh CSRF token for a page that has been open for long."""

    def get(self, request: Request) -> Response:
        return Response({"token": get_token(request._request), "user": str(person(request).pk)})
