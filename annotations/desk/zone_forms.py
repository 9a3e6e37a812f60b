"""Zones that a manager confirms or takes back: a form, or a key pressed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.corpus.confirming import confirm_zones, take_back_zones
from annotations.corpus.models import Document
from annotations.desk.signed_in import person
from annotations.project.refusals import Invalid


def settled(request: HttpRequest, found: Document) -> HttpResponse:
    """A form is answered by its page, a key pressed there by what is left to confirm."""
    if "take-back" in request.POST:
        indexes = [int(each) for each in request.POST.getlist("take-back") if is_number(each)]
        take_back_zones(found, indexes, by=person(request))
        return left_of(found)
    changed = confirm_zones(found, zones_of(request), by=person(request), now=timezone.now())
    if request.headers.get("Accept") == "application/json":
        return left_of(found)
    told = ngettext(
        "The zones are confirmed; %(count)s was changed.",
        "The zones are confirmed; %(count)s were changed.",
        changed,
    )
    messages.success(request, told % {"count": changed})
    page = request.POST.get("page", "1")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return redirect(reverse("document", args=[found.uuid]) + query)


def left_of(found: Document) -> JsonResponse:
    return JsonResponse({"unconfirmed": found.passages.filter(zone_confirmed_at=None).count()})


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def zones_of(request: HttpRequest) -> dict[int, str]:
    """The fields `zone-<index>`; all that a page of passages has."""
    found: dict[int, str] = {}
    for key, value in request.POST.items():
        prefix, _dash, index = key.partition("-")
        if prefix == "zone" and is_number(index):
            found[int(index)] = str(value)
    if not found:
        raise Invalid(_("No passage was sent."))
    return found
