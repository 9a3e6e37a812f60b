"""Tables and JSON are cut into rows at their raw bytes; the rest of the file is where it was."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.deliveries.pieces import Piece, Preview
from annotations.corpus.deliveries.tables import json_pieces, line_pieces, table_pieces
from annotations.corpus.readers.reading import read
from annotations.corpus.texts.refusals import Unreadable

LONGEST = 1 << 20
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
HARD = CELL | st.sampled_from(['say "no"', "two\nlines", "a,b;c", "", "é", "\r\nx"])


def pieces(found: Any) -> list[Piece]:
    every = list(found)
    assert all(isinstance(each, Piece) for each in every), every
    return every


def preview(found: Any) -> dict[str, Any]:
    (only,) = list(found)
    assert isinstance(only, Preview)
    return only.said


def named(**columns: Any) -> dict[str, Any]:
    return Choices(columns=Columns(**columns)).as_json()


def text_of(piece: Piece) -> str:
    # Drawn at random, a cell may look misread; whether it is, is asked elsewhere.
    choices = replace(Choices.from_json(piece.reading), repair="none")
    return read(piece.name, piece.data, choices).text


@given(
    st.lists(st.tuples(HARD, HARD.filter(str.strip)), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_rows_are_pieces_of_the_file_and_hold_their_text(
    rows: list[tuple[str, str]], encoding: str, delimiter: str, ending: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "body"), *rows])
    data = out.getvalue().encode(encoding)
    found = pieces(table_pieces("a.csv", data, named(text="body", delimiter=delimiter), LONGEST))
    assert [piece.name for piece in found] == [f"a.csv#{n}" for n in range(2, len(rows) + 2)]
    for piece, (_, text) in zip(found, rows, strict=True):
        assert piece.data in data
        assert text_of(piece).split() == text.split()


@given(st.lists(st.fixed_dictionaries({"text": HARD.filter(str.strip)}), min_size=1, max_size=6))
def test_objects_of_a_list_and_lines_hold_the_same(said: list[dict[str, str]]) -> None:
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in said).encode()
    array = json.dumps(said, indent=1).encode()
    for found in (
        pieces(line_pieces("a.jsonl", lines, {}, LONGEST)),
        pieces(json_pieces("a.json", array, {}, LONGEST)),
    ):
        assert [text_of(piece).split() for piece in found] == [
            each["text"].split() for each in said
        ]


def test_a_table_of_unknown_columns_is_asked_about() -> None:
    data = "Média;Corps\nLe Monde;Le prix monte.\n".encode("cp1252")
    said = preview(table_pieces("a.csv", data, {}, LONGEST))
    assert (said["names"], said["delimiter"], said["header"]) == (["Média", "Corps"], ";", True)
    assert said["rows"] == [["Le Monde", "Le prix monte."]]
    assert said["proposed"]["text"] == "Corps"


def test_own_names_are_read_without_a_question() -> None:
    (piece,) = pieces(table_pieces("a.csv", b"title,text\nNights,Long nights.\n", {}, LONGEST))
    assert text_of(piece) == "Long nights."


def test_a_quoted_field_may_hold_many_lines_and_a_blank_row_is_none() -> None:
    data = b'text\n"one\n\ntwo"\n\n"three"\n'
    found = pieces(table_pieces("a.csv", data, {}, LONGEST))
    assert [(piece.name, text_of(piece)) for piece in found] == [
        ("a.csv#2", "one\n\ntwo"),
        ("a.csv#4", "three"),
    ]


def test_one_row_too_long_costs_itself() -> None:
    data = b"text\n" + b"x" * 100 + b"\nshort\n"
    long, short = pieces(table_pieces("a.csv", data, {}, 50))
    assert "100 bytes" in long.refused
    assert not short.refused


def test_a_table_without_rows_or_with_too_many_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="nothing but white space"):
        list(table_pieces("a.csv", b"\n\n", {}, LONGEST))
    with pytest.raises(Unreadable, match="columns"):
        list(table_pieces("a.csv", b"," * 5_000 + b"\n", {}, LONGEST))


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(Unreadable, match="no column “body”"):
        list(table_pieces("a.csv", b"title,text\na,b\n", named(text="body"), LONGEST))


def test_json_that_is_no_list_says_where_it_ends() -> None:
    with pytest.raises(Unreadable, match="neither a list"):
        list(json_pieces("a.json", b'[{"text": "a"} x]', {}, LONGEST))
    with pytest.raises(Unreadable):
        list(json_pieces("a.json", b"[" * 100_000, {}, LONGEST))


def test_a_person_s_cut_is_followed_and_asked_about() -> None:
    data = b"text,title\nLong nights.,Nights\n"
    said = preview(table_pieces("a.csv", data, {"delimiter": ",", "header": False}, LONGEST))
    assert (said["names"], len(said["rows"])) == (["1", "2"], 2)


def test_a_row_without_text_names_its_column_by_number() -> None:
    data = b"title,text\nNights,\n"
    (piece,) = pieces(table_pieces("a.csv", data, {}, LONGEST))
    with pytest.raises(Unreadable, match="no text in its column 2"):
        text_of(piece)
    (line,) = pieces(line_pieces("a.jsonl", b'{"text": ""}', {}, LONGEST))
    with pytest.raises(Unreadable, match="no text in “text”"):
        text_of(line)
