"""Starts a program again when it dies, with a growing pause."""

from __future__ import annotations

from collections.abc import Callable

from workbench.supervisor.processes import Child, Program, ended_how
from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.renewing import started
from workbench.supervisor.terminal import say

_LONGEST = 30.0
_STABLE = 60.0


def pause(failures: int) -> float:
    """Seconds before the next start, after so many deaths in a row.

    >>> [pause(n) for n in (1, 2, 3, 4, 20)]
    [0.5, 1.0, 2.0, 4.0, 30.0]
    """
    return min(_LONGEST, 0.5 * 2.0 ** min(failures - 1, 10))


class Keeper:
    """Watches one program: `code` says whether it lives, `start` starts it."""

    def __init__(
        self, name: str, *, code: Callable[[], int | None], start: Callable[[], None]
    ) -> None:
        self.name = name
        self._code = code
        self._start = start
        self._failures = 0
        self._started_at = 0.0
        self._start_at: float | None = None

    def look(self, *, now: float) -> None:
        """To be called a few times a second; `now` in seconds of a clock that only goes forward."""
        if self._start_at is not None:
            if now >= self._start_at:
                self._start_again(now)
            return
        code = self._code()
        if code is not None:
            self._plan(f"{self.name} ended ({ended_how(code)})", now=now)

    def _plan(self, what: str, *, now: float) -> None:
        stable = now - self._started_at > _STABLE
        self._failures = 1 if stable else self._failures + 1
        wait = pause(self._failures)
        self._start_at = now + wait
        say(f"{what}; starting it again in {wait:g} s.")

    def _start_again(self, now: float) -> None:
        self._start_at = None
        self._started_at = now
        try:
            self._start()
        except (CannotStart, OSError) as error:
            self._plan(f"{self.name} did not start: {error}", now=now)
        else:
            say(f"{self.name} is started again.")


class Kept:
    """A program and its latest child, with those that leave for a newer one."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._child: Child | None = None
        self._leaving: list[tuple[Child, float]] = []

    def start(self) -> None:
        if self.code() is not None:  # else it was renewed while its next start was waited for
            self._child = Child(self.program)

    def code(self) -> int | None:
        return self._child.code if self._child else 0

    def renew(self, *, now: float) -> None:
        """The older child goes once the newer does its work, and stays where that does not start."""
        newer = started(self.program)
        older, self._child = self._child, newer
        if older:
            older.ask_to_stop()
            self._leaving.append((older, now + self.program.grace))

    def see_off(self, *, now: float) -> None:
        """Those that leave are gone, or have had their time."""
        for child, until in [*self._leaving]:
            if child.code is not None or now > until:
                child.end()
                self._leaving.remove((child, until))

    def ask_to_stop(self) -> None:
        if self._child:
            self._child.ask_to_stop()

    def wait_stopped(self, *, hurried: Callable[[], bool]) -> None:
        for child in [*(each for each, _until in self._leaving), self._child]:
            if child:
                child.wait_stopped(hurried=hurried)
