"""From spans to passages: which passages does a span mark? Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PassageExtent = tuple[int, int, int]
"""(index, start, end): the passage's own number and its half-open extent in code points."""

Extent = tuple[int, int]
"""(start, end): half-open, in code points."""

# Every code point that str.isspace() calls blank; all of them lie below U+3001.
BLANKS = tuple(code for code in range(0x3001) if chr(code).isspace())


class Ink:
    """Counts the non-blank characters of any stretch of a text in constant time.

    >>> Ink("no blanks").count(0, 4)
    3
    """

    def __init__(self, text: str) -> None:
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
        before = np.zeros(len(codes) + 1, dtype=np.int64)
        np.cumsum(~np.isin(codes, BLANKS), out=before[1:])
        self._before: NDArray[np.int64] = before

    def count(self, start: int, end: int) -> int:
        """The number of non-blank code points in [start, end); 0 for an empty stretch."""
        return int(self._before[end] - self._before[start]) if start < end else 0


def mark(
    text: str, passages: Sequence[PassageExtent], spans: Sequence[Extent]
) -> list[tuple[int, ...]]:
    """For each span, in the order given, the indexes of the passages that it marks.

    A span marks a passage when it covers at least half of the passage's non-blank characters, or
    when the passage holds at least half of the span's. A span that so marks none marks the passage
    that it overlaps most (the earlier one on a tie), so that no span is lost; one that touches no
    passage marks none. `passages` are in text order and do not overlap.

    >>> mark("One two. Three.", [(0, 0, 8), (1, 9, 15)], [(4, 8), (0, 10)])
    [(0,), (0,)]
    """
    ink = Ink(text)
    starts = [start for _, start, _ in passages]
    ends = [end for _, _, end in passages]
    marked = []
    for start, end in spans:
        touched = passages[bisect_right(ends, start) : bisect_left(starts, end)]
        marked.append(_marked(ink, touched, start, end))
    return marked


def _marked(ink: Ink, touched: Sequence[PassageExtent], start: int, end: int) -> tuple[int, ...]:
    whole = ink.count(start, end)
    most, largest = 0, None
    indexes = []
    for index, first, last in touched:
        shared = ink.count(max(start, first), min(end, last))
        if shared and 2 * shared >= min(whole, ink.count(first, last)):
            indexes.append(index)
        if shared > most:
            most, largest = shared, index
    if not indexes and largest is not None:
        indexes.append(largest)
    return tuple(indexes)
