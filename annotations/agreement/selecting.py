"""Which passages stand behind a figure: those it counts, the ones that differ first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from . import judging
from .coefficients.figures import MISSING
from .confusing import confused
from .judging import Codings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Flags = NDArray[np.bool_]

Set = frozenset[int]
Aspect = Literal["theme", "stance", "voice"]
Meets = Callable[[Set, Set], bool]
NO_VALUE = 62
"""The number of giving nothing more, beyond every number of a value."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure is about, as numbers into the lists of `Codings`.

    `family` is a theme with all under it, None for all themes at once. `value` and `other` are what
    was confused: themes without a family, stances (or voices) with one; NO_VALUE for nothing.
    """

    family: tuple[int, ...] | None = None
    aspect: Aspect = "theme"
    value: int | None = None
    other: int | None = None
    pair: tuple[int, int] | None = None
    language: int | None = None
    titles: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Units of `Codings`, the differing ones first, then in the order of texts."""

    units: Integers
    differing: int


def behind(codings: Codings, cell: Cell, roots: Sequence[int], *, visible: Flags) -> Found:
    """`roots[theme]` is what a sub-theme counts as; `visible[text]` is whether it may be shown."""
    import numpy as np

    codes, sets = _values(codings, cell, roots)
    if cell.pair is not None:
        codes = codes[:, list(cell.pair)]
    units = codings.units
    kept = (units.title == cell.titles) & visible[units.text]
    if cell.language is not None:
        kept &= units.language == cell.language
    meets, differs = _meanings(cell)
    shown = kept & _some_pair(codes, sets, meets)
    apart = shown & _some_pair(codes, sets, lambda a, b: meets(a, b) and differs(a, b))
    return Found(
        np.concatenate([np.flatnonzero(apart), np.flatnonzero(shown & ~apart)]),
        int(apart.sum()),
    )


def _values(codings: Codings, cell: Cell, roots: Sequence[int]) -> tuple[Integers, list[Set]]:
    """What each coder said of each unit, as far as the cell asks."""
    if cell.family is None:
        return judging.theme_sets(codings, roots)
    if cell.aspect == "stance":
        return judging.stance_sets(codings, codings.of_themes(cell.family))
    if cell.aspect == "voice":
        return judging.holder_sets(codings, codings.of_themes(cell.family))
    return judging.presence(codings, cell.family), [frozenset(), frozenset({0})]


def _meanings(cell: Cell) -> tuple[Meets, Meets]:
    """Whether what two coders said belongs to the cell, and whether they differ in that."""
    if cell.value is None:
        return (lambda a, b: bool(a | b)), (lambda a, b: a != b)
    other = cell.value if cell.other is None else cell.other
    x, y = cell.value, other

    def meets(a: Set, b: Set) -> bool:
        return {(x, y), (y, x)} & set(confused(a, b, nothing=NO_VALUE)) != set()

    return meets, lambda a, b: x != y


def _some_pair(codes: Integers, sets: Sequence[Set], holds: Meets) -> Flags:
    """Units of which two coders said what `holds`."""
    import numpy as np

    found = np.zeros(len(codes), dtype=bool)
    seats = judging.seated(codes).astype(np.int64)
    for a, b in combinations(range(seats.shape[1]), 2):
        rows = np.flatnonzero((seats[:, a] != MISSING) & (seats[:, b] != MISSING))
        keys, at = np.unique(seats[rows, a] * len(sets) + seats[rows, b], return_inverse=True)
        says = [holds(sets[key // len(sets)], sets[key % len(sets)]) for key in keys.tolist()]
        found[rows[np.array(says, dtype=bool)[at]]] = True
    return found
