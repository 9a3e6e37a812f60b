"""A document of three passages, two coders and one gold label, with an emoji before it all."""

from __future__ import annotations

from annotations.release.schema import DocumentRow, SpanRow, StretchRow, ZoneRow
from annotations.release.shapes.contract import Columns
from annotations.release.shapes.evidence import CodedLabel, Coding, Evidence, Extent, GoldMark

TEXT = "😀 Nights.\nPay, =secret.\nSoup."
COLUMNS = Columns(("burnout", "secrecy"), ("against", "favor"))


def span(start: int, end: int, **more: str) -> SpanRow:
    return SpanRow(
        id="s1",
        start=start,
        end=end,
        quote=TEXT[start:end],
        label=more.get("label", "secrecy"),
        stance=more.get("stance", "against"),
        holder_kind="author",
        holder_name=None,
        origin="unanimous",
        votes_for=2,
        votes_total=2,
        adjudicator=None,
        reason=None,
        clause=None,
    )


def document() -> DocumentRow:
    """The last passage is unjudged."""
    return DocumentRow(
        id="d1",
        external_id=None,
        title="Day",
        source_url=None,
        published_on="2026-01-02",
        language="en",
        languages=("en",),
        attributes=(),
        story=None,
        split="train",
        batch="b1",
        edition=1,
        text=TEXT,
        text_sha256="0" * 64,
        raw_sha256="1" * 64,
        zones=(ZoneRow(0, len(TEXT), "body"),),
        unjudged=(StretchRow(24, 29),),
        spans=(span(10, 23),),
    )


def extent(index: int, start: int, end: int, *, judged_by: int = 2) -> Extent:
    return Extent(index, start, end, index + 1, 1, "en", "body", judged_by)


def label(id_: str, stance: str) -> CodedLabel:
    return CodedLabel(id_, 10, 23, "pay_secret", "secrecy", stance, "author", None, 3, (1,))


def evidence(*, themes: tuple[str, ...] = ("burnout", "secrecy")) -> Evidence:
    return Evidence(
        themes=themes,
        passages=(extent(0, 0, 9), extent(1, 10, 23), extent(2, 24, 29, judged_by=1)),
        codings=(
            Coding("coder-02", 1, False, (label("a2", "favor"),)),
            Coding("coder-01", 2, True, (label("a1", "against"),)),
        ),
        gold=(GoldMark("s1", "secrecy", (1,)),),
    )
