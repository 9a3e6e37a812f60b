"""Processor time of other processes, which says much the same on a busy machine."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Found = Callable[[], Iterable[int]]
_TICK = 1000 / os.sysconf("SC_CLK_TCK")


def processor_ms(pid: int) -> float:
    """Of all its threads, those that ended too."""
    said = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return _TICK * (int(said[11]) + int(said[12]))


class Spending(threading.Thread):
    """What groups of processes spend; who belongs to a group is asked again every second."""

    def __init__(self, groups: Mapping[str, Found]) -> None:
        super().__init__(daemon=True)
        self._groups = groups
        self._spent: dict[str, dict[int, float]] = {name: {} for name in groups}
        self._over = threading.Event()
        self._look()
        self._before = {name: sum(each.values()) for name, each in self._spent.items()}
        self.start()

    def run(self) -> None:
        while not self._over.wait(1.0):
            self._look()

    def so_far(self) -> dict[str, float]:
        """Milliseconds by group since the beginning."""
        self._look()
        return {name: sum(each.values()) - self._before[name] for name, each in self._spent.items()}

    def end(self) -> None:
        self._over.set()
        self.join()

    def _look(self) -> None:
        for name, found in self._groups.items():
            for pid in found():
                # Whoever is gone keeps what was last seen.
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    self._spent[name][pid] = processor_ms(pid)
