"""Lines of a stream, none longer in memory than it may be. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

_CHUNK = 1 << 16


class Readable(Protocol):
    def readline(self, size: int = ..., /) -> bytes: ...


def lines_of(stream: Readable, longest: int) -> Iterator[tuple[int, int, bytes | None]]:
    """(number from 1, size, bytes) of each line that is not blank, without its line break.

    The bytes of one longer than `longest` are None.

    >>> from io import BytesIO
    >>> list(lines_of(BytesIO(b"one\\r\\n\\nthree is long\\nfour"), longest=5))
    [(1, 3, b'one'), (3, 13, None), (4, 4, b'four')]
    """
    number = 0
    while line := stream.readline(longest + 2):
        number += 1
        size, end = len(line), line[-1:]
        while end != b"\n" and (more := stream.readline(_CHUNK)):
            size, end, line = size + len(more), more[-1:], line[:longest] + more[-2:]
        kept = line.rstrip(b"\r\n")
        size -= len(line) - len(kept)
        if size > longest:
            yield number, size, None
        elif kept.strip():
            yield number, size, kept
