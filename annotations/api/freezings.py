"""A release that was asked for, as it is told to tools."""

from __future__ import annotations

import re
import time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow
from annotations.release.asking import freezing_for, reason_in_words
from annotations.release.freezings import Freezing, FreezingState
from annotations.release.present import manifest_of_now

LONGEST_WAIT = 30
LOOKED_EVERY = 0.2  # seconds
WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,4})\"?\s*(?:$|[,;])", re.ASCII | re.IGNORECASE)


class OneFreezing(APIView):
    """GET: how far it is. `release` is the version once `state` is `done`."""

    scopes = {"GET": {"manage"}}

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project = project_for(person(request), slug, Action.RELEASE)
        return Response(as_json(freezing_for(project, uuid)))


def answer_for(request: Request, project: Project, freezing: Freezing) -> Response:
    """202 with the freezing, or 201 with the manifest where it is done within `Prefer: wait=N`.

    Raises NotNow where it has failed within that time.
    """
    wait = wait_of(request.headers.get("Prefer", ""))
    headers = {"Preference-Applied": f"wait={wait}"} if wait else {}
    freezing = _waited(freezing_for(project, freezing.uuid), seconds=wait)
    if freezing.state == FreezingState.FAILED:
        raise NotNow(reason_in_words(freezing.reason), reason="freezing-failed")
    if freezing.release is None:
        headers["Location"] = _address(freezing)
        return Response(as_json(freezing), status=202, headers=headers)
    arguments = [project.slug, freezing.release.version]
    headers["Location"] = reverse("api:release", args=arguments)
    return Response(manifest_of_now(freezing.release), status=201, headers=headers)


def wait_of(prefer: str) -> int:
    """The seconds that somebody would wait, LONGEST_WAIT at most (RFC 7240 §4.3); else 0.

    >>> wait_of("respond-async, wait=10"), wait_of("wait=9999"), wait_of("handling=strict")
    (10, 30, 0)
    """
    found = WAIT.search(prefer)
    return min(int(found[1]), LONGEST_WAIT) if found else 0


def key_of(request: Request) -> UUID | None:
    """The `Idempotency-Key`, a UUID, under which the same asking is not another one."""
    said = request.headers.get("Idempotency-Key")
    try:
        return None if said is None else UUID(said)
    except ValueError as error:
        detail = _("The key is a UUID.")
        raise Invalid.field("Idempotency-Key", "uuid", detail) from error


def _waited(freezing: Freezing, *, seconds: int) -> Freezing:
    until = time.monotonic() + seconds
    while freezing.is_open and time.monotonic() < until:
        time.sleep(LOOKED_EVERY)
        freezing = freezing_for(freezing.project, freezing.uuid)
    return freezing


def _address(freezing: Freezing) -> str:
    return reverse("api:freezing", args=[freezing.project.slug, freezing.uuid])


def as_json(freezing: Freezing) -> dict[str, Any]:
    """`done` of `total` documents have been through `step`; `heard_at` is when it said so."""
    progress = freezing.progress
    return {
        "id": str(freezing.uuid),
        "state": freezing.state,
        "step": progress.step if progress.at else None,
        "done": progress.done,
        "total": progress.total,
        "asked_at": freezing.at.isoformat(),
        "asked_by": freezing.by.pseudonym,
        "heard_at": progress.at.isoformat() if progress.at else None,
        "ended_at": freezing.ended_at.isoformat() if freezing.ended_at else None,
        "notes": freezing.notes,
        "splits": freezing.shares,
        "release": freezing.release.version if freezing.release else None,
        "reason": reason_in_words(freezing.reason) or None,
    }
