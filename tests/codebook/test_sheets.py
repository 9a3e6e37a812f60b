"""A codebook as a table: nothing is lost, nothing is a formula, faults are named by their cell."""

from __future__ import annotations

import copy
import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.codebook.checking import faults_of
from annotations.codebook.sheets import BadSheet, book_of, guarded, placed, sheet_of, unguarded
from tests.codebook.test_checking import small
from tests.fixtures.demonstration import BOOKS


@pytest.mark.parametrize("number", [1, 2])
def test_the_demonstration_makes_the_round_trip(number: int) -> None:
    wanted = {name: value for name, value in BOOKS[number].items() if name != "edition"}
    assert book_of(sheet_of(BOOKS[number])) == wanted


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_makes_the_round_trip(words: str) -> None:
    data = small()
    data["themes"][0]["definition"] = {"en": f"={words}"}
    data["themes"][1]["definition"] = {"fr": f"{words}."}
    back = book_of(sheet_of(data))["themes"]
    assert back[0]["definition"] == {"en": f"={words}"}
    assert back[1]["definition"] == {"fr": f"{words}."}


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_no_cell_is_a_formula(start: str) -> None:
    data = small()
    data["themes"][0]["definition"] = {"en": f'{start}HYPERLINK("x")'}
    text = sheet_of(data).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(start)]
    assert unguarded(guarded(f"'{start}")) == f"'{start}"


def test_a_spreadsheet_s_semicolons_are_read() -> None:
    sheet = sheet_of(small()).replace(",", ";")
    assert [each["key"] for each in book_of(sheet)["themes"]] == ["burnout", "hours", "pay"]


def test_a_table_of_themes_alone_has_no_scale() -> None:
    book = book_of("key,code,colour,name.en\npay,PA,2,Pay\n\n")
    assert "stances" not in book
    assert book["themes"][0] | {"name": {"en": "Pay"}, "colour": 2} == book["themes"][0]


@pytest.mark.parametrize(
    ("sheet", "field", "said"),
    [
        ("code,name.en\nPA,Pay\n", "row 1", "no column “key”"),
        ("key,hue\npay,3\n", "row 1, column hue", "no such field"),
        ("key,name.en,name.en\n", "row 1, column name.en", "twice"),
        ("key,code\npay,PA,more\n", "row 2", "3 cells where row 1 names 2"),
        ("part,key\nsubject,pay\n", "row 2, column part", "“subject”"),
        ('key,code\npay,"PA\n', "", "no table"),
        ("key\n" + "a\n" * 3000, "", "at most"),
        ("", "row 1", "no column “key”"),
    ],
)
def test_what_is_no_table_is_said(sheet: str, field: str, said: str) -> None:
    with pytest.raises(BadSheet) as refused:
        book_of(sheet)
    assert refused.value.faults[0]["field"] == field
    assert said in refused.value.faults[0]["detail"]


@pytest.mark.parametrize(
    ("at", "value", "place"),
    [
        ("colour", "blue", "row 7, column colour"),
        ("code", "PAY", "row 7, column code"),
        ("name", {}, "row 7, column name"),
        ("memo_required", "maybe", "row 7, column memo_required"),
        ("examples", [{"text": "x", "stance": "what"}], "row 7, column examples"),
        ("stance_labels", {"what": {"en": "x"}}, "row 7, column stance_labels.what"),
        ("key", "Not a key", "row 7, column key"),
    ],
)
def test_a_fault_is_named_by_row_and_column(at: str, value: Any, place: str) -> None:
    data = copy.deepcopy(small())
    data["note"] = {"en": "Fresh"}
    data["themes"][2][at] = value
    sheet = sheet_of(data)
    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline="")))
    assert rows[6][1] == data["themes"][2]["key"]
    book = book_of(sheet)
    found = placed(faults_of(book), sheet)
    assert place in [each["field"] for each in found], found
    assert found[0]["detail"].startswith("Row 7, column")
