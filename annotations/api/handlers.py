"""What nobody else answers, below /api/ as a problem and elsewhere as a page."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults

from annotations.api import problems
from annotations.project.refusals import NotVisible
from workbench.outages import AWAY, BUSY, FULL, TOO_LONG, Outage, outage_of

_SAID = {
    AWAY: gettext_lazy("The database does not answer. What was called saved is kept; ask again."),
    BUSY: gettext_lazy("The database is busy. What was called saved is kept; ask again."),
    TOO_LONG: gettext_lazy("This took too long and was broken off; nothing was changed."),
    FULL: gettext_lazy("The server’s disk is full. What was called saved is kept."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _of_programs(request):
        return defaults.bad_request(request, exception)
    return problems.plain(400, "parse_error", _("The request cannot be understood."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _of_programs(request):
        return defaults.page_not_found(request, exception)
    return problems.refused(NotVisible())


def server_error(request: HttpRequest) -> HttpResponse:
    """It says nothing of what went wrong; the log does.

    Django asks for it wherever an error came from, also from the layers before any view, and while
    that error is handled: what is only out of order for now is told from a fault here, for all.
    """
    if outage := outage_of(sys.exception()):
        return _out_of_order(request, outage)
    if not _of_programs(request):
        return defaults.server_error(request)
    detail = _("It was not your request. What happened is in the server’s log.")
    return problems.plain(500, "server-error", detail)


def _out_of_order(request: HttpRequest, outage: Outage) -> HttpResponse:
    wait = {"Retry-After": str(outage.seconds)}
    if _of_programs(request) or request.headers.get("Accept", "").startswith("application/json"):
        return problems.plain(outage.status, outage.code, str(_SAID[outage]), **wait)
    # What was sent with a form is not sent again by itself.
    context = {"code": outage.code, "asks_again": request.method in {"GET", "HEAD"}}
    page = loader.get_template("outage.html").render(context)
    return HttpResponse(page, status=outage.status, headers=wait)


def _of_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
