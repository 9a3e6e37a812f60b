"""From gold as it stands to the same label in the newest release, whose chain proves it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from annotations.project.models import Project

from .models import Release, ReleaseSpan

Place = tuple[int, int, int, str]
"""Primary key of the document, start, end, key of the theme."""


def newest(project: Project) -> Release | None:
    """The release that was frozen last."""
    return Release.objects.filter(project=project).order_by("-number").first()


def by_place(project: Project, documents: Iterable[int]) -> dict[Place, str]:
    """The page of each label's chain, by where the label stands."""
    return {
        (document, start, end, label): where
        for document, start, end, label, _, where in _chains(project, documents)
    }


def by_id(project: Project, documents: Iterable[int]) -> dict[UUID, str]:
    """The page of each label's chain, by the label."""
    return {uuid: where for *_, uuid, where in _chains(project, documents)}


def _chains(
    project: Project, documents: Iterable[int]
) -> list[tuple[int, int, int, str, UUID, str]]:
    release = newest(project)
    if release is None:
        return []
    rows = ReleaseSpan.objects.filter(release=release, document__in=set(documents))
    found = rows.order_by("pk").values_list("document_id", "start", "end", "label", "uuid")
    return [
        (*row, reverse("release-label", args=[project.slug, release.version, row[-1]]))
        for row in found
    ]
