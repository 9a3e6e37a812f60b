"""Spans of two coders that are the same span, in all texts at once. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .coefficients.overlap import ENOUGH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Counts = NDArray[np.float64]


def matched_exactly(
    text: Integers, coder: Integers, start: Integers, end: Integers
) -> tuple[Integers, Counts]:
    """Texts, and how many pairs of spans there have the same beginning and end, over all pairs of
    coders; equal spans of one coder pair off one to one. Entries are spans on one line.
    """
    import numpy as np

    rows = np.column_stack([text, start, end, coder])
    own, times = np.unique(rows, axis=0, return_counts=True)
    order = np.lexsort((-times, own[:, 2], own[:, 1]))
    own, times = own[order], times[order]
    # A coder of rank r among those who have the span, by how often, pairs off with r others.
    begins = np.append(True, (own[1:, :3] != own[:-1, :3]).any(axis=1)) if len(own) else times
    first = np.flatnonzero(begins)
    rank = np.arange(len(own)) - np.repeat(first, np.diff(np.append(first, len(own))))
    return own[:, 0], (rank * times).astype(float)


def matched_by_overlap(
    text: Integers, coder: Integers, start: Integers, end: Integers, *, enough: float = ENOUGH
) -> Integers:
    """The text of each pair of spans of two coders with IoU ≥ `enough` > 0, one to one for each
    pair of coders, as many as can be. Entries are spans on one line.
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    order = np.lexsort((coder, end, start))
    text, coder, start, end = text[order], coder[order], start[order], end[order]
    a, b = _meeting(start, end)
    swapped = coder[a] > coder[b]
    a, b = np.where(swapped, b, a), np.where(swapped, a, b)
    common = np.minimum(end[a], end[b]) - np.maximum(start[a], start[b])
    union = np.maximum(end[a], end[b]) - np.minimum(start[a], start[b])
    fits = (coder[a] != coder[b]) & (common >= enough * union)
    a, b = a[fits], b[fits]
    if not len(a):
        return text[:0]
    # A span is a node for each coder that it is compared with, so that pairs of coders stay apart.
    many = int(coder.max()) + 1
    left, row = np.unique(a * many + coder[b], return_inverse=True)
    right, column = np.unique(b * many + coder[a], return_inverse=True)
    graph = csr_array((np.ones(len(row)), (row, column)), shape=(len(left), len(right)))
    paired = maximum_bipartite_matching(graph, perm_type="column")
    found: Integers = text[left[paired >= 0] // many]
    return found


def _meeting(start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """Every two spans that share a character, by their places; spans come by their start."""
    import numpy as np

    last = np.searchsorted(start, end, side="left")
    times = np.maximum(last - np.arange(len(start)) - 1, 0)
    a = np.repeat(np.arange(len(start)), times)
    within = np.arange(len(a)) - np.repeat(np.cumsum(times) - times, times)
    return a, a + 1 + within
