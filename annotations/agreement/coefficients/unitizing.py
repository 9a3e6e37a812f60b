"""Agreement on where something begins and ends: the uα family. Pure.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), "On the reliability of unitizing textual
continua", as restated in Krippendorff (2019), Content Analysis, 4th ed., section 12.6. Several
documents are one continuum, cut where they end: a gap weighs by its length however it is cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .figures import Figure, Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

Segment = tuple[int, int, str]
"""Start and end, half-open, in any one unit of length; and a label."""
MARKED = "marked"
GAP = 0
"""The row and column of stretches without a label."""


@dataclass(frozen=True, slots=True)
class Continuum:
    """A document of some length > 0, and what each coder who worked on it has marked there."""

    length: int
    coders: Mapping[str, Sequence[Segment]]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Observed and expected coincidences as lengths; row and column 0 are gaps, then `labels`.

    `valued` and `by_chance` are the same among labelled stretches only (equations 36 and 37).
    """

    labels: tuple[str, ...]
    observed: Counts
    expected: Counts
    valued: Counts
    by_chance: Counts


def lengths(continua: Iterable[Continuum]) -> Lengths | Undefined:
    """Coincidences of all documents that two coders or more have worked on.

    Observed, equation 32: Σ over pairs of coders of the lengths of intersections, / (m − 1).
    Expected, equation 33: a segment is not paired with itself, a gap not with its own characters.
    """
    shared = [one for one in continua if len(one.coders) >= 2]
    if not shared:
        return Undefined.NO_DOCUMENT_SHARED
    segments = [each for one in shared for own in one.coders.values() for each in own]
    if any(_overlapping(own) for one in shared for own in one.coders.values()):
        return Undefined.OVERLAPPING_SPANS
    labels = tuple(sorted({label for _, _, label in segments}))
    codes = {label: code for code, label in enumerate(labels, start=1)}
    return _summed(shared, labels, codes)


def unitized(found: Lengths) -> Figure:
    """uα: agreement on boundaries and labels at once (equation 34, nominal)."""
    return _alpha(found.observed, found.expected)


def unitized_apart(found: Lengths) -> Figure:
    """|uα: agreement on what is marked at all, whatever its label (equation 35)."""
    return _alpha(_marked_or_not(found.observed), _marked_or_not(found.expected))


def coded(found: Lengths) -> Figure:
    """cuα: agreement on labels where two coders have marked something (equation 37)."""
    return _alpha(found.valued, found.by_chance)


def coded_as(found: Lengths, label: str) -> Figure:
    """(k)uα: how reliably stretches marked by two coders are given this label (equation 38)."""
    if label not in found.labels:
        return Figure(None, Undefined.VALUE_NEVER_GIVEN)
    k = found.labels.index(label)
    observed, expected = found.valued[:, k].sum(), found.by_chance[:, k].sum()
    by_chance = expected - found.by_chance[k, k]
    if observed == 0:
        return Figure(None, Undefined.NO_PAIRABLE_UNITS)
    if by_chance == 0:
        return Figure(None, Undefined.NO_VARIATION)
    apart = observed - found.valued[k, k]
    return Figure(float(1 - expected / observed * apart / by_chance))


def as_one(one: Continuum, labels: Collection[str]) -> Continuum:
    """The same with one label for all of these, and what a coder laid on one another as one.

    Segments that only touch stay two.
    """
    kept = {
        coder: sorted((start, end) for start, end, label in own if label in labels)
        for coder, own in one.coders.items()
    }
    return Continuum(one.length, {coder: _laid(own) for coder, own in kept.items()})


def _laid(stretches: Sequence[tuple[int, int]]) -> list[Segment]:
    laid: list[Segment] = []
    for start, end in stretches:
        if laid and start < laid[-1][1]:
            start, end = laid[-1][0], max(end, laid.pop()[1])
        laid.append((start, end, MARKED))
    return laid


def _alpha(observed: Counts, expected: Counts) -> Figure:
    if observed.sum() == 0:
        return Figure(None, Undefined.NO_PAIRABLE_UNITS)
    by_chance = expected.sum() - expected.trace()
    if by_chance <= 0:
        return Figure(None, Undefined.NO_VARIATION)
    return Figure(float(1 - (observed.sum() - observed.trace()) / by_chance))


def _marked_or_not(matrix: Counts) -> Counts:
    import numpy as np

    crossing = matrix[GAP, 1:].sum()
    return np.array([[matrix[GAP, GAP], crossing], [crossing, matrix[1:, 1:].sum()]])


def _overlapping(segments: Sequence[Segment]) -> bool:
    ordered = sorted(segments)
    return any(b[0] < a[1] for a, b in zip(ordered, ordered[1:], strict=False))


def _summed(
    shared: Sequence[Continuum], labels: tuple[str, ...], codes: Mapping[str, int]
) -> Lengths:
    import numpy as np

    size = len(labels) + 1
    observed, valued = np.zeros((size, size)), np.zeros((size - 1, size - 1))
    itself, pairable = np.zeros(size), np.zeros(size - 1)
    for one in shared:
        cuts, painted = _painted(one, codes)
        steps = np.diff(cuts).astype(float)
        met = _met(painted, steps, size)
        observed += met
        valued += met[1:, 1:]
        itself[GAP] += float((steps * (painted == GAP)).sum())
        others = np.maximum((painted != GAP).sum(axis=0) - 1, 0) / (len(painted) - 1)
        reach = np.concatenate([[0.0], np.cumsum(steps * others)])
        for start, end, label in (each for own in one.coders.values() for each in own):
            itself[codes[label]] += (end - start) ** 2
            shown = reach[np.searchsorted(cuts, end)] - reach[np.searchsorted(cuts, start)]
            pairable[codes[label] - 1] += shown**2
    expected, by_chance = expected_by_chance(observed, itself), expected_by_chance(valued, pairable)
    return Lengths(labels, observed, expected, valued, by_chance)


def _painted(one: Continuum, codes: Mapping[str, int]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Where anything begins or ends, and each coder's code between these places."""
    import numpy as np

    ends = {0, one.length}
    ends.update(place for own in one.coders.values() for each in own for place in each[:2])
    cuts = np.array(sorted(ends))
    painted = np.full((len(one.coders), len(cuts) - 1), GAP)
    for row, own in enumerate(one.coders.values()):
        for start, end, label in own:
            painted[row, np.searchsorted(cuts, start) : np.searchsorted(cuts, end)] = codes[label]
    return cuts, painted


def _met(painted: NDArray[np.int_], steps: Counts, size: int) -> Counts:
    """Lengths over which one coder's code met another's, divided by m − 1."""
    import numpy as np

    given = np.zeros((painted.shape[1], size))
    for row in painted:
        given[np.arange(painted.shape[1]), row] += 1
    weighted = given * steps[:, None]
    met: Counts = (given.T @ weighted - np.diag(weighted.sum(axis=0))) / (len(painted) - 1)
    return met


def expected_by_chance(observed: Counts, itself: Counts) -> Counts:
    """Equation 33; `itself` is what may not be paired with itself, by row, summed over units."""
    import numpy as np

    totals = observed.sum(axis=0)
    free = totals.sum() ** 2 - itself.sum()
    if free <= 0:
        return np.zeros_like(observed)
    expected: Counts = totals.sum() * (np.outer(totals, totals) - np.diag(itself)) / free
    return expected
