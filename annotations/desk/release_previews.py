"""What a release would hold and leave out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.corpus.models import Document
from annotations.project.access import Action, may
from annotations.project.models import User
from annotations.release.models import Release
from annotations.release.previewing import SHOWN, Left, Preview


@dataclass(frozen=True, slots=True)
class LeftRow:
    """`why` with its count, and the titles of the first documents."""

    documents: int
    why: str
    titles: list[str]


def rows_of(found: Preview) -> list[LeftRow]:
    """A row a reason."""
    return [
        LeftRow(each.documents, _why(each), [title or key[:8] for key, title in each.first])
        for each in found.left
    ]


def kept(manifest: Mapping[str, Any], titles: Mapping[str, str]) -> list[LeftRow]:
    """What a release left out, as its manifest has it; by id what `titles` has none of.

    Releases frozen before that was kept have none.
    """
    return [
        LeftRow(
            each["documents"],
            _why(Left(each["reason"], each["documents"], each["points"], ())),
            [
                titles.get(one["id"]) or one["external_id"] or one["id"]
                for one in each["named"][:SHOWN]
            ],
        )
        for each in manifest.get("left_out", [])
    ]


def titles_of(release: Release, *, shown_to: User) -> dict[str, str]:
    """Of the documents that are named as left out, by id; for those who may see all documents."""
    left = release.manifest.get("left_out", [])
    named = [one["id"] for each in left for one in each["named"][:SHOWN]]
    if not named or not may(shown_to, Action.SEE_DOCUMENTS, release.project):
        return {}
    rows = Document.objects.filter(project=release.project_id, uuid__in=named)
    return {str(uuid): title for uuid, title in rows.values_list("uuid", "title")}


def _why(left: Left) -> str:
    if left.reason == "waiting-for-coders":
        said = ngettext(
            "waiting for coders: one submission is missing",
            "waiting for coders: %(n)s submissions are missing",
            left.points,
        )
        return said % {"n": left.points}
    if left.reason == "open-disputes":
        said = ngettext("one dispute is open there", "%(n)s disputes are open there", left.points)
        return said % {"n": left.points}
    return {
        "pilot": _("in a pilot round that was not promoted"),
        "taken-down": _("taken down"),
        "no-round": _("in no open round"),
    }[left.reason]
