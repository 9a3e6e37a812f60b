"""A migration that fails half way, is killed half way, or is begun by two: each step is whole or not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from annotations.coding.models import Annotation
from tests.cast import Cast
from tests.databases import address, close_all, connect
from tests.faults.test_cut_off import held, waits
from tests.faults.test_database_away import PATIENCE, until
from tests.migrations.test_reversible import migrate, populate
from tests.operations.workplaces import Installation, environment, open_folder
from tests.servers import ROOT, Server

BEFORE, STEP = "0029_queue_without_the_done", "0031_lists_by_count"
AFTER_HALF = "annotations_batchdocument IN ROW EXCLUSIVE MODE"
"""Where STEP has made tables, and has triggers to make."""
IN_THE_WAY = "CREATE FUNCTION workbench_tally_gone_items() RETURNS int LANGUAGE sql AS 'SELECT 1'"
OUT_OF_IT = "DROP FUNCTION workbench_tally_gone_items()"
STATE = (
    "SELECT (SELECT count(*) FROM django_migrations WHERE name = %s),"
    " to_regclass('annotations_tally') IS NOT NULL"
)


def state() -> tuple[int, bool]:
    """How often the step is recorded, and whether what it makes is there."""
    with connect() as asking:
        found: Any = asking.execute(STATE, [STEP]).fetchone()
        return found[0], found[1]


@contextmanager
def starting(database: str, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """What `workbench run` does before its web server may start."""
    more = {"WORKBENCH_DEBUG": "true"}  # so that no file is compressed
    env = Server(address(database), static_root=data / "static", data=data, more=more).environment()
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "workbench.preparation", str(writing)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, pass_fds=[writing], stdout=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
        os.close(reading)


def nobody_else(watching: psycopg.Connection[Any]) -> bool:
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    return watching.execute(asked).fetchone() == (0,)


@pytest.mark.slow
def test_a_step_is_whole_or_not_there_and_the_next_start_goes_on(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    populate(live_cast)
    kept = Annotation.objects.count()
    migrate(BEFORE)
    close_all()

    with connect() as admin:
        admin.execute(IN_THE_WAY)
    with open_folder() as place:
        it = Installation(place / "var").start(env=environment(DATABASE_URL=address(own_database)))
        try:
            assert it.wait() == 2
            assert "workbench_tally_gone_items" in it.said
            assert "Nothing of the step that failed was kept." in it.said
        finally:
            it.stop()
    assert state() == (0, False)
    with connect() as admin:
        admin.execute(OUT_OF_IT)

    with starting(own_database, tmp_path) as killed:
        with held(AFTER_HALF) as watching:
            waits(watching, AFTER_HALF.split()[0])
            killed.send_signal(signal.SIGKILL)
            killed.wait(timeout=PATIENCE)
        with connect() as watching:
            until(lambda: nobody_else(watching), "the killed one's connections gone")
    assert state() == (0, False)

    folders = [tmp_path / name for name in ("first", "second")]
    with starting(own_database, folders[0]) as first, starting(own_database, folders[1]) as second:
        assert [each.wait(timeout=PATIENCE) for each in (first, second)] == [0, 0]
    assert state() == (1, True)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert Annotation.objects.count() == kept > 0
