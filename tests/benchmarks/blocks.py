"""Two things measured in turn, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

BLOCKS = 5
WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds: medians over the blocks of each block's percentile."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Found:
    """Milliseconds as in Beside; `ratio` is the median over the blocks of p50 / p50 beside."""

    p50: float
    p95: float
    ratio: float
    beside: Beside


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, times: int = 100
) -> Found:
    """BLOCKS blocks, each of `times` runs of ours and then of theirs, after a warm-up of both."""
    timed(ours, WARM_UP)
    timed(theirs, WARM_UP)
    blocks = [(timed(ours, times), timed(theirs, times)) for _ in range(BLOCKS)]
    return Found(
        p50=statistics.median(percentile(mine, 50) for mine, _ in blocks),
        p95=statistics.median(percentile(mine, 95) for mine, _ in blocks),
        ratio=statistics.median(percentile(mine, 50) / percentile(his, 50) for mine, his in blocks),
        beside=Beside(
            p50=statistics.median(percentile(his, 50) for _, his in blocks),
            p95=statistics.median(percentile(his, 95) for _, his in blocks),
        ),
    )


def timed(run: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each run, shortest first."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - begin))
    return sorted(found)


def percentile(ordered: list[float], share: int) -> float:
    """
    >>> percentile([1.0, 2.0, 3.0, 4.0], 50), percentile([1.0], 95)
    (3.0, 1.0)
    """
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
