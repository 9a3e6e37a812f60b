"""The clock of running workers is set back by a day: their schedules go on at once, not tomorrow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import Cast
from tests.databases import address
from tests.faults.test_database_away import until
from tests.packages import needed
from tests.servers import ROOT, Server

SCHEDULED = (
    "SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE task_name = 'upkeep.retry_stalled'"
    " AND status = 'succeeded'"
    " AND to_timestamp((args->>'timestamp')::int) - now() BETWEEN %s AND %s)"
)


@pytest.fixture
def clock() -> Iterator[tuple[Path, str]]:
    """A file that says how far ahead the clock is, and the library that believes it."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    needed("faketime")
    if library is None or not _works(library):
        pytest.skip("the library of faketime is not where Debian has it, or does not work here")
    file = Path(f"/tmp/wbt-clock-{os.getpid()}")  # noqa: S108 - read by name, by a process of ours
    try:
        yield file, str(library)
    finally:
        file.unlink(missing_ok=True)


def _works(library: Path) -> bool:
    env = {**os.environ, "LD_PRELOAD": str(library), "FAKETIME": "+1d"}
    asked = [sys.executable, "-c", "import time; print(time.time())"]
    done = subprocess.run(asked, env=env, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0 and float(done.stdout) - time.time() > 80_000


@pytest.fixture
def set_clock(
    own_database: str, clock: tuple[Path, str], tmp_path: Path
) -> Iterator[Callable[[str], None]]:
    """Starts the workers with the first time that it is given, and sets their clock with others."""
    file, library = clock
    settings = Server(address(own_database), static_root=tmp_path, data=tmp_path).environment()
    faked = {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    started: list[subprocess.Popen[bytes]] = []

    def to(ahead: str) -> None:
        new = file.with_suffix(".new")
        new.write_text(f"{ahead}\n")
        new.replace(file)
        if not started:
            command = [sys.executable, "-m", "workbench.workers", "default"]
            env = {**settings, **faked}
            started.append(subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True))

    try:
        yield to
    finally:
        for each in started:
            os.killpg(each.pid, signal.SIGKILL)
            each.wait(timeout=30)


def scheduled(since: str, until_: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(SCHEDULED, [since, until_])
        return bool(cursor.fetchone()[0])


@pytest.mark.slow
def test_schedules_go_on_when_the_clock_is_set_back(
    live_cast: Cast, set_clock: Callable[[str], None]
) -> None:
    set_clock("+1d")
    until(lambda: scheduled("12 hours", "2 days"), "a job of tomorrow done")
    set_clock("+0")
    until(lambda: scheduled("-1 hour", "1 hour"), "a job of today done")
