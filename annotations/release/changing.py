"""From one release to another, and from any release to the newest, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Q

from annotations.project.models import Project

from .building import begin
from .differing import Difference, by_theme, differences
from .models import Release
from .serving import lines, wanted_documents
from .withdrawals import Retraction


class BeingBuilt(Exception):
    """The files that are to be compared are not all there; they are being built, elsewhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of changes begins: after that document of that release; all of it for ''."""

    release: int
    document: str = ""


def difference_of(before: Release, after: Release, *, place: str, most: int) -> dict[str, Any]:
    """Counts of all that differs, and the documents after `place`, `most` of them.

    Raises BeingBuilt where the files of the two are not at hand yet.
    """
    documents: Counter[str] = Counter()
    shown: list[Difference] = []

    def counted() -> Iterator[Difference]:
        for each in between(before, after):
            documents[each.what] += 1
            if each.document > place and len(shown) <= most:
                shown.append(each)
            yield each

    themes = by_theme(counted())
    return {
        "before": before.version,
        "after": after.version,
        "documents": {what: documents[what] for what in ("added", "removed", "changed")},
        "themes": [{"theme": theme, **counts} for theme, counts in themes.items()],
        "moved_to_test": moved(after),
        "next": shown[most - 1].document if len(shown) > most else None,
        "results": [told(each) for each in shown[:most]],
    }


def changes(project: Project, *, place: Place, most: int) -> tuple[list[dict[str, Any]], Place]:
    """What each release after that one changed, in order, and where the next page begins.

    Retracted releases are passed over. A document that is no longer in is `retracted`. With nothing
    left the place is the one given, or that of the newest release, whose whole difference was told.
    Raises BeingBuilt where the files of releases are not at hand yet.
    """
    found = list(islice(_feed(project, place), most + 1))
    page = found[:most]
    if len(found) > most:
        number, last = page[-1]
        return [_entry(number, each) for number, each in page], Place(number, last.document)
    newest = Release.objects.filter(project=project).order_by("-number").first()
    number = newest.number if newest else place.release
    return [_entry(number, each) for number, each in page], Place(max(number, place.release))


def between(before: Release | None, after: Release) -> Iterator[Difference]:
    """Sorted by document; from nothing, where there is no release before.

    Raises BeingBuilt at once where a file is not at hand, and has it built by a process of its own.
    """
    sides = [_lines(each) for each in (before, after)]
    if None in sides:
        raise BeingBuilt
    old, new = (side or iter(()) for side in sides)
    return differences(old, new)


def moved(release: Release) -> list[str]:
    """The stories that its splits moved to test."""
    splits = release.manifest.get("parameters", {}).get("splits") or {}
    return list(splits.get("moved_to_test", []))


def told(each: Difference) -> dict[str, Any]:
    """As JSON."""
    return asdict(each)


def _feed(project: Project, place: Place) -> Iterator[tuple[int, Difference]]:
    first = place.release if place.document else place.release + 1
    before = _before(project, first)
    rows = Release.objects.filter(project=project, number__gte=first, retraction__isnull=True)
    for after in rows.order_by("number"):
        for each in between(before, after):
            if after.number > place.release or each.document > place.document:
                yield after.number, each
        before = after


def _before(project: Project, first: int) -> Release | None:
    """What whoever follows has: the one they named, else the newest before that still stands."""
    rows = Release.objects.filter(project=project, number__lt=first).order_by("-number")
    return rows.filter(Q(number=first - 1) | Q(retraction__isnull=True)).first()


def _entry(number: int, each: Difference) -> dict[str, Any]:
    what = "retracted" if each.what == "removed" else each.what
    return {"release": f"v{number}", **told(each), "what": what}


def _lines(release: Release | None) -> Iterator[bytes] | None:
    """None where they are not at hand yet."""
    if release is None:
        return iter(())
    if Retraction.objects.filter(release=release).exists():
        return lines(release)
    wanted = wanted_documents(release)
    kept = wanted.at_hand()
    if kept is None:
        begin(wanted)
        return None
    return _read(kept.path)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
