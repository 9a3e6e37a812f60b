"""Passages with what is and is not there, and what each coder said, as lines and tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

from annotations.release.formats.contract import PLAIN, Options
from annotations.release.formats.places import utf16
from annotations.release.shapes import SHAPES
from annotations.release.shapes.evidence import Evidence, plain, restored
from tests.release.shapes.samples import COLUMNS, document, evidence


def lines(file: str, options: Options = PLAIN, *, of: Evidence | None = None) -> list[Any]:
    made = SHAPES[file].pieces([(document(), of or evidence())], COLUMNS, options)
    text = b"".join(made).decode()
    if file.endswith("csv"):
        return list(csv.DictReader(io.StringIO(text, newline="")))
    return [json.loads(line) for line in text.splitlines()]


def present(row: Any) -> dict[str, bool | None]:
    return {theme["theme"]: theme["present"] for theme in row["themes"]}


def test_a_passage_says_what_is_there_what_is_not_and_what_nobody_knows() -> None:
    first, second, third = lines("passages.jsonl")
    assert present(first) == {"burnout": False, "secrecy": False}
    assert present(second) == {"burnout": False, "secrecy": True}
    assert present(third) == {"burnout": None, "secrecy": None}
    assert [row["judged_by"] for row in (first, second, third)] == [2, 2, 1]


def test_a_theme_that_the_edition_has_not_is_no_negative() -> None:
    first, *_ = lines("passages.jsonl", of=evidence(themes=("secrecy",)))
    assert present(first) == {"burnout": None, "secrecy": False}


def test_the_stances_are_those_of_gold_and_beside_them_what_coders_said() -> None:
    secrecy = lines("passages.jsonl")[1]["themes"][1]
    assert (secrecy["stances"], secrecy["marked_by"]) == (["against"], 2)
    assert secrecy["said"] == [{"stance": "against", "coders": 1}, {"stance": "favor", "coders": 1}]


def test_every_row_has_every_key_in_one_order() -> None:
    for file in ("passages.jsonl", "annotations.jsonl", "passages.csv", "annotations.csv"):
        rows = lines(file)
        assert {tuple(row) for row in rows} == {tuple(rows[0])}, file


def test_the_table_says_the_same_in_columns() -> None:
    row = lines("passages.csv")[1]
    assert (row["theme.secrecy"], row["theme.burnout"]) == ("true", "false")
    assert (row["theme.secrecy.stances"], row["theme.secrecy.said.favor"]) == ("against", "1")
    assert lines("passages.csv")[2]["theme.secrecy"] == ""


def test_the_text_of_a_passage_is_at_its_offsets() -> None:
    for row in lines("passages.jsonl"):
        assert document().text[row["start"] : row["end"]] == row["text"]


def test_offsets_in_utf16_count_the_emoji_twice() -> None:
    options = Options(measure=utf16, unit="utf16")
    (row, _) = lines("annotations.jsonl", options)
    assert (row["start"], row["end"], row["offset_unit"]) == (11, 24, "utf16")


def test_annotations_are_each_coders_own_sorted_by_pseudonym() -> None:
    rows = lines("annotations.jsonl")
    assert [(row["coder"], row["stance"]) for row in rows] == [
        ("coder-01", "against"),
        ("coder-02", "favor"),
    ]
    assert (rows[0]["label"], rows[0]["theme"], rows[0]["passages"]) == (
        "pay_secret",
        "secrecy",
        [1],
    )
    assert (rows[0]["submission"], rows[0]["after_discussion"]) == (2, True)


def test_a_spreadsheet_runs_nothing_when_asked() -> None:
    text = document().text.replace("Pay, =", "=1+1, ")
    pieces = SHAPES["passages.csv"].pieces(
        [(replace(document(), text=text), evidence())], COLUMNS, Options(formula_safe=True)
    )
    assert b'"\'=1+1, secret."' in b"".join(pieces)


def test_evidence_comes_back_from_json_as_it_was() -> None:
    assert restored(json.loads(json.dumps(plain(evidence())))) == evidence()
