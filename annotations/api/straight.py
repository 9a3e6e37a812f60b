"""The short ways: a save that goes well, the next document, opening one's own work, and a frozen file for a tool."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from annotations.api import callers, saving
from annotations.api.claims import next_document
from annotations.api.coding import tagged
from annotations.api.frozen import kept_documents
from annotations.coding.showing import document_json
from annotations.project.refusals import NotVisible, TakenDown

_UUID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_ANNOTATION = re.compile(f"/api/v1/annotations/{_UUID}")
_DOCUMENT = re.compile(f"/api/v1/documents/{_UUID}")
_QUERY = re.compile(f"assignment={_UUID}")

# Of a body that is too large, bytes.
_HEARD_OUT, _CHUNK = 64 * 1024**2, 64 * 1024


class Straight:
    """Answers them before what only pages need: sessions, accounts, messages, forms.

    The session, the person and the work are found in one query. What is refused here has changed
    nothing, so it is asked again the long way, which words the refusal in the reader's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase | None = None
        if request.method == "PUT":
            answer = _saved(request)
        elif request.method == "POST":
            answer = next_document(request)
        elif request.method == "GET":
            answer = _opened(request) or kept_documents(request)
        answer = answer or self.get_response(request)
        if answer.status_code == 413:
            _hear_out(request)
        return answer


def _hear_out(request: HttpRequest) -> None:
    """Reads what was not wanted: cut off in the middle, a browser may never see the answer."""
    for _chunk in range(_HEARD_OUT // _CHUNK):
        if not request.read(_CHUNK):
            return


def _saved(request: HttpRequest) -> HttpResponse | None:
    found = _ANNOTATION.fullmatch(request.path_info)
    if found is None:
        return None
    request.short_way = "api/v1/annotations/<uuid:uuid>"  # type: ignore[attr-defined]
    answer = saving.annotation(request, UUID(found[1]))
    return answer if answer.status_code < 300 else None


def _opened(request: HttpRequest) -> HttpResponse | None:
    """A document with one's own coding. A token goes the long way, where its use is noted."""
    found = _DOCUMENT.fullmatch(request.path_info)
    query = found and _QUERY.fullmatch(request.META["QUERY_STRING"])
    if found is None or query is None or callers.bearer_of(request) is not None:
        return None
    request.short_way = "api/v1/documents/<uuid:uuid>"  # type: ignore[attr-defined]
    try:
        work = callers.work_of(request, callers.BY_ASSIGNMENT, UUID(query[1]))
        # Reasons of zones are said in the reader's language, as everywhere.
        with translation.override(translation.get_language_from_request(request)):
            said = document_json(UUID(found[1]), assignment=work.id)
            language = translation.get_language()
    except (NotVisible, TakenDown, callers.NotSignedIn):
        return None
    answer = tagged(said, known=request.META.get("HTTP_IF_NONE_MATCH"))
    answer["Content-Language"] = str(language)
    answer["Vary"] = "Accept-Language, Cookie"
    return answer
