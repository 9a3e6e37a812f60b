"""How far the spans of two coders are the same spans: counts, and F1 of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.text.spans import Span, merged

from .figures import Figure, Undefined

ENOUGH = 0.5
"""The share of intersection over union from which two spans count as one."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What is common to two coders, and what each has; such counts add up over documents."""

    common: int = 0
    first: int = 0
    second: int = 0

    def __add__(self, other: Matches) -> Matches:
        return Matches(
            self.common + other.common, self.first + other.first, self.second + other.second
        )

    @property
    def f1(self) -> Figure:
        """2 · common / (first + second), the harmonic mean of precision and recall."""
        if not self.first + self.second:
            return Figure(None, Undefined.NO_SPANS)
        return Figure(2 * self.common / (self.first + self.second))


def exact(a: Sequence[Span], b: Sequence[Span]) -> Matches:
    """Spans with the same beginning and end; equal ones pair off one to one."""
    return Matches((Counter(a) & Counter(b)).total(), len(a), len(b))


def overlapping(a: Sequence[Span], b: Sequence[Span], *, enough: float = ENOUGH) -> Matches:
    """Spans paired one to one, as many as can be, each with IoU ≥ `enough` > 0."""
    common = sum(_paired(*stretch, enough=enough) for stretch in _stretches(a, b))
    return Matches(common, len(a), len(b))


def characters(a: Sequence[Span], b: Sequence[Span]) -> Matches:
    """Characters that are covered at all."""
    first, second = merged(a), merged(b)
    both = sum(map(len, first)) + sum(map(len, second)) - sum(map(len, merged([*a, *b])))
    return Matches(both, sum(map(len, first)), sum(map(len, second)))


def _stretches(a: Sequence[Span], b: Sequence[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Both sides, cut where nothing overlaps, which keeps the assignments small."""
    sides: tuple[list[Span], list[Span]] = ([], [])
    reach = 0
    for span, side in sorted([(span, 0) for span in a] + [(span, 1) for span in b]):
        if span.start >= reach and any(sides):
            yield sides
            sides = ([], [])
        sides[side].append(span)
        reach = max(reach, span.end)
    if any(sides):
        yield sides


def _paired(a: Sequence[Span], b: Sequence[Span], *, enough: float) -> int:
    if len(a) <= 1 and len(b) <= 1:
        return int(bool(a and b) and a[0].iou(b[0]) >= enough)
    if not a or not b:
        return 0
    from scipy.optimize import linear_sum_assignment

    fits = [[span.iou(other) >= enough for other in b] for span in a]
    rows, columns = linear_sum_assignment(fits, maximize=True)
    return sum(fits[row][column] for row, column in zip(rows, columns, strict=True))
