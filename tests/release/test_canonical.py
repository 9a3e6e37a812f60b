"""The canonical bytes: what is on a line, in which order, and that it never changes."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.release.canonical import OutOfOrder, fingerprint, line, line_of, parse, stream
from annotations.release.schema import (
    DOCUMENT_KEYS,
    AttributeRow,
    DocumentRow,
    SpanRow,
    StretchRow,
    ZoneRow,
)

TEXT = 'Pay\u2028 « très\u00a0peu »\n\t"40\\50" \x1f\x7f\u0085😀'


def span(**changes: object) -> SpanRow:
    row = SpanRow(
        id="0192-a",
        start=0,
        end=3,
        quote="Pay",
        label="compensation",
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


def document(**changes: object) -> DocumentRow:
    row = DocumentRow(
        id="0192-d",
        external_id=None,
        title="Pay",
        source_url=None,
        published_on="2025-03-01",
        language="fr",
        languages=("fr", "en"),
        attributes=(AttributeRow("outlet", "Gazette"), AttributeRow("country", None)),
        story=None,
        split=None,
        batch="first-round",
        edition=1,
        text=TEXT,
        text_sha256=sha256(TEXT.encode()).hexdigest(),
        raw_sha256="00",
        zones=(ZoneRow(4, 27, "body"), ZoneRow(0, 4, "title")),
        unjudged=(),
        spans=(span(),),
    )
    return replace(row, **changes)  # type: ignore[arg-type]


GOLDEN = (
    '{"schema_version":"v1","id":"0192-d","external_id":null,"title":"Pay","source_url":null,'
    '"published_on":"2025-03-01","language":"fr","languages":["en","fr"],'
    '"attributes":[{"key":"country","value":null},{"key":"outlet","value":"Gazette"}],'
    '"story":null,"split":null,"batch":"first-round","edition":1,'
    '"text":"Pay\u2028 « très\u00a0peu »\\n\\t\\"40\\\\50\\" \\u001f\x7f\u0085😀",'
    '"text_sha256":"3468abef41a1b21198a5a005942a5116d51a7a7a16c4dbf45901078cd413bab2",'
    '"raw_sha256":"00","offset_unit":"codepoint",'
    '"zones":[{"start":0,"end":4,"zone":"title"},{"start":4,"end":27,"zone":"body"}],'
    '"unjudged":[],'
    '"spans":[{"id":"0192-a","start":0,"end":3,"quote":"Pay","label":"compensation",'
    '"stance":"against","holder_kind":"author","holder_name":null,"origin":"unanimous",'
    '"votes_for":2,"votes_total":2,"adjudicator":null,"reason":null,"clause":null}]}\n'
).encode()


def test_the_bytes_are_these() -> None:
    assert line(document()) == GOLDEN


def test_the_keys_are_those_of_the_rows() -> None:
    assert sorted(DOCUMENT_KEYS) == sorted(field.name for field in fields(DocumentRow))
    assert list(json.loads(line(document()))) == list(DOCUMENT_KEYS)


def test_every_key_is_on_every_line() -> None:
    bare = document(title=None, published_on=None, language=None, languages=(), attributes=())
    keys = json.loads(line(replace(bare, zones=(), spans=(), batch=None))).keys()
    assert tuple(keys) == DOCUMENT_KEYS


def test_only_the_end_of_a_line_is_a_newline() -> None:
    piece = line(document())
    assert piece.count(b"\n") == 1
    assert piece.endswith(b"}\n")
    assert "\u2028".encode() in piece


def test_spans_are_sorted_by_place_then_label_then_id() -> None:
    rows = (
        span(id="d", start=1),
        span(id="c", label="secrecy"),
        span(id="b", end=2),
        span(id="a2"),
        span(id="a10"),
    )
    spans = json.loads(line(document(spans=rows)))["spans"]
    assert [row["id"] for row in spans] == ["b", "a10", "a2", "c", "d"]


def test_the_order_in_which_rows_are_found_leaves_no_trace() -> None:
    rows = (span(id="a"), span(id="b", start=1), span(id="c", label="secrecy"))
    stretches = (StretchRow(0, 3), StretchRow(5, 6))
    there = line(document(spans=rows, unjudged=stretches))
    assert line(document(spans=rows[::-1], unjudged=stretches[::-1])) == there


def test_documents_must_come_in_the_order_of_their_ids() -> None:
    first, second = document(id="0192-a"), document(id="0192-b")
    assert b"".join(stream([first, second])) == line(first) + line(second)
    with pytest.raises(OutOfOrder):
        list(stream([second, first]))
    with pytest.raises(OutOfOrder):
        list(stream([first, first]))


def test_the_fingerprint_is_the_sha256_of_the_file() -> None:
    documents = [document(id="0192-a"), document(id="0192-b")]
    whole = b"".join(stream(documents))
    assert fingerprint(stream(documents)) == sha256(whole).hexdigest()


def test_a_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        line(document(text="\ud800"))


def test_a_line_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(TypeError):
        parse(line(document()).replace(b'"story"', b'"tale"'))


def plainly(made: DocumentRow) -> bytes:
    """A line as `json.dumps` writes it, key by key."""
    said = {key: getattr(made, key) for key in DOCUMENT_KEYS}
    for key in ("attributes", "zones", "unjudged"):
        said[key] = sorted((asdict(row) for row in said[key]), key=lambda row: (*row.values(),))
    said["languages"] = sorted(said["languages"])
    said["spans"] = [
        asdict(row) for row in sorted(made.spans, key=lambda s: (s.start, s.end, s.label, s.id))
    ]
    text = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words


anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
numbers = st.integers(0, 2**31 - 1)
labels = st.builds(
    SpanRow,
    id=anything,
    start=numbers,
    end=numbers,
    quote=anything,
    label=anything,
    stance=st.none() | anything,
    holder_kind=st.none() | anything,
    holder_name=st.none() | anything,
    origin=anything,
    votes_for=numbers,
    votes_total=numbers,
    adjudicator=st.none() | anything,
    reason=st.none() | anything,
    clause=st.none() | anything,
)


@given(st.lists(labels, max_size=5), anything)
def test_labels_are_written_as_json_dumps_would(spans: list[SpanRow], text: str) -> None:
    made = document(text=text, title=None, zones=(ZoneRow(0, 4, "body"),), spans=tuple(spans))
    assert line(made) == plainly(made)
    values = [tuple(getattr(row, name) for name in row.__slots__) for row in spans]
    assert line_of(replace(made, spans=()), values) == line(made)


@given(text=words, title=maybe, reason=maybe, languages=st.lists(words, max_size=3))
def test_a_line_read_back_and_written_again_is_the_same(
    text: str, title: str | None, reason: str | None, languages: list[str]
) -> None:
    piece = line(
        document(text=text, title=title, languages=languages, spans=(span(reason=reason),))
    )
    assert line(parse(piece)) == piece
