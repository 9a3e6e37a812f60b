"""Two sequences: what they have in common in the same order, heaviest first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """Places in both sequences that hold the same."""

    first: int
    second: int


def heaviest_common(
    first: Sequence[str], second: Sequence[str], weights: Mapping[str, float]
) -> list[Match]:
    """The common subsequence of the greatest total weight, in order.

    Longest common subsequence by dynamic programming (Wagner and Fischer 1974), one row at a time:
    O(len(first) · len(second)) time and memory.

    >>> heaviest_common("abcd", "bdca", {"a": 1, "b": 1, "c": 1, "d": 2})
    [Match(first=1, second=0), Match(first=3, second=1)]
    """
    import numpy as np

    if not first or not second:
        return []
    numbers = {key: number for number, key in enumerate(dict.fromkeys((*first, *second)))}
    across = np.array([numbers[key] for key in second])
    best = np.zeros((len(first) + 1, len(second) + 1), dtype=np.float32)
    for row, key in enumerate(first):
        taken = best[row, :-1] + weights.get(key, 0.0) * (across == numbers[key])
        np.maximum.accumulate(np.maximum(best[row, 1:], taken), out=best[row + 1, 1:])
    return _traced(first, second, best.tolist())


def _traced(first: Sequence[str], second: Sequence[str], best: list[list[float]]) -> list[Match]:
    found: list[Match] = []
    row, column = len(first), len(second)
    while row and column:
        if best[row][column] == best[row - 1][column]:
            row -= 1
        elif best[row][column] == best[row][column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            found.append(Match(row, column))
    return found[::-1]
