"""Readers that people really use, with their defaults as far as these keep the text: nothing shifts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import datasets
import duckdb
import pandas
import polars
import pytest
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config

from annotations.release.formats.contract import Options
from annotations.release.formats.places import utf16
from annotations.release.formats.spacy_docs import LABELS
from annotations.release.formats.web_annotation import CONTEXT

from .reading import laid_out, unpacked, written
from .samples import DOCUMENTS, Said, said

TEXTS = {document.id: document.text for document in DOCUMENTS}
CONTEXT_FILE = Path(__file__).parents[2] / "interop" / "anno.jsonld"


def told(rows: Iterable[Mapping[str, Any]]) -> set[Said]:
    found = set()
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        document = str(row["document"])  # duckdb knows a UUID when it sees one
        assert TEXTS[document][start:end] == row["quote"]
        found.add((document, start, end, row["quote"], row["label"], row["stance"]))
    return found


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    path = tmp_path / "spans.jsonl"
    path.write_bytes(written("spans.jsonl"))
    return path


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "spans.csv"
    path.write_bytes(written("spans.csv"))
    return path


def test_pandas_reads_lines(jsonl: Path) -> None:
    frame = pandas.read_json(jsonl, lines=True)
    assert told(frame.to_dict("records")) == said()


def test_polars_reads_lines(jsonl: Path) -> None:
    assert told(polars.read_ndjson(jsonl).to_dicts()) == said()


def test_duckdb_reads_lines(jsonl: Path) -> None:
    table = duckdb.connect().execute("SELECT * FROM read_json(?)", [str(jsonl)])
    names = [column[0] for column in table.description]
    assert told(dict(zip(names, row, strict=True)) for row in table.fetchall()) == said()


def test_datasets_reads_lines(jsonl: Path, tmp_path: Path) -> None:
    read = datasets.load_dataset("json", data_files=str(jsonl), cache_dir=str(tmp_path / "cache"))
    assert told(read["train"]) == said()


def test_datasets_reads_parquet(tmp_path: Path) -> None:
    path = tmp_path / "spans.parquet"
    path.write_bytes(written("spans.parquet"))
    read = datasets.load_dataset("parquet", data_files=str(path), cache_dir=str(tmp_path / "cache"))
    assert told(read["train"]) == said()


def test_pandas_reads_cells_with_line_ends_tabs_and_quotes(csv: Path) -> None:
    frame = pandas.read_csv(csv, keep_default_na=False)
    assert told(frame.to_dict("records")) == said()
    (reason,) = {row for row in frame["reason"] if row}
    assert reason == next(
        span.reason for row in DOCUMENTS for span in row.spans if span.reason is not None
    )


def test_polars_reads_cells(csv: Path) -> None:
    assert told(polars.read_csv(csv, infer_schema=False).to_dicts()) == said()


def test_duckdb_reads_cells(csv: Path) -> None:
    asked = "SELECT * FROM read_csv(?, all_varchar = true, header = true)"
    table = duckdb.connect().execute(asked, [str(csv)])
    names = [column[0] for column in table.description]
    assert told(dict(zip(names, row, strict=True)) for row in table.fetchall()) == said()


def test_offsets_in_utf16_are_those_of_utf16() -> None:
    data = written("spans.jsonl", options=Options(measure=utf16, unit="utf16"))
    found = set()
    for line in data.decode().split("\n")[:-1]:
        row = json.loads(line)
        assert row["offset_unit"] == "utf16"
        units = TEXTS[row["document"]].encode("utf-16-le")
        quote = units[2 * row["start"] : 2 * row["end"]].decode("utf-16-le")
        found.add((row["document"], quote, row["label"], row["stance"]))
        assert quote == row["quote"]
    assert found == {(each[0], *each[3:]) for each in said()}


def test_spacy_finds_no_fault_with_the_data(tmp_path: Path, capsys: Any) -> None:
    """`spacy debug data` for a span categoriser, which ends with an error where it finds one."""
    times = 30  # it calls fewer than a hundred examples an error
    many = [
        replace(row, id=f"{row.id[:-4]}{time:04}") for row in DOCUMENTS for time in range(times)
    ]
    folder = laid_out("spacy.zip", tmp_path / "corpus", tuple(many))
    config = init_config(lang="xx", pipeline=["spancat"], optimize="efficiency", silent=True)
    config["components"]["spancat"]["spans_key"] = LABELS
    path = tmp_path / "config.cfg"
    config.to_disk(path)
    paths = {"paths.train": str(folder), "paths.dev": str(folder)}
    debug_data(path, config_overrides=paths, verbose=True, no_format=True, silent=False)
    counted = re.search(r"Key: sc, (.*)", capsys.readouterr().out)
    assert counted is not None
    found = {label: int(n) for label, n in re.findall(r"'([\w-]+)' \((\d+)\)", counted[1])}
    assert found == {label: times * n for label, n in Counter(each[4] for each in said()).items()}


def test_every_purpose_of_a_web_annotation_is_a_word_of_its_context() -> None:
    """One that is none would be taken for an address, or left out, by whoever reads linked data."""
    known = set(json.loads(CONTEXT_FILE.read_bytes())["@context"]) | set(CONTEXT[1])
    used: set[str] = set()
    for name, data in unpacked("web-annotation.zip").items():
        if name.endswith(".jsonld"):
            for each in json.loads(data)["items"]:
                used |= {body["purpose"] for body in each["body"]} | {each["motivation"]}
    assert used == {"classifying", "tagging", "assessing", "identifying", "commenting"}
    assert used <= known
