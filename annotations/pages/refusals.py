"""Refusals as pages; and the same for a failed CSRF check."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.project.refusals import (
    Invalid,
    NotAllowed,
    NotNow,
    NotVisible,
    Refusal,
    Stale,
    TakenDown,
)
from annotations.project.speaking import spoken
from annotations.text.wellformed import UnstorableText, require_storable

STATUS = {
    NotVisible: 404,
    NotAllowed: 403,
    NotNow: 409,
    TakenDown: 410,
    Stale: 412,
    Invalid: 422,
}


def status_of(refusal: Refusal) -> int:
    return next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 400)


class RefusalPages:
    """Turns what a verb refused into a page that says why; 404 pages are all the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError):
            error = _unstorable(request) or error
        if not isinstance(error, Refusal) or request.path.startswith("/api/"):
            return None
        if isinstance(error, NotVisible):
            raise Http404(error.message) from error
        status = status_of(error)
        return render(
            request,
            "annotations/refused.html",
            {"refusal": spoken(error), "status": status},
            status=status,
        )


def _unstorable(request: HttpRequest) -> Invalid | None:
    """No page of ours sends NUL, which the database holds nowhere; where it is, is said."""
    try:
        for sent in (request.GET, request.POST):
            require_storable(dict(sent.items()))
    except UnstorableText as found:
        return Invalid(found.message)
    return None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page for people, a problem for scripts: both say to load the page again."""
    detail = _("This page was open for too long, or cookies are off. Load it again and repeat.")
    if request.path.startswith("/api/"):
        problem = {"type": "csrf", "title": _("Not allowed"), "status": 403, "detail": detail}
        return JsonResponse(problem, status=403, content_type="application/problem+json")
    refusal = NotAllowed(detail)
    context = {"refusal": refusal, "status": 403, "grown_old": True}
    return render(request, "annotations/refused.html", context, status=403)
