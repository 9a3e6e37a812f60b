"""Passages and coders' own labels of a release over REST, and everything in one zip."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from hashlib import sha256
from typing import Any
from zipfile import ZipFile

import yaml
from pyarrow import parquet

from annotations.release.cache import releases_folder
from annotations.release.models import Release
from annotations.release.shapes import SHAPES
from annotations.release.shapes.kinds import NEVER_NULL
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL, body
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze
from tests.release.test_proving import tamper


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def test_each_shape_is_the_file_that_the_manifest_promises(corpus: Corpus) -> None:
    release = freeze(corpus)
    client = by(corpus.cast.rita)
    got = {file: body(client.get(f"{ALL}/v1/{file}")) for file in SHAPES}
    for file, stated in release.manifest["files"].items():
        if file in got:
            assert sha256(got[file]).hexdigest() == stated["sha256"], file
            assert len(got[file]) == stated["size"]
    _passages(rows(got["passages.jsonl"]), release)
    _annotations(rows(got["annotations.jsonl"]), corpus)
    _parquet(got)


def _passages(found: list[dict[str, Any]], release: Release) -> None:
    assert len(found) == release.manifest["files"]["passages.jsonl"]["rows"] == 6
    secrecy = [theme for row in found for theme in row["themes"] if theme["theme"] == "secrecy"]
    assert Counter(theme["present"] for theme in secrecy) == {True: 2, False: 4}
    assert {row["judged_by"] for row in found} == {2}
    for row in found:
        assert all(row[key] is not None for key in NEVER_NULL & row.keys())


def _annotations(found: list[dict[str, Any]], corpus: Corpus) -> None:
    cast = corpus.cast
    coders = {cast.coder(user).pseudonym for user in (cast.ada, cast.ben)}
    assert len(found) == 6
    assert {row["coder"] for row in found} == coders
    text = {str(each.uuid): each.text for each in (corpus.agreed, corpus.ruled)}
    assert all(text[row["document"]][row["start"] : row["end"]] == row["quote"] for row in found)


def _parquet(got: dict[str, bytes]) -> None:
    for name in ("passages", "annotations"):
        table = parquet.read_table(io.BytesIO(got[f"{name}.parquet"]))
        assert table.to_pylist() == rows(got[f"{name}.jsonl"])


def test_a_release_from_before_has_no_such_files_and_still_its_lines(corpus: Corpus) -> None:
    release = freeze(corpus)
    tamper("UPDATE annotations_release SET manifest = manifest - 'files'")
    client = by(corpus.cast.rita)
    assert client.get(f"{ALL}/v1/passages.jsonl").status_code == 404
    assert client.get(f"{ALL}/v1/documents.jsonl")["ETag"] == f'"{release.sha256}"'


def test_the_bundle_has_every_file_and_is_the_same_each_time(corpus: Corpus) -> None:
    release = freeze(corpus)
    client = by(corpus.cast.rita)
    whole = body(client.get(f"{ALL}/v1/bundle.zip"))
    archive = ZipFile(io.BytesIO(whole))
    for file, stated in release.manifest["files"].items():
        assert sha256(archive.read(file)).hexdigest() == stated["sha256"]
    assert json.loads(archive.read("manifest.json")) == client.get(f"{ALL}/v1").json()
    _card(archive.read("README.md").decode(), archive)
    assert "## Reliability" in archive.read("DATASHEET.md").decode()
    shutil.rmtree(releases_folder())
    assert body(client.get(f"{ALL}/v1/bundle.zip")) == whole


def _card(card: str, archive: ZipFile) -> None:
    front = yaml.safe_load(card.split("---\n")[1])
    for config, info in zip(front["configs"], front["dataset_info"], strict=True):
        names = [feature["name"] for feature in info["features"]]
        line = json.loads(archive.read(config["data_files"]).decode().split("\n")[0])
        assert names == list(line)
    assert "| `secrecy` |" in card
