"""A passage behind a figure as it is shown: where it stands, and what everybody said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.coding.models import HolderKind
from annotations.corpus.excerpts import Excerpt, Stretch, excerpts
from annotations.corpus.models import Document, Passage

from .judging import Codings
from .layouts import Layout
from .submissions import Submitted


@dataclass(frozen=True, slots=True)
class Said:
    """One span of a coder on a passage; `quote` is the part of it that lies there."""

    theme: str
    stance: str
    holder_kind: str
    holder_name: str
    quote: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder said of a passage; `judged` is False where it was never on screen."""

    coder: str
    judged: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A passage, where it stands, and what everybody said of it."""

    document: Document
    passage: int
    language: str
    text: Excerpt
    sides: tuple[Side, ...]
    differs: bool


Row = tuple[Document, int, str, Excerpt, tuple[Side, ...]]


def rows_of(
    codings: Codings, layout: Layout, snapshots: Sequence[Submitted], units: Sequence[int]
) -> list[Row]:
    """Each passage with its text and sides; three queries."""
    places = [
        (*layout.rounds[int(codings.units.text[unit])], int(codings.units.passage[unit]))
        for unit in units
    ]
    documents = Document.objects.listed().in_bulk({document for _, document, _ in places})
    stretches = _stretches(documents)
    found = [stretches[document, passage] for _, document, passage in places]
    texts = excerpts(
        [Stretch(d, each[0], each[1]) for (_, d, _), each in zip(places, found, strict=True)]
    )
    submissions: dict[tuple[int, int], list[Submitted]] = {}
    for each in snapshots:
        submissions.setdefault((each.batch, each.document), []).append(each)
    names = dict(zip(sorted({each.coder for each in snapshots}), codings.coders, strict=True))
    return [
        (
            documents[document],
            passage,
            language,
            text,
            tuple(
                _side(each, names[each.coder], passage, start, text.text)
                for each in submissions[batch, document]
            ),
        )
        for (batch, document, passage), (start, _end, language), text in zip(
            places, found, texts, strict=True
        )
    ]


def _stretches(documents: Mapping[int, Document]) -> dict[tuple[int, int], tuple[int, int, str]]:
    rows = Passage.objects.filter(document__in=documents)
    fields = ("document", "index", "start", "end", "language")
    return {(pk, index): rest for pk, index, *rest in rows.values_list(*fields)}


def _side(each: Submitted, coder: str, passage: int, start: int, text: str) -> Side:
    marked = [
        each.spans[span]
        for at, span in zip(each.mark_passage, each.mark_span, strict=True)
        if at == passage
    ]
    said = tuple(_said(span, start, text) for span in marked)
    return Side(coder, bool(said) or passage in each.judged, said)


def _said(span: Mapping[str, Any], start: int, text: str) -> Said:
    first, last = max(0, span["start"] - start), min(len(text), span["end"] - start)
    return Said(
        theme=span["theme"],
        stance=span["stance"],
        holder_kind=span["holder_kind"] or HolderKind.AUTHOR,
        holder_name=span["holder_name"] or "",
        quote=text[first:last],
        whole=(first, last) == (0, len(text)),
    )
