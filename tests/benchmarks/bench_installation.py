"""An installation as `make run` makes it: how soon it answers, and what it weighs at rest."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator

import pytest

from tests.benchmarks.conftest import Record
from tests.benchmarks.spending import processor_ms
from tests.benchmarks.weighing import megabytes, parts, tree
from tests.operations.workplaces import Installation, open_folder, wait_until

REST = 30  # seconds after the first page, until nothing is done any more
VISITS = 50


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    """Started once before, as whoever comes back to it finds it."""
    with open_folder() as folder:
        it = Installation(folder / "var").start()
        try:
            it.ready()
        finally:
            it.stop()
        yield it


@pytest.fixture
def running(installed: Installation) -> Iterator[Installation]:
    installed.start()
    try:
        yield installed
    finally:
        installed.stop()


def test_an_installed_workbench_starts(running: Installation, record: Record) -> None:
    """From the command to the first page; `processor` is the time of all its processes by then."""
    began = time.monotonic()
    wait_until(lambda: running.answers("/sign-in"), "the first page")
    seconds = time.monotonic() - began
    assert running.process
    spent = sum(processor_ms(pid) for pid in tree(running.process.pid))
    record(
        "from `make run`, installed, to the first page",
        seconds,
        "s",
        limit="what a person waits",
        limit_value=5.0,
        aim="<= 1",
        processor=spent / 1000,
    )


@pytest.mark.parametrize("visits", [0, VISITS])
def test_an_installation_at_rest(running: Installation, record: Record, visits: int) -> None:
    """PSS of all its processes, PostgreSQL's too: each page of memory once however many share it."""
    running.ready()
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    for _ in range(visits):
        for path in ("/sign-in", "/readyz", "/docs/"):
            connection.request("GET", path)
            connection.getresponse().read()
    connection.close()
    time.sleep(REST)
    assert running.process
    weights = {name: megabytes(pids) for name, pids in parts(running.process.pid).items()}
    record(
        f"memory of everything at rest, after {visits} visits of three pages",
        sum(weights.values()),
        "MB",
        limit="PSS of all processes together",
        limit_value=400.0,
        aim="<= 1",
        **weights,
    )
