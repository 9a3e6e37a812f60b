"""One byte range of a file (RFC 9110 §14)."""

from __future__ import annotations

import re
from typing import IO

ONE_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Unsatisfiable(Exception):
    """The range lies outside the file."""


def asked_range(header: str, *, size: int) -> range | None:
    """The bytes that a Range header asks for; None for all of them.

    What is not one range of bytes is ignored, as the RFC allows.

    >>> asked_range("bytes=-3", size=10), asked_range("bytes=2-", size=10)
    (range(7, 10), range(2, 10))
    """
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= stop:
        raise Unsatisfiable
    return range(start, stop)


class Piece:
    """A file's bytes of one range, to be read like a file."""

    def __init__(self, source: IO[bytes], piece: range) -> None:
        self._source = source
        self._left = len(piece)
        source.seek(piece.start)

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes more; none at the end of the range."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Closes the file."""
        self._source.close()
