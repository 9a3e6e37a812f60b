"""The same bytes, smaller: gzip and zstd, chosen by the caller, made once and kept beside the file.

What is made of the same file is always the same: one thread, one level, no time.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import zstandard

from .cache import Kept, Place

PIECE = 1 << 18  # bytes
PART = re.compile(r"([!#$%&'*+.^_`|~0-9a-z-]+)(?:;q=([01](?:\.[0-9]{0,3})?))?", re.ASCII)
MOST = 50
"""So many words of a header are looked at."""


class Compressor(Protocol):
    """What takes pieces and gives smaller ones."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready so far, often nothing."""

    def flush(self) -> bytes:
        """The rest."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """By its name in HTTP and the end of a file's name; `begin` takes the size to come, -1 unknown."""

    name: str
    suffix: str
    begin: Callable[[int], Compressor]


def _gzip(_size: int) -> Compressor:
    # zlib writes no time and no name into the header.
    return zlib.compressobj(level=6, wbits=31)


def _zstd(size: int) -> Compressor:
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj(size=size)


ENCODINGS = {
    each.name: each for each in (Encoding("zstd", "zst", _zstd), Encoding("gzip", "gz", _gzip))
}
"""The better first, for whoever takes both alike."""


def preferred(header: str) -> Encoding | None:
    """What an Accept-Encoding asks for (RFC 9110 §12.5.3); None for the bytes as they are.

    >>> preferred("gzip, zstd;q=0.5").name, preferred("gzip;q=0"), preferred("gzip, identity;q=2")
    ('gzip', None, None)
    """
    said = _weights(header)
    rest = said.get("*", 0.0)
    weights = {name: said.get(name, rest) for name in ENCODINGS}
    # The bytes as they are can always be had; they win only where that was said.
    best = max(weights, key=lambda name: weights[name])
    if weights[best] == 0 or said.get("identity", 0.0) > weights[best]:
        return None
    return ENCODINGS[best]


def _weights(header: str) -> dict[str, float]:
    """By name; none where the header cannot be read."""
    found: dict[str, float] = {}
    for word in header.lower().replace(" ", "").replace("\t", "").split(",")[:MOST]:
        if not word:
            continue
        read = PART.fullmatch(word)
        if read is None:
            return {}
        weight = float(read[2] or "1")
        found[read[1].removeprefix("x-")] = weight if weight <= 1 else 0.0
    return found


def encoded(pieces: Iterable[bytes], encoding: Encoding, *, size: int = -1) -> Iterator[bytes]:
    """The pieces, smaller; one of them is in memory."""
    compressor = encoding.begin(size)
    for piece in pieces:
        if smaller := compressor.compress(piece):
            yield smaller
    yield compressor.flush()


def place_of(kept: Kept, encoding: Encoding) -> Place:
    """Where the smaller file is kept, or would be."""
    return Place(kept.path.parent, f"{kept.path.name}.{encoding.suffix}")


def while_it_shrinks(kept: Kept, encoding: Encoding) -> Iterator[bytes]:
    """The bytes as they are made; kept for the next one, unless another is making them."""
    place = place_of(kept, encoding)
    with kept.path.open("rb") as file:
        pieces = encoded(iter(lambda: file.read(PIECE), b""), encoding, size=kept.size)
        lock = place.lock()
        if lock is None:
            yield from pieces
            return
        try:
            yield from _noted(pieces, place)
        finally:
            os.close(lock)


def _noted(pieces: Iterable[bytes], place: Place) -> Iterator[bytes]:
    """The pieces, written down as they pass; what was broken off is thrown away.

    The last is handed on only once the file is there.
    """
    try:
        with place.part.open("x+b") as part:
            last = b""
            for piece in pieces:
                part.write(piece)
                yield last
                last = piece
            place.appear(part)
        yield last
    finally:
        place.part.unlink(missing_ok=True)
