"""The coefficients once more, by their definitions and nothing else: what the arrays must equal.

A unit is the list of the values that coders gave it; pairs are counted one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import permutations

Value = Hashable
Units = Sequence[Sequence[Value]]


def unlike(a: Value, b: Value) -> float:
    return float(a != b)


def masi(a: Value, b: Value) -> float:
    """1 − J·M (Passonneau 2006); two empty sets agree."""
    assert isinstance(a, frozenset)
    assert isinstance(b, frozenset)
    if a == b:
        return 0.0
    monotony = 2 / 3 if a < b or b < a else 1 / 3 if a & b else 0.0
    return 1 - len(a & b) / len(a | b) * monotony


def alpha(units: Units, distance: Callable[[Value, Value], float] = unlike) -> float | None:
    """1 − D_o / D_e (Krippendorff 2004, chapter 11); None where nothing varies or is paired."""
    paired = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in paired for value in unit]
    if len(values) < 2:
        return None
    observed = sum(
        distance(a, b) / (len(unit) - 1) for unit in paired for a, b in permutations(unit, 2)
    ) / len(values)
    expected = sum(distance(a, b) for a, b in permutations(values, 2))
    expected /= len(values) * (len(values) - 1)
    return 1 - observed / expected if expected else None


def percent(units: Units) -> float | None:
    """Of the pairs of values of each unit, those that are alike, units weighed by their values."""
    paired = [unit for unit in units if len(unit) >= 2]
    n = sum(len(unit) for unit in paired)
    alike = sum(
        float(a == b) / (len(unit) - 1) for unit in paired for a, b in permutations(unit, 2)
    )
    return alike / n if n else None


def positive(units: Units) -> float | None:
    """Where one coder of a pair says yes, how often the other does too."""
    paired = [unit for unit in units if len(unit) >= 2]
    said = sum(1.0 for unit in paired for value in unit if value)
    both = sum(
        float(bool(a and b)) / (len(unit) - 1) for unit in paired for a, b in permutations(unit, 2)
    )
    return both / said if said else None
