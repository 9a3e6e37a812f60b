"""Two documents side by side, with what they share marked and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from annotations.corpus.models import Document, Passage, StoryCandidate

LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; `number` is what it shares with the other side, 0 for nothing."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    zone: str
    language: str
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: `name` is "first" or "second", `share` in percent what the other has of it."""

    name: str
    document: Document
    paragraphs: list[Paragraph]
    is_cut: bool
    outlet: str
    share: int
    is_derived: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """The same in both texts."""

    number: int
    first: str
    second: str


def sides_of(row: StoryCandidate) -> list[Side]:
    return [_side(row, row.first, "first"), _side(row, row.second, "second")]


def shared_by(row: StoryCandidate) -> list[Shared]:
    """Every marked stretch in both wordings."""
    texts = {"first": row.first.text, "second": row.second.text}
    found = []
    for number, each in enumerate(_marks(row), start=1):
        here, there = (texts[side][slice(*each[side])] for side in texts)
        found.append(Shared(number, here, there))
    return found


def likelihood(row: StoryCandidate) -> str:
    """The score in words: how far it is above what it takes."""
    least = float(row.evidence.get("threshold", 0))
    above = (row.score - least) / max(1 - least, 0.01)
    if above >= 0.5:
        return _("very likely")
    return _("likely") if above >= 0.2 else _("possible")


def measure_in_words(row: StoryCandidate) -> str:
    if row.evidence.get("measure") == "anchors":
        return _("names and figures in the same order")
    return _("the same words")


def _side(row: StoryCandidate, document: Document, name: str) -> Side:
    ranges = [(*each[name], number) for number, each in enumerate(_marks(row), start=1)]
    passages = list(document.passages.filter(start__lt=LONGEST).order_by("index"))
    return Side(
        name=name,
        document=document,
        paragraphs=list(_paragraphs(document.text, passages, sorted(ranges))),
        is_cut=document.length > LONGEST,
        outlet=_outlet(document),
        share=round(100 * float(row.evidence.get(f"of_{name}", 0))),
        is_derived=row.evidence.get("derived") == name,
    )


def _marks(row: StoryCandidate) -> list[dict[str, Any]]:
    """Stretches where the words are the same, else names and figures."""
    key = "shared" if row.evidence.get("measure") == "anchors" else "stretches"
    found: list[dict[str, Any]] = row.evidence.get(key, [])
    return found


def _paragraphs(
    text: str, passages: Sequence[Passage], ranges: list[tuple[int, int, int]]
) -> Iterator[Paragraph]:
    for _number, group in groupby(passages, key=lambda passage: passage.paragraph):
        pieces = list(group)
        start, end = pieces[0].start, pieces[-1].end
        yield Paragraph(
            pieces[0].zone, pieces[0].language, list(_segments(text, start, end, ranges))
        )


def _segments(
    text: str, start: int, end: int, ranges: list[tuple[int, int, int]]
) -> Iterator[Segment]:
    """A stretch that goes on in the next paragraph is marked in both."""
    at = start
    for begins, ends, number in ranges:
        begins, ends = max(begins, at), min(ends, end)
        if begins < ends:
            if at < begins:
                yield Segment(text[at:begins], 0)
            yield Segment(text[begins:ends], number)
            at = ends
    if at < end:
        yield Segment(text[at:end], 0)


def _outlet(document: Document) -> str:
    values = {each.get("key"): each.get("value") for each in document.attributes}
    return str(values.get("outlet") or "")
