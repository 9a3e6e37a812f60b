"""Smaller answers for whoever takes them: files and lists, each encoding under its own ETag."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
import zstandard
from django.test import Client

from tests.api.test_adjudication import by
from tests.api.test_releases import ALL, body
from tests.cast import Cast, document
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze

FILES = [f"{ALL}/v1/{file}" for file in ("documents.jsonl", "spans.csv", "passages.jsonl")]


def larger(answer: Any, data: bytes) -> bytes:
    if answer["Content-Encoding"] == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


@pytest.mark.parametrize("file", FILES)
def test_each_encoding_of_a_file_has_its_own_etag(corpus: Corpus, file: str) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    plain = client.get(file)
    whole, etags = body(plain), {plain["ETag"]}
    assert plain["Vary"].startswith("Accept-Encoding")
    for name in ("gzip", "zstd", "gzip"):
        answer = client.get(file, headers={"Accept-Encoding": name})
        data = body(answer)
        assert answer["Content-Encoding"] == name
        assert "Accept-Encoding" in answer["Vary"]
        assert larger(answer, data) == whole
        etags.add(answer["ETag"])
        head = client.head(file, headers={"Accept-Encoding": name})
        assert head["ETag"] == answer["ETag"]
        assert head["Content-Length"] == str(len(data))
    assert len(etags) == 3


def test_who_has_it_in_that_encoding_gets_nothing(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    for name in ("identity", "gzip", "zstd"):
        etag = client.get(FILES[0], headers={"Accept-Encoding": name})["ETag"]
        for known in (etag, f'"other", W/{etag}', "*"):
            asked = {"Accept-Encoding": name, "If-None-Match": known}
            again = client.get(FILES[0], headers=asked)
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        other = {"Accept-Encoding": "gzip" if name == "zstd" else "zstd", "If-None-Match": etag}
        assert client.get(FILES[0], headers=other).status_code == 200


def test_a_range_is_of_the_file_as_it_is(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    plain = client.get(FILES[0])
    asked = {"Accept-Encoding": "zstd, gzip", "Range": "bytes=2-9"}
    part = client.get(FILES[0], headers=asked)
    assert (part.status_code, part["ETag"]) == (206, plain["ETag"])
    assert "Content-Encoding" not in part.headers
    assert body(part) == body(plain)[2:10]


def test_what_is_compressed_already_is_left_alone(corpus: Corpus) -> None:
    freeze(corpus)
    client = by(corpus.cast.rita)
    for file in ("spans.parquet", "brat.zip", "bundle.zip"):
        answer = client.get(f"{ALL}/v1/{file}", headers={"Accept-Encoding": "gzip, zstd"})
        body(answer)
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_lists_come_smaller_and_not_twice(cast: Cast, client: Client, name: str) -> None:
    for day in range(30):
        document(cast.project, f"Day {day}.\n")
    client.force_login(cast.mia)
    address = f"/api/v1/projects/{cast.project.slug}/documents"
    plain = client.get(address)
    answer = client.get(address, headers={"Accept-Encoding": name})
    assert answer["Content-Encoding"] == name
    assert "Accept-Encoding" in answer["Vary"]
    assert answer["Content-Length"] == str(len(answer.content))
    assert larger(answer, answer.content) == plain.content
    assert len(answer.content) < len(plain.content) / 3
    assert answer["ETag"] != plain["ETag"]
    known = {"Accept-Encoding": name, "If-None-Match": answer["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    document(cast.project, "One more.\n")
    assert client.get(address, headers=known).status_code == 200


def test_nothing_that_holds_a_secret_is_compressed(cast: Cast, client: Client) -> None:
    """How far it shrinks would tell of the secret (BREACH)."""
    client.force_login(cast.ada)
    for path in ("/", "/api/v1/csrf", "/api/v1/me/preferences"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip, zstd"})
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
