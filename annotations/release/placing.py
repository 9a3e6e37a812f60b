"""Where earlier releases have put stories: read from the lines, which nobody changes."""

from __future__ import annotations

from typing import cast

from django.db.models import F
from django.db.models.fields.json import KT

from annotations.project.models import Project

from .models import Release, ReleaseDocument
from .splitting import Shares, Split, shares_from


def placed_before(project: Project) -> list[tuple[str, Split]]:
    """(story of now, or document without one; split), once for each document with a split.

    A document is where its latest release has it, so that a story that went to test stays there.
    """
    rows = (
        ReleaseDocument.objects.filter(project=project, line__split__isnull=False)
        .exclude(line__split=None)
        .annotate(split=KT("line__split"), story=F("document__story__uuid"))
        .order_by("document_id", "-release__number")
        .distinct("document_id")
        .values_list("document__uuid", "story", "split")
    )
    return [
        (str(story or document), cast("Split", split))
        for document, story, split in rows
        if split is not None
    ]


def shares_before(project: Project) -> Shares | None:
    """How the newest release was split; None where it was not, or there is none."""
    newest = Release.objects.filter(project=project).order_by("-number").first()
    said = newest.manifest.get("parameters", {}).get("splits") if newest else None
    if said is None:
        return None
    return shares_from({key: value for key, value in said.items() if key != "moved_to_test"})
