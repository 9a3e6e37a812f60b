"""The same bytes, smaller: which is sent, that they are the same, and that nothing half is kept."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from annotations.release.cache import Kept
from annotations.release.encodings import (
    ENCODINGS,
    encoded,
    place_of,
    preferred,
    while_it_shrinks,
)

DATA = b"".join(b'{"document": %d, "text": "The pay is good."}\n' % n for n in range(40_000))


def larger(name: str, data: bytes) -> bytes:
    if name == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=len(DATA))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    path = tmp_path / "documents.jsonl"
    path.write_bytes(DATA)
    return Kept(path, len(DATA), "0" * 64)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("GZIP ; Q=0.5", "gzip"),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "gzip"),
        ("gzip;q=0, zstd;q=0", None),
        ("*;q=0", None),
        ("gzip;q=0.5, identity", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("gzip;q=7", None),
        ("gzip;q=x", None),
        ("gzip;level=9", None),
        ("\x00", None),
    ],
)
def test_the_header_is_obeyed(header: str, name: str | None) -> None:
    found = preferred(header)
    assert (found and found.name) == name


@given(st.text(alphabet="gzipstd*;,=q01. é", max_size=60))
def test_no_header_is_too_strange(header: str) -> None:
    found = preferred(header)
    assert found is None or found.name in ENCODINGS


@pytest.mark.parametrize("name", ENCODINGS)
def test_however_it_comes_the_bytes_are_the_same(name: str) -> None:
    """And they hold no time: the same tomorrow."""
    pieces = [DATA[at : at + 70_001] for at in range(0, len(DATA), 70_001)]
    one = b"".join(encoded([DATA], ENCODINGS[name], size=len(DATA)))
    assert b"".join(encoded(pieces, ENCODINGS[name], size=len(DATA))) == one
    assert larger(name, one) == DATA
    assert len(one) < len(DATA) / 5
    if name == "gzip":
        assert one[4:8] == b"\0\0\0\0"  # RFC 1952: the time


@pytest.mark.parametrize("name", ENCODINGS)
def test_it_is_kept_beside_the_file_while_it_is_sent(name: str, kept: Kept) -> None:
    sent = b"".join(while_it_shrinks(kept, ENCODINGS[name]))
    found = place_of(kept, ENCODINGS[name]).found()
    assert found is not None
    assert found.path.read_bytes() == sent
    assert larger(name, sent) == DATA


@pytest.mark.parametrize("name", ENCODINGS)
def test_what_was_broken_off_is_not_kept(name: str, kept: Kept) -> None:
    pieces = while_it_shrinks(kept, ENCODINGS[name])
    next(pieces)
    assert isinstance(pieces, Iterator)
    pieces.close()  # type: ignore[attr-defined]  # a generator
    assert place_of(kept, ENCODINGS[name]).found() is None
    assert not list(kept.path.parent.glob("*.part"))
    assert b"".join(while_it_shrinks(kept, ENCODINGS[name]))


def test_two_at_once_both_get_all_of_it(kept: Kept) -> None:
    first = while_it_shrinks(kept, ENCODINGS["gzip"])
    started = next(first)
    second = b"".join(while_it_shrinks(kept, ENCODINGS["gzip"]))
    assert started + b"".join(first) == second


def test_memory_does_not_grow_with_the_file(kept: Kept) -> None:
    def peak(times: int) -> int:
        tracemalloc.start()
        try:
            for _piece in encoded((DATA for _ in range(times)), ENCODINGS["zstd"]):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(20) < peak(2) + len(DATA)
