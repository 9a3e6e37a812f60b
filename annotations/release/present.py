"""What a release gives today: everything that it was frozen with, less what was taken down since.

A document that was taken down is left out of every file, whole: no line, no row, no label. The other
lines are what they were, byte for byte, and the manifest names what is missing by id and hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.project.models import Project
from annotations.project.refusals import NotNow, TakenDown

from .models import Release, ReleaseDocument
from .withdrawals import Retraction, Takedown

_looked: ContextVar[tuple[int, list[str]] | None] = ContextVar("looked", default=None)


@dataclass(frozen=True, slots=True)
class Missing:
    """A line that a release no longer gives; `sha256` is what it had."""

    id: str
    position: int
    sha256: str
    at: str
    reason: str


def gone_rows(release: Release) -> QuerySet[ReleaseDocument]:
    """The lines that are no longer given, in their order: found by what was taken down, which is
    little, and not by the documents of the release."""
    taken = Takedown.objects.filter(project=release.project_id).values("document")
    return ReleaseDocument.objects.filter(release=release, document__in=taken).order_by("position")


def missing(release: Release) -> list[Missing]:
    """In the order of the lines."""
    rows = gone_rows(release)
    rows = rows.select_related("document").defer("document__text", "line")
    found = list(rows)
    downs = Takedown.objects.filter(document__in=[each.document_id for each in found])
    of = {each.document_id: each for each in downs}
    return [_missing(each, of[each.document_id]) for each in found]


def _missing(row: ReleaseDocument, down: Takedown) -> Missing:
    return Missing(
        id=str(row.document.uuid),
        position=row.position,
        sha256=row.sha256,
        at=down.at.isoformat(),
        reason=down.reason,
    )


def present_rows(release: Release) -> QuerySet[ReleaseDocument]:
    """The lines that are still given, in their order."""
    rows = ReleaseDocument.objects.filter(release=release, document__taken_down=False)
    return rows.order_by("position")


def identity(release: Release, of: str) -> str:
    """`of`, a hash or an id of the release as it was frozen; another one for what is left of it.

    The same whenever the same documents are missing, so that files and their ETags follow it.
    """
    looked = _looked.get()
    return less(of, looked[1] if looked and looked[0] == release.pk else _gone_ids(release))


@contextmanager
def at_one_look(release: Release) -> Iterator[None]:
    """Within the block what is gone of it is as it was at its beginning: for pages that list its
    files, never for what gives one of them.
    """
    mark = _looked.set((release.pk, _gone_ids(release)))
    try:
        yield
    finally:
        _looked.reset(mark)


def _gone_ids(release: Release) -> list[str]:
    return [str(uuid) for uuid in gone_rows(release).values_list("document__uuid", flat=True)]


def less(of: str, gone: Iterable[str]) -> str:
    """
    >>> less("abc", [])
    'abc'
    >>> less("abc", ["d"]) == less("abc", ["e"])
    False
    """
    ids = " ".join(gone)
    return sha256(f"{of} less {ids}".encode()).hexdigest() if ids else of


def is_whole(release: Release) -> bool:
    """Whether nothing of it was taken down."""
    return not gone_rows(release).exists()


def manifest_of_now(release: Release) -> dict[str, Any]:
    """The manifest as it was frozen, and beside it what was taken back since."""
    retraction = Retraction.objects.filter(release=release).first()
    return {
        **release.manifest,
        "taken_down": [asdict(each) for each in missing(release)],
        "retracted": said(retraction) if retraction else None,
    }


def said(retraction: Retraction) -> dict[str, str]:
    """As JSON."""
    return {"at": retraction.at.isoformat(), "reason": retraction.reason}


def refuse_if_retracted(release: Release) -> None:
    """Raises TakenDown, with the reason."""
    retraction = Retraction.objects.filter(release=release).first()
    if retraction is not None:
        words = _("%(version)s was retracted: %(reason)s")
        words %= {"version": release.version, "reason": retraction.reason}
        raise TakenDown(words, reason="retracted")


def refuse_if_changed(release: Release, of: str, before: str) -> None:
    """After a file was written: refuses with NotNow where a takedown came between."""
    if identity(release, of) != before:
        said = _("A document was taken down meanwhile. Ask again.")
        raise NotNow(said, reason="taken-down")


def taken_back(project: Project) -> dict[str, list[dict[str, Any]]]:
    """All that was ever taken back of its releases: what those who follow them must know."""
    retracted = Retraction.objects.filter(project=project).select_related("release")
    taken = Takedown.objects.filter(project=project).values("document")
    rows = ReleaseDocument.objects.filter(document__in=taken)
    rows = rows.select_related("document", "release").defer("document__text", "line")
    released: dict[int, list[ReleaseDocument]] = {}
    for row in rows.order_by("release__number"):
        released.setdefault(row.document_id, []).append(row)
    downs = Takedown.objects.filter(document__in=released).select_related("document").order_by("pk")
    return {
        "retracted": [
            {"release": each.release.version, **said(each)} for each in retracted.order_by("pk")
        ],
        "taken_down": [
            {
                "document": str(each.document.uuid),
                "releases": [row.release.version for row in released[each.document_id]],
                "at": each.at.isoformat(),
                "reason": each.reason,
            }
            for each in downs.defer("document__text")
        ],
    }
