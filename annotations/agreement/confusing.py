"""What coders confuse with what, and which themes cost the most agreement. Pure.

Over pairs of coders who judged one passage: what both gave is no confusion. Of the rest, each value
that only one gave meets each that only the other gave; where one of them gave nothing further, it
meets NOTHING, the last row and column. So every pair with a difference stands in the table, and
where each gave one value at most it is the table of Cohen (1960). The row for nothing follows the
multi-label confusion matrix of Heydarian, Doyle & Samavi (2022, IEEE Access 10), which takes one
side for the truth; between coders neither is, so the table here is symmetric.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from . import judging
from .coefficients.coincidences import Coincidences, alpha, coinciding
from .coefficients.figures import MISSING, Coefficient
from .coefficients.metrics import masi_between
from .coefficients.patterns import patterns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Counts = NDArray[np.float64]

NOTHING = ""
"""The name of giving nothing that the other coder did not give."""
Set = frozenset[int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Confusions:
    """`times[x][y]` = `times[y][x]`: pairs of coders of whom one gave `names[x]`, one `names[y]`.

    On the diagonal both gave it. The last name is NOTHING; with itself: neither gave anything.
    """

    names: tuple[str, ...]
    times: tuple[tuple[int, ...], ...]

    def of(self, name: str) -> dict[str, int]:
        """What a value was confused with, most often first."""
        row = dict(zip(self.names, self.times[self.names.index(name)], strict=True))
        others = {other: times for other, times in row.items() if times and other != name}
        return dict(sorted(others.items(), key=lambda item: -item[1]))

    @property
    def most(self) -> int:
        """The largest number off the diagonal."""
        return max(
            (times for x, row in enumerate(self.times) for y, times in enumerate(row) if x != y),
            default=0,
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """What a theme costs. `share` is its part of the observed disagreement D_o of all themes;
    `without` is α of all themes at once were this one not asked for; `coders` are the pairs by
    how many passages of those that both judged they differ on: (pair, differing, judged).
    """

    theme: str
    share: float
    without: Coefficient
    partners: Mapping[str, int]
    coders: tuple[tuple[Pair, int, int], ...]


def confusions(codes: Integers, sets: Sequence[Set], names: Sequence[str]) -> Confusions:
    """Of units × coders of codes into sets of numbers into `names`, MISSING where none judged."""
    size = len(names) + 1
    times = [[0] * size for _ in range(size)]
    for (a, b), n in _met(codes, len(sets)).items():
        for x, y in confused(sets[a], sets[b], nothing=size - 1):
            times[x][y] += n
            if x != y:
                times[y][x] += n
    return Confusions((*names, NOTHING), tuple(map(tuple, times)))


def confused(a: Set, b: Set, *, nothing: int) -> list[tuple[int, int]]:
    """The cells that two coders' values of one passage stand in.

    >>> confused(frozenset({0, 1}), frozenset({1, 2}), nothing=9)
    [(1, 1), (0, 2)]
    >>> confused(frozenset({0}), frozenset(), nothing=9)
    [(0, 9)]
    """
    if not a | b:
        return [(nothing, nothing)]
    both = [(x, x) for x in sorted(a & b)]
    if a == b:
        return both
    return both + list(product(sorted(a - b) or [nothing], sorted(b - a) or [nothing]))


def _met(codes: Integers, n_sets: int) -> dict[tuple[int, int], int]:
    """How often a coder's set met another's on one unit, by their codes."""
    import numpy as np

    seats = judging.seated(codes).astype(np.int64)
    found: dict[tuple[int, int], int] = {}
    for a, b in combinations(range(seats.shape[1]), 2):
        both = (seats[:, a] != MISSING) & (seats[:, b] != MISSING)
        keys, times = np.unique(seats[both, a] * n_sets + seats[both, b], return_counts=True)
        for key, n in zip(keys.tolist(), times.tolist(), strict=True):
            met = divmod(key, n_sets)
            found[met] = found.get(met, 0) + n
    return found


def lost(
    table: Coincidences,
    sets: Sequence[Set],
    themes: Mapping[int, str],
    found: Confusions,
    pairs: Mapping[str, Mapping[Pair, Coefficient]],
) -> tuple[Lost, ...]:
    """Themes by what they cost, the dearest first; `table` is of the sets that passages were given.

    `pairs[theme]` is the percent agreement of each pair of coders on the theme.
    """
    given = _given(table, sets, themes)
    apart = [float(2 * (row @ table.observed @ (1 - row))) for row in given]
    total = sum(apart)
    costs = [
        Lost(
            theme=name,
            share=apart[n] / total if total else 0.0,
            without=_without(table, given, n),
            partners=found.of(name),
            coders=_differing(pairs.get(name, {})),
        )
        for n, name in enumerate(themes.values())
    ]
    return tuple(sorted(costs, key=lambda each: -each.share))


def _given(table: Coincidences, sets: Sequence[Set], themes: Mapping[int, str]) -> Counts:
    """Themes × categories of the table: 1 where the category holds the theme."""
    import numpy as np

    said = [sets[category] for category in table.categories]
    return np.array([[float(n in one) for one in said] for n in themes]).reshape(
        len(themes), len(said)
    )


def _without(table: Coincidences, given: Counts, theme: int) -> Coefficient:
    """α with MASI of the same judgements, one theme struck from every set."""
    import numpy as np

    kept = np.delete(given, theme, axis=0)
    rows, place = np.unique(kept.T, axis=0, return_inverse=True)
    into = np.eye(len(rows))[place.reshape(-1)]
    fewer = replace(
        table,
        categories=np.arange(len(rows)),
        observed=into.T @ table.observed @ into,
    )
    return alpha(fewer, metric=masi_between(rows))


def _differing(pairs: Mapping[Pair, Coefficient]) -> tuple[tuple[Pair, int, int], ...]:
    told = [
        (pair, round(each.n_pairable * (1 - each.value)), each.n_pairable)
        for pair, each in pairs.items()
        if each.value is not None
    ]
    return tuple(sorted(told, key=lambda each: -each[1]))


def by_pairs(
    codes: Integers, sets: Sequence[Set], n_themes: int, coders: Sequence[str]
) -> dict[Pair, Coefficient]:
    """α with MASI of each two coders who judged a passage in common."""
    import numpy as np

    metric = masi_between(memberships(sets, n_themes))
    found = {}
    for a, b in combinations(range(len(coders)), 2):
        both = (codes[:, [a, b]] != MISSING).all(axis=1)
        if both.any():
            table = replace(coinciding(patterns(codes[np.ix_(both, [a, b])])), n_coders=2)
            found[coders[a], coders[b]] = alpha(table, metric=metric)
    return found


def memberships(sets: Sequence[Set], size: int) -> Counts:
    """Sets × numbers below `size`: 1 where a set holds the number."""
    import numpy as np

    table = np.zeros((len(sets), size))
    for row, one in enumerate(sets):
        table[row, sorted(one)] = 1
    return table
