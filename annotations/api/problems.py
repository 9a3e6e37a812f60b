"""Refusals and errors as application/problem+json (RFC 9457).

`type` and each `code` are for programs and never change; `title` and `detail` are for people and
in the language that the request asks for, English where it asks for none.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

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

STATUS = {
    NotVisible: 404,
    NotAllowed: 403,
    NotNow: 409,
    TakenDown: 410,
    Stale: 412,
    Invalid: 422,
}
TITLES = {
    400: _("The request cannot be understood"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("No such method here"),
    406: _("No such format here"),
    409: _("Not in this state"),
    412: _("Changed since"),
    413: _("Too large"),
    415: _("No such content type here"),
    422: _("Invalid"),
    428: _("A condition is required"),
    410: _("Taken down"),
    429: _("Too many requests"),
    500: _("Something went wrong here"),
    503: _("Not at the moment"),
    507: _("No room left"),
}
CONTENT_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {
        "type": code,
        "title": str(TITLES.get(status, _("Error"))),
        "status": status,
        "detail": detail,
        **extra,
    }


def of_refusal(refusal: Refusal) -> dict[str, Any]:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 400)
    extra = {key: value for key, value in spoken(refusal).extra.items() if key != "reason"}
    code = refusal.extra.get("reason", refusal.code)
    return problem(status, code, refusal.message, **extra)


def refused(refusal: Refusal) -> HttpResponse:
    """For plain views."""
    said = of_refusal(refusal)
    return JsonResponse(said, status=said["status"], content_type=CONTENT_TYPE)


def plain(status: int, code: str, detail: str, **headers: str) -> HttpResponse:
    """For plain views: what is no refusal of a verb."""
    said = problem(status, code, detail)
    return JsonResponse(said, status=status, content_type=CONTENT_TYPE, headers=headers)


def not_signed_in() -> HttpResponse:
    detail = _("Sign in, or send a token in force.")
    return plain(401, "not-signed-in", str(detail), **{"WWW-Authenticate": "Bearer"})


def no_such_method(*known: str) -> HttpResponse:
    detail = _("Methods here: %(known)s.") % {"known": ", ".join(known)}
    return plain(405, "method_not_allowed", detail, Allow=", ".join(known))


class TooLarge(exceptions.APIException):
    """A body beyond what is taken."""

    status_code = 413
    default_code = "too-large"


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler; what is not ours to explain stays a 500."""
    if isinstance(error, Refusal):
        said = of_refusal(error)
    elif isinstance(error, Http404):
        said = of_refusal(NotVisible())
    elif isinstance(error, exceptions.APIException):
        said = problem(error.status_code, str(error.default_code), _detail(error))
    else:
        return None
    headers = {}
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        headers["WWW-Authenticate"] = "Bearer"
    headers.update(getattr(error, "headers", {}))
    return Response(said, status=said["status"], headers=headers, content_type=CONTENT_TYPE)


def _detail(error: exceptions.APIException) -> str:
    return str(error.detail) if isinstance(error.detail, str) else str(error.default_detail)
