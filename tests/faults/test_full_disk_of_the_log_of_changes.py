"""PostgreSQL's log of changes has no room: it gives up, says so, and comes back once there is some."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.clients import Guest
from tests.faults.coders import Coder
from tests.faults.test_database_away import PATIENCE
from tests.operations.workplaces import (
    Installation,
    enlarge,
    environment,
    may_mount,
    open_folder,
    small_disk,
    wait_until,
    with_database,
)

MEGABYTES = 320
SETTINGS = "max_wal_size = 48MB\nmin_wal_size = 32MB\n"
REFUSED = {503: {"database-away", "database-busy"}, 507: {"disk-full"}}


@pytest.fixture
def place() -> Iterator[Path]:
    with open_folder() as folder:
        if not may_mount(folder):
            pytest.skip("a small disk to fill can only be mounted by root")
        yield folder


def log_elsewhere(data: Path, disk: Path) -> None:
    """The cluster of `data` is made, and what it writes first of all goes to a disk of its own."""
    assert with_database(data, "true").returncode == 0
    cluster = (data / "postgres").resolve() / "cluster"
    subprocess.run(["cp", "-a", str(cluster / "pg_wal"), str(disk / "pg_wal")], check=True)
    shutil.rmtree(cluster / "pg_wal")
    (cluster / "pg_wal").symlink_to(disk / "pg_wal")
    with (cluster / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)


def fill(disk: Path) -> None:
    """What is there stays and no more goes in; the server writes meanwhile."""

    def full() -> bool:
        with suppress(subprocess.CalledProcessError):
            enlarge(disk, megabytes=shutil.disk_usage(disk).used // 2**20 + 1)
            return True
        return False

    wait_until(full, "a full disk")


def use_up(data: Path) -> None:
    """One file of changes after another, until there is no next one."""
    url = with_database(data, "printenv", "DATABASE_URL").stdout.strip()
    with suppress(psycopg.OperationalError), psycopg.connect(url, user="postgres") as admin:
        admin.autocommit = True
        # Else files that are done with may be taken anew just in time, again and again.
        admin.execute("SELECT pg_create_physical_replication_slot('held', true)")
        while True:
            admin.execute("SELECT pg_logical_emit_message(true, 'test', 'x'), pg_switch_wal()")


@pytest.mark.slow
def test_without_room_for_its_log_the_database_is_away_until_there_is_some(place: Path) -> None:
    data = place / "var"
    with small_disk(place / "disk", megabytes=MEGABYTES) as disk:
        log_elsewhere(data, disk)
        it = Installation(data).start(env=environment())
        try:
            it.ready()
            guest = Guest(it.url, it.links()["ada"], timeout=PATIENCE)
            coder = Coder(guest, "life-in-ai-labs")
            for _ in range(5):
                assert coder.save() == 201
            fill(disk)
            use_up(data)
            wait_until(lambda: "is full. Nothing that was saved is lost." in it.said, "its end")
            assert coder.save() in REFUSED
            assert all(types <= REFUSED[status] for status, types in coder.refused.items())
            for path, kind in (("/account", "text/html"), ("/api/v1/projects", "application/")):
                status, content, headers = guest.request("GET", path)
                assert (status, headers["Content-Type"].startswith(kind)) == (503, True), content
                assert int(headers["Retry-After"]) > 0
            assert json.loads(content)["type"] == "database-away"
            assert it.answers("/healthz")

            enlarge(disk, megabytes=MEGABYTES)
            wait_until(lambda: coder.save() == 201, "a save taken again")
            stored = coder.stored()
            assert {uuid: stored.get(uuid) for uuid in coder.kept} == coder.kept
            wait_until(lambda: it.answers("/readyz"), "everything ready again")
        finally:
            it.stop()
