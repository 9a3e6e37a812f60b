"""Parquet, read by pyarrow, pandas, polars and duckdb."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet
import pytest

from annotations.release.canonical import line
from annotations.release.formats import parquet
from annotations.release.formats.contract import Options
from annotations.release.formats.places import utf16
from annotations.release.formats.span_rows import KEYS

from .reading import written
from .samples import DOCUMENTS, Said, said
from .test_formats import Counted

COLUMNS = ("document", "start", "end", "quote", "label", "stance")


@pytest.fixture
def spans(tmp_path: Path) -> Path:
    path = tmp_path / "spans.parquet"
    path.write_bytes(written("spans.parquet"))
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "documents.parquet"
    path.write_bytes(written("documents.parquet"))
    return path


def told(rows: list[dict[str, Any]]) -> set[Said]:
    return {tuple(row[name] for name in COLUMNS) for row in rows}  # type: ignore[misc]


def nested(rows: list[dict[str, Any]]) -> set[Said]:
    return told([{"document": row["id"], **span} for row in rows for span in row["spans"]])


def test_pyarrow_reads_the_columns_and_every_span(spans: Path) -> None:
    table = pa.parquet.read_table(spans)
    assert table.schema.equals(parquet.spans_schema())
    assert tuple(table.column_names) == KEYS
    assert told(table.to_pylist()) == said()


def test_pandas_reads_every_span(spans: Path) -> None:
    frame = pandas.read_parquet(spans)
    rows = frame[list(COLUMNS)].itertuples(index=False, name=None)
    assert {tuple(row) for row in rows} == said()
    assert str(frame["start"].dtype) == "int32"


def test_polars_reads_every_span(spans: Path, documents: Path) -> None:
    assert told(polars.read_parquet(spans).to_dicts()) == said()
    assert nested(polars.read_parquet(documents).to_dicts()) == said()


def test_duckdb_reads_every_span(spans: Path, documents: Path) -> None:
    with duckdb.connect() as database:
        flat = database.execute(
            'SELECT document, "start", "end", quote, label, stance FROM read_parquet(?)',
            [str(spans)],
        ).fetchall()
        inside = database.execute(
            'SELECT id, s."start", s."end", s.quote, s.label, s.stance, '
            'text[s."start" + 1 : s."end"] FROM '
            "(SELECT id, text, unnest(spans) AS s FROM read_parquet(?))",
            [str(documents)],
        ).fetchall()
    assert set(flat) == said()
    assert {row[:6] for row in inside} == said()


def test_the_documents_are_those_of_the_lines(documents: Path) -> None:
    table = pa.parquet.read_table(documents)
    assert table.schema.equals(parquet.documents_schema())
    assert table.to_pylist() == [json.loads(line(document)) for document in DOCUMENTS]


def test_rows_of_empty_lists_have_the_types_of_the_others(tmp_path: Path) -> None:
    data = written("documents.parquet", DOCUMENTS[2:])
    assert pa.parquet.read_schema(BytesIO(data)).equals(parquet.documents_schema())
    assert pa.parquet.read_schema(BytesIO(written("spans.parquet", ()))).equals(
        parquet.spans_schema()
    )


def test_many_rows_are_written_in_groups() -> None:
    documents = Counted(parquet.DOCUMENTS_AT_ONCE * 2 + 1)
    file = pa.parquet.ParquetFile(BytesIO(written("documents.parquet", documents)))
    assert file.num_row_groups == 3
    assert file.metadata.num_rows == documents.size


def test_on_request_offsets_are_utf16() -> None:
    data = written("spans.parquet", options=Options(measure=utf16, unit="utf16"))
    units = {each.id: each.text.encode("utf-16-le") for each in DOCUMENTS}
    for row in pa.parquet.read_table(BytesIO(data)).to_pylist():
        cut = units[row["document"]][2 * row["start"] : 2 * row["end"]]
        assert (cut.decode("utf-16-le"), row["offset_unit"]) == (row["quote"], "utf16")
