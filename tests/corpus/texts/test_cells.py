"""Every field of a row leads back to its bytes, whatever stands in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.readers.rows import read_row
from annotations.corpus.texts.cells import Field, members, record, replay
from annotations.corpus.texts.normalising import rebuild
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.offset_map import OffsetMap
from annotations.text.spans import Span

DELIMITER = st.sampled_from([",", ";", "\t", "|"])
# What makes rows hard stands in every second one.
VALUE = st.text(max_size=30) | st.text("\",;\t|\n\r\\'a é😀\u2028\x85", max_size=20)
READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
ENCODING = st.sampled_from(["utf-8", "utf-16-le", "cp1252"])


def quoted(value: str, *, always: bool) -> str:
    hard = always or value.startswith('"') or any(mark in value for mark in ",;\t|\n\r")
    return '"' + value.replace('"', '""') + '"' if hard else value


@st.composite
def rows_of_a_table(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """(row, delimiter, values)"""
    delimiter = draw(DELIMITER)
    values = draw(st.lists(VALUE, min_size=1, max_size=6))
    always = draw(st.booleans())
    return delimiter.join(quoted(value, always=always) for value in values), delimiter, values


def leads_back(row: str, field: Field, form: str) -> None:
    text, places = replay(row, {"step": "cell", "format": form, "at": [field.start, field.end]})
    assert text == field.value
    assert (places.target_length, places.source_length) == (len(text), len(row))
    for at in range(len(text)):
        place = places.source_span(Span(at, at + 1))
        assert field.start <= place.start < place.end <= field.end
        assert told(row[place.start : place.end], form) == text[at], (row, at)


def told(literal: str, form: str) -> str:
    """What one character's own stretch of the row says."""
    if form == "json":
        return str(json.loads(f'"{literal}"', strict=False))
    return '"' if literal == '""' else literal


@given(rows_of_a_table())
def test_every_field_of_a_record_is_its_value_and_leads_back(
    row: tuple[str, str, list[str]],
) -> None:
    literal, delimiter, values = row
    fields = record(literal, delimiter)
    assert [field.value for field in fields] == values
    for field in fields:
        leads_back(literal, field, "csv")


@given(st.text('",; a\n', max_size=40), DELIMITER)
def test_fields_of_a_broken_record_follow_one_another_and_lead_back(
    row: str, delimiter: str
) -> None:
    at = 0
    for field in record(row, delimiter):
        assert field.start == at
        leads_back(row, field, "csv")
        at = field.end + 1


@given(
    st.dictionaries(st.text(max_size=8), VALUE, min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_every_member_of_an_object_is_its_value_and_leads_back(
    said: dict[str, str], ascii_only: bool, indent: int | None
) -> None:
    row = json.dumps(said, ensure_ascii=ascii_only, indent=indent)
    found = members(row)
    assert {name: field.value for name, field in found.items()} == said
    for field in found.values():
        leads_back(row, field, "json")


@given(READABLE, READABLE, ENCODING, st.booleans())
def test_the_text_of_a_row_is_rebuilt_from_its_bytes(
    before: str, text: str, encoding: str, json_row: bool
) -> None:
    if not text.strip() or not covered(before + text, encoding):
        return
    if json_row:
        row, columns = json.dumps({"a": before, "b": text}), Columns(text="b")
    else:
        row = f"{quoted(before, always=True)};{quoted(text, always=True)}"
        columns = Columns(text="2", delimiter=";")
    data = row.encode(encoding)
    draft = read_row("a.csv#1", data, Choices(encoding=encoding, columns=columns, repair="none"))
    rebuilt, places = rebuild(data, draft.repairs)
    assert rebuilt == draft.text
    for passage in draft.passages:
        place = places.source_span(Span(passage.start, passage.end))
        assert 0 <= place.start < place.end <= len(data)
        held = data[place.start : place.end]
        assert ends_of(held, encoding, draft.text[passage.start : passage.end])


def covered(text: str, encoding: str) -> bool:
    """A letter that an encoding lacks stands in none of its files."""
    return encoding != "cp1252" or text.isascii()


def ends_of(data: bytes, encoding: str, quote: str) -> bool:
    """The bytes of a passage hold its first and last letter, escaped or not."""
    held = data.decode(encoding)
    return all(
        each in held or json.dumps(each)[1:-1] in held or each == '"'
        for each in (quote[0], quote[-1])
    )


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("", [""]),
        (",", ["", ""]),
        ('"a', ["a"]),
        ('"a"b,c', ["ab", "c"]),
        ('a"b",c', ['a"b"', "c"]),
        ('"""",x', ['"', "x"]),
        ('"a\r\nb",c', ["a\r\nb", "c"]),
    ],
)
def test_records_are_read_as_spreadsheets_read_them(row: str, values: list[str]) -> None:
    assert [field.value for field in record(row, ",")] == values


@pytest.mark.parametrize(
    "row", ["", "[]", "{", '{"a"}', '{"a": 1', '{"a": 1} x', "{1: 2}", '{"a": 1,}', "null"]
)
def test_what_is_no_object_is_refused_in_words(row: str) -> None:
    with pytest.raises(Unreadable, match="no JSON object"):
        members(row)


def test_very_deep_objects_are_refused_before_they_are_read() -> None:
    with pytest.raises(Unreadable, match="too deeply"):
        members('{"a": ' + "[" * 200_000 + "]" * 200_000 + "}")
    brackets = json.dumps({"a": "[" * 1000})
    assert members(brackets)["a"].value == "[" * 1000


def test_of_two_members_with_one_name_the_later_counts() -> None:
    assert members('{"a": "x", "a": "y"}')["a"] == Field("y", 16, 19)


def test_a_surrogate_pair_of_escapes_is_one_character() -> None:
    row = '{"a": "x\\ud83d\\ude00y"}'
    text, places = replay(row, {"format": "json", "at": [6, 22]})
    assert text == "x😀y"
    assert isinstance(places, OffsetMap)
    assert places.source_span(Span(1, 2)) == Span(8, 20)
