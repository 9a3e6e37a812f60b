"""Whether the clock of this machine was set while we ran, or the machine slept."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST = 30.0
"""Seconds that it may gain or lose between two looks; what keeps it right moves it by far less."""


class WallClock:
    """Compared with one that goes on evenly; both in seconds."""

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._ahead = wall() - steady()

    def was_set(self) -> bool:
        """Since this was asked last.

        >>> wall, steady = [100.0], [5.0]
        >>> clock = WallClock(wall=lambda: wall[0], steady=lambda: steady[0])
        >>> wall[0], steady[0] = 160.0, 65.0
        >>> clock.was_set()
        False
        >>> wall[0] -= 86400
        >>> clock.was_set(), clock.was_set()
        (True, False)
        """
        before, self._ahead = self._ahead, self._wall() - self._steady()
        return abs(self._ahead - before) > MOST
