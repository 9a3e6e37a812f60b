"""Which source units stand behind which characters, through any number of repairs.

A map is a list of runs. A run is the same atom some times over, and an atom says that
`target` characters of the new text came from `source` units of the old:

- kept: 1 ↔ w (w bytes a character; 1 ↔ 1 between two texts)
- replaced: n ↔ m, as one piece that cannot be divided
- removed: 0 ↔ m
- inserted: n ↔ 0
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotations.text.spans import Span


class Run(NamedTuple):
    """`times` atoms in a row, each `target` units of the new side against `source` of the old."""

    times: int
    target: int
    source: int


class MapMismatch(ValueError):
    """Two maps that do not meet: the middle text has two lengths."""


class OffsetMap:
    """Target (the repaired text, in code points) ↔ source (bytes, or an earlier text).

    >>> crlf = OffsetMap([Run(2, 1, 1), Run(1, 1, 2), Run(2, 1, 1)])  # "ab\\r\\ncd"
    >>> crlf.source_span(Span(2, 4))
    Span(start=2, end=5)
    >>> crlf.target_span(Span(3, 4))
    Span(start=2, end=3)
    """

    __slots__ = ("_counts", "_source_starts", "_sources", "_target_starts", "_targets")

    def __init__(self, runs: Iterable[Run]) -> None:
        self._counts = array("q")
        self._targets = array("q")
        self._sources = array("q")
        self._target_starts = array("q", [0])
        self._source_starts = array("q", [0])
        for run in runs:
            self._append(run)

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls([Run(length, 1, 1)])

    @property
    def target_length(self) -> int:
        return self._target_starts[-1]

    @property
    def source_length(self) -> int:
        return self._source_starts[-1]

    @property
    def runs(self) -> Iterator[Run]:
        return (Run(*run) for run in zip(self._counts, self._targets, self._sources, strict=True))

    def source_span(self, span: Span) -> Span:
        """The source units behind the characters of `span`.

        What was removed at either edge is left out, what was removed between is in. An empty
        span, and one of inserted characters alone, give the empty place where they stand.
        """
        return _image(span, self._target_starts, self._targets, self._source_starts, self._sources)

    def target_span(self, span: Span) -> Span:
        """The characters that came from the source units of `span`, whole characters only.

        A part of a character's bytes gives that character; units that were removed give an empty
        span at the place where they stood.
        """
        return _image(span, self._source_starts, self._sources, self._target_starts, self._targets)

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """This map's target ↔ the source of `earlier`, whose target is this map's source.

        >>> bytes_of_é = OffsetMap([Run(1, 1, 2), Run(1, 1, 1)])  # "é\\0" in UTF-8
        >>> dropped = OffsetMap([Run(1, 1, 1), Run(1, 0, 1)])
        >>> list(dropped.after(bytes_of_é).runs)
        [Run(times=1, target=1, source=2), Run(times=1, target=0, source=1)]
        """
        if self.source_length != earlier.target_length:
            raise MapMismatch(f"{self.source_length} is not {earlier.target_length}.")
        return OffsetMap(_composed(_Tape(self.runs, side="source"), _Tape(earlier.runs)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and list(self.runs) == list(other.runs)

    __hash__ = None  # type: ignore[assignment]  # compared by content and large: not a key

    def _append(self, run: Run) -> None:
        if run.times <= 0 or run.target == run.source == 0:
            return
        if self._counts and (self._targets[-1], self._sources[-1]) == (run.target, run.source):
            self._counts[-1] += run.times
            self._target_starts[-1] += run.times * run.target
            self._source_starts[-1] += run.times * run.source
            return
        self._counts.append(run.times)
        self._targets.append(run.target)
        self._sources.append(run.source)
        self._target_starts.append(self.target_length + run.times * run.target)
        self._source_starts.append(self.source_length + run.times * run.source)


def _image(
    span: Span,
    from_starts: array[int],
    from_sizes: array[int],
    to_starts: array[int],
    to_sizes: array[int],
) -> Span:
    """The other side of `span`: from the start of its first atom to the end of its last."""
    length = from_starts[-1]
    if span.end > length:
        raise IndexError(f"[{span.start}, {span.end}) ends after {length}.")

    def atom(position: int) -> tuple[int, int]:
        # Runs of size 0 share their start with the run after them, so the last one has the atom.
        run = bisect_right(from_starts, position) - 1
        index = (position - from_starts[run]) // from_sizes[run]
        start = to_starts[run] + index * to_sizes[run]
        return start, start + to_sizes[run]

    if span:
        return Span(atom(span.start)[0], atom(span.end - 1)[1])
    place = atom(span.start)[0] if span.start < length else to_starts[-1]
    return Span(place, place)


class _Tape:
    """Runs read from the front, some atoms at a time; `middle` is the side that two maps share."""

    def __init__(self, runs: Iterator[Run], side: str = "target") -> None:
        self._runs = runs
        self._middle_is_source = side == "source"
        self.count = 0
        self.middle = 0
        self.outer = 0
        self.ended = False
        self.take(0)

    def take(self, count: int) -> None:
        self.count -= count
        while self.count <= 0 and not self.ended:
            run = next(self._runs, None)
            if run is None:
                self.ended = True
                return
            self.count = run.times
            self.middle = run.source if self._middle_is_source else run.target
            self.outer = run.target if self._middle_is_source else run.source


def _composed(later: _Tape, earlier: _Tape) -> Iterator[Run]:
    while not (later.ended and earlier.ended):
        if not earlier.ended and earlier.middle == 0:
            yield Run(earlier.count, 0, earlier.outer)
            earlier.take(earlier.count)
        elif not later.ended and later.middle == 0:
            yield Run(later.count, later.outer, 0)
            later.take(later.count)
        elif later.middle == earlier.middle:
            count = min(later.count, earlier.count)
            yield Run(count, later.outer, earlier.outer)
            later.take(count)
            earlier.take(count)
        else:
            yield _joint_atom(later, earlier)


def _joint_atom(later: _Tape, earlier: _Tape) -> Run:
    """The smallest piece that neither side divides."""
    target = source = 0
    ahead = 0  # how far `later` has gone in the middle beyond `earlier`
    while True:
        if ahead <= 0:
            ahead += later.middle
            target += later.outer
            later.take(1)
        else:
            ahead -= earlier.middle
            source += earlier.outer
            earlier.take(1)
        if ahead == 0:
            return Run(1, target, source)
