"""Distances between values, as the coefficients weigh disagreement by them. Pure.

A metric gives δ² as a matrix over the categories of a coincidence table, from the categories in
their order and how often each was given (Krippendorff 2011, "Computing Krippendorff's
alpha-reliability", part D).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]
    Values = NDArray[np.int_]
    Metric = Callable[[Values, Counts], Counts]

Set = frozenset[str]


def nominal(categories: Values, totals: Counts) -> Counts:
    """δ² of nominal data: 0 on the diagonal, 1 off it."""
    import numpy as np

    return 1.0 - np.eye(len(categories))


def ordinal(categories: Values, totals: Counts) -> Counts:
    """δ² of ranks: (Σ_{g=c}^{k} n_g − (n_c + n_k) / 2)², categories ascending."""
    import numpy as np

    midst = np.cumsum(totals) - totals / 2
    squares: Counts = np.subtract.outer(midst, midst) ** 2
    return squares


def interval(numbers: Counts) -> Metric:
    """δ² = (c − k)²; `numbers[category]` is what a category stands for."""

    def squared(categories: Values, totals: Counts) -> Counts:
        import numpy as np

        said = numbers[categories]
        squares: Counts = np.subtract.outer(said, said) ** 2
        return squares

    return squared


def ratio(numbers: Counts) -> Metric:
    """δ² = ((c − k) / (c + k))², 0 between zeros; `numbers[category]` ≥ 0, else ValueError."""
    import numpy as np

    if (numbers < 0).any():
        raise ValueError("A ratio scale has no values below 0.")

    def relative(categories: Values, totals: Counts) -> Counts:
        said = numbers[categories]
        sums = np.add.outer(said, said)
        differences = np.subtract.outer(said, said)
        shares: Counts = np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0)
        squares: Counts = shares**2
        return squares

    return relative


def between_sets(sets: Sequence[Set], distance: Callable[[Set, Set], float]) -> Metric:
    """Distances of set values, taken as they are; `sets[category]` is what a category stands for."""

    def distances(categories: Values, totals: Counts) -> Counts:
        import numpy as np

        said = [sets[category] for category in categories]
        return np.array([[distance(a, b) for b in said] for a in said], dtype=float)

    return distances


def masi_between(held: Counts) -> Metric:
    """`between_sets(…, masi)` for many sets at once; `held` is sets × members of 0 and 1."""
    import numpy as np

    def distances(categories: Values, totals: Counts) -> Counts:
        rows = held[categories]
        common, sizes = rows @ rows.T, rows.sum(axis=1)
        union = sizes[:, None] + sizes[None, :] - common
        smaller = np.minimum.outer(sizes, sizes)
        monotonic = np.where(common == smaller, 2 / 3, 1 / 3)
        monotonic[common == union] = 1.0
        shared = np.divide(common, union, out=np.ones_like(union), where=union > 0)
        apart: Counts = 1 - shared * monotonic
        return apart

    return distances


def jaccard(a: Set, b: Set) -> float:
    """1 − |A ∩ B| / |A ∪ B| (Jaccard 1901); two empty sets are the same.

    >>> jaccard(frozenset("xy"), frozenset("y")), jaccard(frozenset(), frozenset())
    (0.5, 0.0)
    """
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi(a: Set, b: Set) -> float:
    """1 − J · M (Passonneau 2006, "Measuring agreement on set-valued items").

    J is the Jaccard index; M is 1 for equal sets, ⅔ where one holds the other, ⅓ where they
    overlap otherwise, 0 where they share nothing. Two empty sets are equal.

    >>> round(masi(frozenset("xy"), frozenset("y")), 3), masi(frozenset(), frozenset("y"))
    (0.667, 1.0)
    """
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    monotonicity = 2 / 3 if a < b or b < a else 1 / 3
    return 1 - (1 - jaccard(a, b)) * monotonicity
