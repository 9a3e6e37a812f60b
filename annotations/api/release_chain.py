"""The chain of one released label, from its line back to the bytes of its file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.coding import person
from annotations.api.paging import filters_of
from annotations.project.access import Action, project_for
from annotations.release.chain import chain_of, label_of
from annotations.release.chain_links import Chain
from annotations.release.serving import release_of
from workbench.replicas import reads_elsewhere


class LabelChain(APIView):
    """GET: every link with what was compared: `holds`, `broken`, or `gone` after a takedown."""

    scopes = {"GET": {"read", "releases"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str, version: str, uuid: UUID) -> Response:
        project = project_for(person(request), slug, Action.SEE_RELEASES)
        filters_of(request, allowed=frozenset())
        return Response(told(chain_of(label_of(release_of(project, version), uuid))))


def told(chain: Chain) -> dict[str, Any]:
    """As JSON: how it ended first, then the links in their order."""
    counts = {state: chain.count(state) for state in ("holds", "broken", "gone")}
    said = asdict(chain)
    return {
        "id": said.pop("id"),
        "offset_unit": "codepoint",
        "state": chain.state,
        "checks": counts,
        **said,
    }
