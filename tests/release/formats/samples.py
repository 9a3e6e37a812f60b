"""Hand-made documents with all that has shifted offsets somewhere, and spans in every relation."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from annotations.release.formats.contract import Codebook, StanceEntry, ThemeEntry
from annotations.release.schema import (
    AttributeRow,
    DocumentRow,
    SpanRow,
    StretchRow,
    ZoneRow,
)

CODEBOOK = Codebook(
    themes=(
        ThemeEntry("pay", "PA", "Pay & « conditions »", "#1a959a", None, "Pay is fair."),
        ThemeEntry("secrecy", "SE", "Secrecy <inside>", "#b74772"),
        ThemeEntry("secret-pay", "SP", 'Secret "pay" 薪酬', "#291ba1", "secrecy", "x < y"),
        ThemeEntry("unused", "UN", "Never used", "#936d2a"),
    ),
    stances=(
        StanceEntry("for", "For"),
        StanceEntry("against", "Against"),
        StanceEntry("unclear", "Unclear"),
    ),
)

FAMILY = "👩‍👩‍👧‍👦"
ASTRAL = (
    "Pay 💶 is secret.\n"
    f"The {FAMILY} family, e\u0301lite a\u0300 part, minds 🇫🇷 it.\n"
    "她们的薪酬是秘密。𠮷野家也是。\n"
    "الأجر سِرّ في المختبر.\n"
    "Thumbs 👍🏽 up\u2028for\u0085all of\u00a0us: {x} <b>&amp;</b> \"quoted\" 'single' =1+1\ttab."
)
ZONED = "Title of pay\nBody is good. Nobody judged this. Still good.\nRead also: links\nLast words."


def span(
    document: str, number: int, place: tuple[int, int], text: str, **changes: object
) -> SpanRow:
    start, end = place
    row = SpanRow(
        id=str(UUID(int=(int(document[-2:]) << 32) + number + (7 << 76))),
        start=start,
        end=end,
        quote=text[start:end],
        label="pay",
        stance="against",
        holder_kind="author",
        holder_name=None,
        origin="unanimous",
        votes_for=2,
        votes_total=2,
        adjudicator=None,
        reason=None,
        clause=None,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def document(number: int, text: str, **changes: object) -> DocumentRow:
    row = DocumentRow(
        id=f"01920000-0000-7000-8000-{number:012d}",
        external_id=None,
        title=f"Document {number}",
        source_url=None,
        published_on="2025-03-01",
        language="en",
        languages=("en",),
        attributes=(AttributeRow("outlet", "Gazette"),),
        story=None,
        split=None,
        batch="01920000-0000-7000-8000-0000000000ff",
        edition=1,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        raw_sha256="00" * 32,
        zones=(ZoneRow(0, len(text), "body"),),
        unjudged=(),
        spans=(),
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def at(text: str, quote: str) -> tuple[int, int]:
    """Where the quote stands, which is once."""
    assert text.count(quote) == 1, quote
    start = text.index(quote)
    return start, start + len(quote)


def _astral() -> DocumentRow:
    made = document(1, ASTRAL, title='=HYPERLINK("x")', languages=("en", "zh", "ar"))
    across = at(ASTRAL, "minds 🇫🇷 it.\n她们的薪酬")
    said = [
        (at(ASTRAL, "💶"), {}),
        (at(ASTRAL, "Pay 💶 is secret"), {"label": "secrecy"}),
        (at(ASTRAL, "💶 is secret."), {"label": "secret-pay", "stance": "for"}),
        (at(ASTRAL, FAMILY), {"holder_kind": "person", "holder_name": "Ana 🦊 & co"}),
        (at(ASTRAL, "e\u0301lite a\u0300"), {"stance": "unclear"}),
        (across, {"label": "secrecy", "stance": "for"}),
        (across, {"label": "secret-pay"}),
        (across, {"label": "pay", "origin": "majority", "votes_for": 2, "votes_total": 3}),
        (at(ASTRAL, "薪酬是秘密"), {"label": "secrecy"}),
        (at(ASTRAL, "𠮷野家"), {"label": "secret-pay"}),
        (at(ASTRAL, "سِرّ في"), {"label": "secrecy", "stance": "for"}),
        (at(ASTRAL, "👍🏽 up\u2028for\u0085all of\u00a0us: {x} <b>&amp;</b>"), {}),
        (at(ASTRAL, "=1+1\ttab."), {"label": "secrecy", **RULED}),
    ]
    spans = [span(made.id, n, place, ASTRAL, **more) for n, (place, more) in enumerate(said)]
    return replace(made, spans=tuple(spans))


RULED = {
    "origin": "adjudicated",
    "votes_for": 1,
    "votes_total": 2,
    "adjudicator": "cleo",
    "reason": 'Because "so"; it is,\nthe rule.\u2028And\ttabs.',
    "clause": "=clause",
}


def _zoned() -> DocumentRow:
    """A title and a body, of which a stretch is unjudged and a stretch is boilerplate."""
    boilerplate = at(ZONED, "Read also: links\n")
    zones = (
        ZoneRow(0, 13, "title"),
        ZoneRow(13, boilerplate[0], "body"),
        ZoneRow(*boilerplate, "boilerplate"),
        ZoneRow(boilerplate[1], len(ZONED), "body"),
    )
    made = document(
        2, ZONED, zones=zones, unjudged=(StretchRow(*at(ZONED, "Nobody judged this. ")),)
    )
    places = [
        (at(ZONED, "pay"), {}),
        (at(ZONED, "Body is "), {"label": "secrecy"}),
        (at(ZONED, "Still good.\nRead also"), {"label": "secrecy", "stance": "for"}),
        (at(ZONED, "ast wor"), {}),
    ]
    spans = [span(made.id, n, place, ZONED, **more) for n, (place, more) in enumerate(places)]
    return replace(made, spans=tuple(spans))


def _bare() -> DocumentRow:
    """A document without a span, and without all that may be missing."""
    nothing = {"title": None, "published_on": None, "language": None, "languages": ()}
    return document(3, "Nothing here.\n", attributes=(), zones=(), batch=None, **nothing)


DOCUMENTS = (_astral(), _zoned(), _bare())
Said = tuple[str, int, int, str, str, str | None]


def said(documents: tuple[DocumentRow, ...] = DOCUMENTS) -> set[Said]:
    """(document, start, end, quote, label, stance) of every span, to compare with what is read."""
    return {
        (document.id, span.start, span.end, span.quote, span.label, span.stance)
        for document in documents
        for span in document.spans
    }
