"""What dies is started again, with a pause that grows while it keeps dying."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from workbench.supervisor.keeping import Keeper
from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.terminal import say


@dataclass
class Fragile:
    """Dies at once after each of its starts."""

    starts: list[float] = field(default_factory=list)
    now: float = 0.0
    alive: bool = False

    def code(self) -> int | None:
        return None if self.alive else -9

    def start(self) -> None:
        self.starts.append(self.now)


def watch(program: Fragile, keeper: Keeper, *, until: float) -> None:
    while program.now < until:
        keeper.look(now=program.now)
        program.now += 0.25


def test_the_pause_grows_while_it_keeps_dying() -> None:
    program = Fragile()
    watch(program, Keeper("The worker", code=program.code, start=program.start), until=20)

    pauses = [late - early for early, late in zip(program.starts, program.starts[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]


def test_after_a_long_life_it_is_started_again_at_once() -> None:
    program = Fragile()
    keeper = Keeper("The worker", code=program.code, start=program.start)
    watch(program, keeper, until=20)
    program.alive = True
    watch(program, keeper, until=120)
    program.alive = False
    died = program.now
    watch(program, keeper, until=died + 2)

    assert next(start for start in program.starts if start > died) - died <= 1


def test_a_start_that_is_refused_is_said_and_tried_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    program = Fragile()

    def refuse() -> None:
        program.start()
        raise CannotStart("The disk that holds var is full.")

    watch(program, Keeper("PostgreSQL", code=program.code, start=refuse), until=5)

    assert len(program.starts) > 1
    assert "PostgreSQL did not start: The disk that holds var is full." in capsys.readouterr().out


def test_a_death_is_said_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    program = Fragile()
    Keeper("The worker", code=program.code, start=program.start).look(now=0)

    assert "The worker ended (killed by SIGKILL)" in capsys.readouterr().out


def test_a_full_disk_under_the_log_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    went_on = False
    with suppress(OSError), Path("/dev/full").open("w") as full:  # which says so when it is closed
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", full)
            say("PostgreSQL ended; starting it again.")
            say("PostgreSQL is started again.")
        went_on = True
    assert went_on
