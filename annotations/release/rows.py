"""From a settled document to its row, and from a release's stored rows to the same row again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any

from annotations.adjudication.cases import Case
from annotations.adjudication.gold import GoldSpan, unjudged
from annotations.corpus.models import Passage

from .canonical import plain
from .models import Release, ReleaseDocument, ReleaseSpan
from .schema import AttributeRow, DocumentRow, SpanRow, StretchRow, ZoneRow

KEPT_ELSEWHERE = ("text", "spans")
"""What a stored line leaves out: the text is the Document's, the spans are rows of their own."""


STORED = tuple(field.name for field in fields(SpanRow) if field.name != "id")
"""The columns of a ReleaseSpan that a line shows, in the schema's order."""


def settled_row(case: Case, passages: list[Passage], gold: Sequence[GoldSpan]) -> DocumentRow:
    """The line of an adjudicated document; its spans are copies of the gold, in its order."""
    document = case.document
    return DocumentRow(
        id=str(document.uuid),
        external_id=document.external_id or None,
        title=document.title or None,
        source_url=document.source_url or None,
        published_on=document.published_on.isoformat() if document.published_on else None,
        language=document.language or None,
        languages=tuple(document.languages),
        attributes=tuple(AttributeRow(**attribute) for attribute in document.attributes),
        story=str(document.story.uuid) if document.story else None,
        split=None,
        batch=str(case.item.batch.uuid),
        edition=case.item.batch.edition.number,
        text=document.text,
        text_sha256=document.text_sha256,
        raw_sha256=document.source.sha256,
        zones=zones(passages),
        unjudged=tuple(StretchRow(start, end) for start, end in unjudged(case, passages)),
        spans=tuple(span_row(span, document.text) for span in gold),
    )


def span_row(span: GoldSpan, text: str) -> SpanRow:
    """A gold label as it stands on a line."""
    ruling = span.ruling
    return SpanRow(
        id=str(span.uuid),
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        label=span.theme,
        stance=span.stance,
        holder_kind=span.holder_kind,
        holder_name=span.holder_name,
        origin=span.origin,
        votes_for=span.votes_for,
        votes_total=span.votes_total,
        adjudicator=ruling.by.pseudonym if ruling else None,
        reason=ruling.reason or None if ruling else None,
        clause=ruling.clause or None if ruling else None,
    )


def zones(passages: list[Passage]) -> tuple[ZoneRow, ...]:
    """Neighbouring passages of one zone as one stretch."""
    stretches = []
    for zone, members in groupby(passages, key=lambda passage: passage.zone):
        together = list(members)
        stretches.append(ZoneRow(together[0].start, together[-1].end, zone))
    return tuple(stretches)


def stored_line(row: DocumentRow) -> dict[str, object]:
    """What a ReleaseDocument keeps of the line, for its JSON column."""
    said = {key: value for key, value in plain(row).items() if key not in KEPT_ELSEWHERE}
    for name in ("attributes", "zones", "unjudged"):
        said[name] = tuple(map(plain, getattr(row, name)))
    return said


def stored_row(released: ReleaseDocument, spans: Iterable[SpanRow]) -> DocumentRow:
    """The line again, from the rows of a release and the text of its document."""
    return row_of(released.line, released.document.text, spans)


def row_of(line: Mapping[str, Any], text: str, spans: Iterable[SpanRow] = ()) -> DocumentRow:
    """From what `stored_line` gave."""
    said = dict(line)
    said["languages"] = tuple(said["languages"])
    said["attributes"] = tuple(AttributeRow(**each) for each in said["attributes"])
    said["zones"] = tuple(ZoneRow(**each) for each in said["zones"])
    said["unjudged"] = tuple(StretchRow(**each) for each in said["unjudged"])
    return DocumentRow(**said, text=text, spans=tuple(spans))


def stored_spans(release: Release, positions: tuple[int, int]) -> dict[int, list[SpanRow]]:
    """The released labels of the documents at positions [first, last), by ReleaseDocument key.

    Tuples, not model objects: a release may hold a million of them.
    """
    first, last = positions
    rows = (
        ReleaseSpan.objects.filter(
            release=release, released__position__gte=first, released__position__lt=last
        )
        .order_by("pk")
        .values_list("released_id", "uuid", *STORED)
    )
    found: dict[int, list[SpanRow]] = defaultdict(list)
    for released, uuid, *said in rows.iterator(chunk_size=5000):
        found[released].append(SpanRow(str(uuid), *said))
    return found


def stored_span(span: ReleaseSpan) -> SpanRow:
    """A released label as it stands on a line."""
    return SpanRow(str(span.uuid), *(getattr(span, name) for name in STORED))
