"""What differs between releases, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.api.paging import filters_of
from annotations.api.problems import CONTENT_TYPE, problem
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from annotations.release.changing import BeingBuilt, Place, changes, difference_of
from annotations.release.present import taken_back
from annotations.release.serving import release_of
from workbench.replicas import reads_elsewhere

MOST = 500
USUAL = 100
SOON = 5  # seconds
PLACE = re.compile(r"v([1-9][0-9]{0,8})(?:~([0-9a-f-]{36}))?", re.ASCII)
DOCUMENT = re.compile(r"[0-9a-f-]{36}", re.ASCII)


class Differences(APIView):
    """GET: `{before}` against `{after}`: counts by document and theme, and each document's labels.

    `cursor` is the `next` of the page before, `limit` 1 to 500.
    """

    costly = {"GET"}
    scopes = {"GET": {"read", "releases"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str, version: str, other: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        before, after = release_of(project, version), release_of(project, other)
        filters_of(request, allowed=frozenset())
        place = request.GET.get("cursor", "")
        if place and not DOCUMENT.fullmatch(place):
            raise _unknown("cursor")
        most = _limit(request)
        return _once_built(lambda: difference_of(before, after, place=place, most=most))


class Changes(APIView):
    """GET: the differences of all releases after `after`, one after another.

    Beside them, on every page: all releases that were ever `retracted`, and all documents that were
    `taken_down`, from whichever releases. Drop both from what you have.
    `next` is what to ask `after` for next time, also where nothing is left today.
    """

    costly = {"GET"}
    scopes = {"GET": {"read", "releases"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        after = filters_of(request, allowed={"after"}).get("after", "")
        place, most = _place(after), _limit(request)
        return _once_built(lambda: _told(project, place, most))


def _told(project: Project, place: Place, most: int) -> dict[str, Any]:
    found, last = changes(project, place=place, most=most)
    marked = f"v{last.release}~{last.document}" if last.document else f"v{last.release}"
    return {"results": found, "next": marked if last.release else None, **taken_back(project)}


def _once_built(answer: Callable[[], dict[str, Any]]) -> Response:
    """What it says; 503 with Retry-After while the files that it reads are being built.

    503 and not 202, as for the files: tools that ask again by themselves do so for that, and none
    takes it for the answer.
    """
    try:
        return Response(answer())
    except BeingBuilt:
        said = _("The files of these releases are being built. Ask again in a few seconds.")
        return Response(
            problem(503, "being-built", said),
            status=503,
            content_type=CONTENT_TYPE,
            headers={"Retry-After": str(SOON)},
        )


def _place(said: str) -> Place:
    if not said:
        return Place(0)
    found = PLACE.fullmatch(said)
    if found is None:
        raise _unknown("after")
    return Place(int(found[1]), found[2] or "")


def _limit(request: Request) -> int:
    said = request.GET.get("limit", str(USUAL))
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:9]) <= MOST:
        detail = _("%(field)s is a number from 1 to %(most)s.") % {"field": "limit", "most": MOST}
        raise Invalid.field("limit", "range", detail)
    return int(said)


def _unknown(field: str) -> Invalid:
    detail = _("%(field)s is a version such as v3, or what the page before gave as its next.")
    return Invalid.field(field, "cursor-unknown", detail % {"field": field})
