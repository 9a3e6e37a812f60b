"""The interval of an α from its table, by the stories that may be drawn. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .coefficients.coincidences import Coincidences, alpha, parts
from .coefficients.patterns import Patterns
from .resampling import Interval, alpha_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .coefficients.metrics import Metric

    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chance:
    """How intervals are drawn, and from which stories: those that two coders have judged."""

    seed: int
    samples: int
    stories: Flags


def interval_of(
    counted: Patterns, table: Coincidences, metric: Metric, chance: Chance
) -> Interval | None:
    """None where α is undefined. `counted` is by story, `table` all of it; the metric's distances
    must not depend on how often values were given.
    """
    if alpha(table, metric=metric).value is None:
        return None
    distances = metric(table.categories, table.totals)
    added = parts(counted)[chance.stories]
    return alpha_interval(added, distances, seed=chance.seed, samples=chance.samples)
