"""Work without end: the memory of every process stays as it is, PostgreSQL's among them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psutil
import pytest
from django.conf import settings
from django.db import connection

from tests.benchmarks.conftest import Record
from tests.benchmarks.crowds import at_work, crowd, own_work, signed_in
from tests.benchmarks.weighing import own_megabytes, parts, tree
from tests.cast import Cast
from tests.databases import address
from tests.operations.workplaces import Installation, environment, open_folder

# Ten minutes are 600.
SOAK = int(os.environ.get("BENCH_SOAK_SECONDS", "60"))
Weights = dict[str, dict[int, float]]
"""Megabytes of its own by process, by what the process does."""


@pytest.fixture
def whole(own_database: str) -> Iterator[Installation]:
    """Supervisor, web and workers as `workbench run` starts them, on the test's own database."""
    known = {"DATABASE_URL": address(own_database), "WORKBENCH_SECRET_KEY": settings.SECRET_KEY}
    with open_folder() as folder:
        it = Installation(folder / "var").start(env=environment(**known))
        try:
            yield it.ready()
        finally:
            it.stop()


def weighed(it: Installation) -> Weights:
    assert it.process
    found = parts(it.process.pid) | {"postgres": _of_postgresql()}
    return {kind: {pid: own_megabytes(pid) for pid in pids} for kind, pids in found.items()}


def _of_postgresql() -> list[int]:
    """Whoever started the process that serves us, and all below it; other servers' of this machine not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return tree(psutil.Process(pid).ppid()) if psutil.pid_exists(pid) else []


def grown(before: Weights, after: Weights, kind: str) -> float:
    """Of the processes that were there at both times."""
    both = before[kind].keys() & after[kind].keys()
    was = sum(before[kind][pid] for pid in both)
    return sum(after[kind][pid] for pid in both) / was if was else 1.0


def test_a_soak_leaves_memory_flat(live_cast: Cast, whole: Installation, record: Record) -> None:
    """A minute; BENCH_SOAK_SECONDS=600 for ten."""
    people = crowd(live_cast, 20)
    entries = signed_in(whole, people)
    own_work(live_cast, people, entries)
    at_work(whole, live_cast, entries, what="saves", seconds=SOAK / 4, think=0.1)
    before = weighed(whole)
    at_work(whole, live_cast, entries, what="saves", seconds=SOAK, think=0.1)
    after = weighed(whole)
    for kind in ("supervisor", "web", "workers"):
        assert before[kind]
        assert before[kind].keys() == after[kind].keys(), f"{kind} was started anew"
    growth = {kind: grown(before, after, kind) for kind in before}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        connections = cursor.fetchone()[0]
    record(
        f"memory of web, workers, supervisor and PostgreSQL after {SOAK} s of work",
        max(growth.values()),
        "times",
        limit="memory before",
        limit_value=1.0,
        aim="<= 1.05",
        connections=connections,
        **growth,
        **{f"{kind}_megabytes": sum(after[kind].values()) for kind in after},
    )
