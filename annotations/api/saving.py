"""One annotation: the route that is called all day.

A plain view, because a serializer over the ORM takes ten times as long as the row: one INSERT saves,
provided that the session, the person and the role still are what they were.
"""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from rest_framework.exceptions import APIException

from annotations.api import callers, problems
from annotations.api.asking import require_described
from annotations.api.parsing import read_json
from annotations.api.throttling import TooOften, wrong_token
from annotations.coding import answers, recording
from annotations.coding.answers import Saved, Work
from annotations.coding.bodies import parse
from annotations.project.database import Condition
from annotations.project.refusals import Invalid, Refusal

KNOWN_METHODS = ("GET", "HEAD", "PUT", "DELETE")
ANNOTATION = "api/v1/annotations/<uuid:uuid>"
NEW, KNOWN = "If-None-Match: *", 'If-Match: "revision"'
REVISION = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})"')


@csrf_exempt
def annotation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """PUT, GET and DELETE of one annotation. A token needs no CSRF check, a session does."""
    if request.method not in KNOWN_METHODS:
        return problems.no_such_method(*KNOWN_METHODS)
    if callers.bearer_of(request) is None:
        return _with_csrf(request, uuid)
    return _handled(request, uuid)


@csrf_protect
def _with_csrf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _handled(request, uuid)


def _handled(request: HttpRequest, uuid: UUID) -> HttpResponse:
    try:
        if request.META.get("QUERY_STRING"):
            require_described(ANNOTATION, str(request.method).lower(), request.GET)
        if request.method in {"GET", "HEAD"}:
            work = callers.work_of(request, callers.BY_ANNOTATION, uuid, scopes=["read", "code"])
            return _answer(answers.current(work, uuid), status=200)
        return _delete(request, uuid) if request.method == "DELETE" else _put(request, uuid)
    except callers.NotSignedIn:
        return _not_signed_in(request)
    except Refusal as refusal:
        return problems.refused(refusal)
    except APIException as error:
        return problems.plain(error.status_code, str(error.default_code), str(error.detail))
    except RequestDataTooBig:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        detail = _("An annotation may take at most %(most)d MB, its quote included.")
        return problems.plain(413, "too-large", detail % {"most": most})


def _not_signed_in(request: HttpRequest) -> HttpResponse:
    if callers.bearer_of(request) is not None:
        try:
            wrong_token(request)
        except TooOften as error:
            return problems.plain(429, error.default_code, str(error.detail), **error.headers)
    return problems.not_signed_in()


def revisions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: the history of one annotation, oldest first."""
    if request.method not in {"GET", "HEAD"}:
        return problems.no_such_method("GET", "HEAD")
    try:
        if request.META.get("QUERY_STRING"):
            require_described(f"{ANNOTATION}/revisions", "get", request.GET)
        work = callers.work_of(request, callers.BY_ANNOTATION, uuid, scopes=["read", "code"])
        return JsonResponse({"results": answers.history(work, uuid)})
    except callers.NotSignedIn:
        return _not_signed_in(request)
    except Refusal as refusal:
        return problems.refused(refusal)


def _put(request: HttpRequest, uuid: UUID) -> HttpResponse:
    operation, base = _operation(request), _base(request)
    body = parse(read_json(request.body))

    def save(work: Work, provided: Condition | None) -> Saved:
        now = timezone.now()
        if base is None:
            return recording.annotate(
                work, uuid, body, operation=operation, now=now, provided=provided
            )
        return recording.revise(
            work, uuid, body, base=base, operation=operation, now=now, provided=provided
        )

    saved = callers.saved_by(request, body.assignment, save)
    return _answer(saved.annotation, status=201 if saved.created else 200)


def _delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    operation, base = _operation(request), _base(request)
    if base is None:
        detail = _("DELETE takes %(known)s.") % {"known": KNOWN}
        raise Invalid.field("If-Match", "required", detail)
    work = callers.work_of(request, callers.BY_ANNOTATION, uuid)
    saved = recording.withdraw(work, uuid, base=base, operation=operation, now=timezone.now())
    return HttpResponse(status=204, headers={"ETag": saved.etag})


def _answer(annotation_: dict[str, Any], *, status: int) -> HttpResponse:
    # Plain values only, which need no encoder of Django's.
    said = json.dumps(annotation_)
    response = HttpResponse(said, content_type="application/json", status=status)
    response["ETag"] = f'"{annotation_["revision"]}"'
    return response


def _operation(request: HttpRequest) -> UUID:
    try:
        return UUID(request.META["HTTP_IDEMPOTENCY_KEY"])
    except (KeyError, ValueError) as error:
        raise Invalid.field(
            "Idempotency-Key", "required", _("Send an Idempotency-Key: a UUID of this operation.")
        ) from error


def _base(request: HttpRequest) -> int | None:
    """The revision that the save was made on; None for a new annotation."""
    match, none_match = request.META.get("HTTP_IF_MATCH"), request.META.get("HTTP_IF_NONE_MATCH")
    if match is None and none_match is not None and none_match.strip() == "*":
        return None
    found = REVISION.fullmatch((match or "").strip())
    if found is None or none_match is not None:
        detail = _("Send %(new)s for a new annotation, or %(known)s for a known one.")
        raise Invalid.field("If-Match", "required", detail % {"new": NEW, "known": KNOWN})
    return int(found[1])
