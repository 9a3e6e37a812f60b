"""The codebook of a project: read by its members, drafted by its managers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.codebook.differing import as_json, differences
from annotations.codebook.interchange import dump_edition, load_edition
from annotations.codebook.models import Edition
from annotations.codebook.reading import edition_to_read
from annotations.project.access import Action, coder_of, project_for
from annotations.project.models import Project
from annotations.project.refusals import Stale


class Codebook(APIView):
    """GET: the edition in use, or `?edition=2`. PUT: the whole draft of the next edition.

    With `?against=1` GET adds `differences` from that edition to this one, clause by clause.
    PUT takes what GET gives. With If-Match it is refused unless the newest edition is still that
    one; without it, the last one to write wins.
    """

    scopes = {"GET": {"read", "code", "manage"}, "PUT": {"manage"}}

    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.SEE_CODEBOOK)
        edition = edition_to_read(project, request.GET.get("edition"))
        etag = etag_of(edition)
        if request.headers.get("If-None-Match") == etag and "against" not in request.GET:
            return Response(status=304, headers={"ETag": etag})
        return Response(
            {**edition_json(edition), **_against(edition, request.GET.get("against"))},
            headers={"ETag": etag},
        )

    def put(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.MANAGE)
        coder = coder_of(person(request), project)
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project.pk)
            before = newest(project)
            _require_match(request.headers.get("If-Match"), before)
            edition = load_edition(project, request.data, by=coder)
        created = before is None or edition.number > before.number
        return Response(
            edition_json(edition),
            status=201 if created else 200,
            headers={"ETag": etag_of(edition)},
        )


def _against(edition: Edition, number: str | None) -> dict[str, Any]:
    if number is None:
        return {}
    before = dump_edition(edition_to_read(edition.project, number))
    return {"differences": as_json(differences(before, dump_edition(edition)))}


def newest(project: Project) -> Edition | None:
    return Edition.objects.filter(project=project).order_by("-number").first()


def _require_match(given: str | None, edition: Edition | None) -> None:
    if given is None or given == "*":
        return
    if edition is None or given.removeprefix("W/") != etag_of(edition):
        current = None if edition is None else edition_json(edition)
        raise Stale(_("The codebook has been changed since you read it."), current=current)


def etag_of(edition: Edition) -> str:
    said = json.dumps(edition_json(edition), sort_keys=True)
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def edition_json(edition: Edition) -> dict[str, Any]:
    """As load_edition takes it, and beside it whether it is frozen and which others there are."""
    return {
        "project": edition.project.slug,
        "frozen_at": _time(edition),
        "editions": [
            {"edition": each.number, "frozen_at": _time(each)}
            for each in Edition.objects.filter(project=edition.project).order_by("number")
        ],
        **dump_edition(edition),
    }


def _time(edition: Edition) -> str | None:
    return edition.frozen_at.isoformat() if edition.frozen_at else None
