"""`spans.jsonl` and `spans.csv`, read as their readers do."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from annotations.release.formats.contract import Options
from annotations.release.formats.places import utf16
from annotations.release.formats.span_rows import KEYS

from .reading import written
from .samples import ASTRAL, DOCUMENTS, Said, said


def lines(data: bytes) -> list[dict[str, Any]]:
    assert data.endswith(b"\n")
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(), newline=""), strict=True))


def told(row: dict[str, Any]) -> Said:
    start, end = int(row["start"]), int(row["end"])
    return row["document"], start, end, row["quote"], row["label"], row["stance"]


def test_each_line_is_a_span_with_every_key() -> None:
    rows = lines(written("spans.jsonl"))
    assert {told(row) for row in rows} == said()
    assert all(tuple(row) == KEYS for row in rows)
    assert all(row["offset_unit"] == "codepoint" for row in rows)
    assert [(row["document"], row["start"], row["end"]) for row in rows] == sorted(
        (row["document"], row["start"], row["end"]) for row in rows
    )


def test_every_field_of_a_span_is_there() -> None:
    ruled = next(span for span in DOCUMENTS[0].spans if span.adjudicator)
    (row,) = (row for row in lines(written("spans.jsonl")) if row["id"] == ruled.id)
    assert {name: row[name] for name in ruled.__slots__} == {
        name: getattr(ruled, name) for name in ruled.__slots__
    }


def test_the_table_says_the_same_as_the_lines() -> None:
    data = written("spans.csv")
    assert data.count(b"\r\n") == 1 + len(said())
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = table(data)
    texts = [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in lines(written("spans.jsonl"))
    ]
    assert rows == texts


def test_on_request_no_cell_begins_a_formula() -> None:
    plain, safe = (
        table(written("spans.csv")),
        table(written("spans.csv", options=Options(formula_safe=True))),
    )
    assert any(row["quote"].startswith("=") and row["clause"].startswith("=") for row in plain)
    assert not [cell for row in safe for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
    kept = [{key: cell.removeprefix("'") for key, cell in row.items()} for row in safe]
    assert kept == plain


def test_on_request_a_bom_is_before_the_first_name() -> None:
    data = written("spans.csv", options=Options(bom=True))
    assert data.removeprefix(b"\xef\xbb\xbf") == written("spans.csv") != data


def test_on_request_offsets_are_utf16() -> None:
    options = Options(measure=utf16, unit="utf16")
    units = {doc.id: doc.text.encode("utf-16-le") for doc in DOCUMENTS}
    for file, read in (("spans.jsonl", lines), ("spans.csv", table)):
        for row in read(written(file, options=options)):
            start, end = int(row["start"]), int(row["end"])
            cut = units[row["document"]][2 * start : 2 * end]
            assert cut.decode("utf-16-le") == row["quote"]
            assert row["offset_unit"] == "utf16"
    assert any(ord(char) > 0xFFFF for char in ASTRAL)
