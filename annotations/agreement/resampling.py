"""How far a figure would move had other stories been drawn: percentile bootstrap by group. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

SAMPLES, LEVEL = 1_000, 0.95
FEW = 20
"""Groups under which an interval is shown with a warning."""
TINY = 1e-9
AT_ONCE = 2**22
"""Numbers held at a time, so that memory does not grow with the number of groups."""


@dataclass(frozen=True, slots=True)
class Interval:
    """`[low, high]` holds the middle `LEVEL` of the samples in which the figure is defined.

    `groups` were drawn with replacement, each as often as there are groups; `defined` of
    `samples` gave a figure. Below `FEW` groups it says little, which `few` says.
    """

    low: float
    high: float
    groups: int
    samples: int
    defined: int

    @property
    def few(self) -> bool:
        return self.groups < FEW


def alpha_interval(
    parts: Counts, distances: Counts, *, seed: int, samples: int = SAMPLES
) -> Interval | None:
    """The bootstrap of α by clusters (Efron & Tibshirani 1993, chapter 13).

    `parts` is groups × categories², what each group adds to the coincidence table; `distances` is
    δ² of the categories, which must not depend on how often they were given. The same seed draws
    the same groups for every figure. None with fewer than two groups, or where no sample has an α.
    """
    import numpy as np

    groups = len(parts)
    if groups < 2:
        return None
    disagreeing = parts @ distances.ravel()
    totals = parts.reshape(groups, *distances.shape).sum(axis=2)
    drawn = sums(np.column_stack([disagreeing, totals]), seed=seed, samples=samples)
    return middle(_alphas(drawn, distances), groups)


def middle(figures: Counts, groups: int) -> Interval | None:
    """What holds the middle of the figures of all samples, NaN where one is undefined."""
    import numpy as np

    defined = figures[~np.isnan(figures)]
    if not len(defined):
        return None
    outside = (1 - LEVEL) / 2
    low, high = np.quantile(defined, [outside, 1 - outside])
    return Interval(float(low), float(high), groups, len(figures), len(defined))


def _alphas(sums: Counts, distances: Counts) -> Counts:
    """α of each sample, NaN without variation; from its disagreement and totals."""
    import numpy as np

    disagreeing, totals = sums[:, 0], sums[:, 1:]
    expected = ((totals @ distances) * totals).sum(axis=1)
    n = totals.sum(axis=1)
    shares = np.full(len(sums), np.nan)
    np.divide((n - 1) * disagreeing, expected, out=shares, where=expected > TINY)
    return 1 - shares


def sums(added: Counts, *, seed: int, samples: int) -> Counts:
    """What the drawn groups add up to, samples × numbers."""
    import numpy as np

    times = _drawn(len(added), seed, samples)
    step = max(1, AT_ONCE // len(added))
    return np.concatenate(
        [times[at : at + step].astype(float) @ added for at in range(0, samples, step)]
    )


@lru_cache(maxsize=2)
def _drawn(groups: int, seed: int, samples: int) -> NDArray[np.uint16]:
    """How often each group is drawn in each sample, samples × groups."""
    import numpy as np

    chance = np.random.default_rng(seed)
    times = np.empty((samples, groups), dtype=np.uint16)
    for row in times:
        row[:] = np.bincount(chance.integers(0, groups, size=groups), minlength=groups)
    return times
