"""Units that look alike are counted, not kept: everything else follows from the counts. Pure.

Coders give few values, so millions of units show only some dozens of rows. Counted once, by group
(story, language, round), they give the coincidences of all coders, of any pair, of any group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .figures import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Counts = NDArray[np.float64]

FEW = 2**16
"""As many different rows are counted in a table; more are sorted."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """`counts[g, p]`: how many units of group g look like `rows[p]`, a value for each coder.

    `rows` is patterns × coders of ints, MISSING where a coder did not judge.
    """

    rows: Integers
    counts: Integers

    @property
    def n_units(self) -> int:
        """Units with at least one judgement."""
        return int(self.counts[:, (self.rows != MISSING).any(axis=1)].sum())

    def pooled(self) -> Patterns:
        """All groups as one."""
        return Patterns(self.rows, self.counts.sum(axis=0, keepdims=True))

    def of(self, groups: Sequence[int] | NDArray[np.bool_]) -> Patterns:
        """Some of the groups."""
        return Patterns(self.rows, self.counts[groups])

    def by(self, labels: Integers, size: int) -> Patterns:
        """Groups of groups: group g becomes part of group `labels[g]` < `size`."""
        import numpy as np

        counts = np.zeros((size, self.counts.shape[1]), dtype=np.int64)
        np.add.at(counts, labels, self.counts)
        return Patterns(self.rows, counts)

    def pair(self, first: int, second: int) -> Patterns:
        """What two of the coders judged, by their columns."""
        return Patterns(self.rows[:, [first, second]], self.counts)


def patterns(values: Integers, groups: Integers | None = None, n_groups: int = 1) -> Patterns:
    """Counts the rows of units × coders, values ≥ 0 or MISSING; `groups[unit]` < `n_groups`."""
    import numpy as np

    rows, seen = _different(values)
    if groups is not None:
        seen = groups.astype(np.int64) * len(rows) + seen
    counts = np.bincount(seen, minlength=n_groups * len(rows)).reshape(n_groups, len(rows))
    present = counts.any(axis=0)
    return Patterns(rows[present], counts[:, present])


def _different(values: Integers) -> tuple[Integers, Integers]:
    """The rows that there may be, and which of them each unit is."""
    import numpy as np

    base, coders = int(values.max(initial=0)) + 2, values.shape[1]
    n_keys = base**coders
    if n_keys <= FEW:
        return _rows(np.arange(n_keys), base, coders), _keys(values, base)
    if n_keys <= 2**62:
        keys, seen = np.unique(_keys(values, base), return_inverse=True)
        return _rows(keys, base, coders), seen
    rows, seen = np.unique(values, axis=0, return_inverse=True)
    return rows, seen


def _keys(values: Integers, base: int) -> Integers:
    """Each row as one number, the first coder's value counting most."""
    import numpy as np

    kinds = (np.uint8, np.uint16, np.uint32, np.uint64)
    kind = next(each for each in kinds if base ** values.shape[1] <= np.iinfo(each).max)
    keys: Integers = np.zeros(len(values), dtype=kind)
    for column in range(values.shape[1]):
        np.multiply(keys, kind(base), out=keys)
        np.add(keys, (values[:, column] + 1).astype(kind), out=keys)
    return keys


def _rows(keys: Integers, base: int, coders: int) -> Integers:
    import numpy as np

    places = np.array([base ** (coders - 1 - column) for column in range(coders)], dtype=np.int64)
    rows: Integers = keys.astype(np.int64)[:, None] // places % base - 1
    return rows
