"""The short way of the next document: one question says who asks, the verb does the rest.

Whoever has no session that is in force, or no such role, goes the long way, which says so; and so
does a tool with its token, whose use is noted there.
"""

from __future__ import annotations

import json
import re

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect

from annotations.api import callers
from annotations.assignment import claiming
from annotations.coding.showing import assignment_json
from annotations.project.refusals import Refusal
from workbench import replicas

ROUTE = "api/v1/projects/<slug:slug>/assignments/next"
_NEXT = re.compile(r"/api/v1/projects/([-a-zA-Z0-9_]+)/assignments/next")
_JSON = ("*/*", "application/json")


def next_document(request: HttpRequest) -> HttpResponse | None:
    """None where the long way is to answer; nothing was changed then."""
    asked = _NEXT.fullmatch(request.path_info)
    if asked is None or request.META["QUERY_STRING"] or callers.bearer_of(request) is not None:
        return None
    if not any(kind in request.META.get("HTTP_ACCEPT", "*/*") for kind in _JSON):
        return None
    try:
        answer = _claimed(request, asked[1])
    except Refusal:
        return None
    if answer.status_code >= 300:  # no token against forgery
        return None
    request.short_way = ROUTE  # type: ignore[attr-defined]
    return answer


@csrf_protect
def _claimed(request: HttpRequest, slug: str) -> HttpResponse:
    user, coder = callers.coder_in(request, slug)
    with pghistory.context(user=user):
        found = claiming.claim_as(coder, now=timezone.now())
    if replicas.is_set():
        replicas.note(user)
    if found is None:
        return HttpResponse(status=204)
    said = json.dumps(assignment_json(found), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(said, content_type="application/json")
