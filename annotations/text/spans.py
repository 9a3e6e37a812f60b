"""A stretch of text, counted in Unicode code points, half-open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class BadSpan(ValueError):
    """A span that starts before the text or ends before it starts."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """`[start, end)` in code points, as Python slices and Postgres `substr` count.

    An empty span is a place between two characters; it overlaps nothing.

    >>> Span(0, 4).overlaps(Span(4, 9))
    False
    >>> "Rome burned"[Span(0, 4).slice]
    'Rome'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise BadSpan(f"[{self.start}, {self.end}) is not a span: 0 ≤ start ≤ end.")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    @property
    def slice(self) -> slice:
        return slice(self.start, self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character.

        >>> Span(0, 5).overlaps(Span(4, 9))
        True
        """
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """
        >>> Span(0, 9).contains(Span(0, 9)), Span(0, 9).contains(Span(8, 10))
        (True, False)
        """
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: Span) -> Span | None:
        """
        >>> Span(0, 5).intersection(Span(4, 9))
        Span(start=4, end=5)
        >>> Span(0, 4).intersection(Span(4, 9)) is None
        True
        """
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))

    def overlap_size(self, other: Span) -> int:
        """Characters that both cover.

        >>> Span(0, 5).overlap_size(Span(3, 9))
        2
        """
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def union_size(self, other: Span) -> int:
        """Characters that at least one of the two covers; a gap between them counts for none.

        >>> Span(0, 5).union_size(Span(3, 9)), Span(0, 2).union_size(Span(8, 9))
        (9, 3)
        """
        return len(self) + len(other) - self.overlap_size(other)

    def iou(self, other: Span) -> float:
        """Intersection over union (Jaccard 1901), 0 to 1; two empty spans give 0.

        >>> Span(0, 5).iou(Span(0, 10))
        0.5
        """
        union = self.union_size(other)
        return self.overlap_size(other) / union if union else 0.0

    def shifted(self, by: int) -> Span:
        """
        >>> Span(2, 4).shifted(3)
        Span(start=5, end=7)
        """
        return Span(self.start + by, self.end + by)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters as few spans as possible, in order; touching ones become one.

    >>> merged([Span(4, 6), Span(0, 2), Span(1, 4)])
    [Span(start=0, end=6)]
    """
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        elif span:
            whole.append(span)
    return whole
