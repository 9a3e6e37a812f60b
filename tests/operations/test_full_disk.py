"""A full disk is said in plain words, and nothing that was kept is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.operations.workplaces import ask, enlarge, small_disk, with_database, write

pytestmark = pytest.mark.usefixtures("mounts")


def test_too_small_for_a_database_at_all(place: Path) -> None:
    with small_disk(place / "disk", megabytes=12) as disk:
        done = with_database(disk / "var", "true")

        assert done.returncode == 2
        assert f"The disk that holds {disk / 'var' / 'postgres'} is full." in done.stdout
        assert "Traceback" not in done.stdout

        enlarge(disk, megabytes=200)
        assert with_database(disk / "var", *ask("SELECT 1")).stdout == "1\n"


def test_too_small_for_a_single_file(place: Path) -> None:
    with small_disk(place / "disk", megabytes=1) as disk:
        (disk / "filler").write_bytes(b"x" * (disk_free(disk)))

        done = with_database(disk / "var", "true")

        assert done.returncode == 2
        assert "is full." in done.stdout
        assert "Traceback" not in done.stdout


def test_what_was_written_before_the_disk_was_full_is_there_afterwards(place: Path) -> None:
    with small_disk(place / "disk", megabytes=200) as disk:
        data = disk / "var"
        with_database(data, *write("CREATE TABLE kept AS SELECT 'gold' AS word"))
        (disk / "filler").write_bytes(b"x" * disk_free(disk))

        done = with_database(data, *ask("SELECT word FROM kept"))
        assert done.stdout == "gold\n" or "is full." in done.stdout

        (disk / "filler").unlink()
        assert with_database(data, *ask("SELECT word FROM kept")).stdout == "gold\n"


def disk_free(disk: Path) -> int:
    state = os.statvfs(disk)
    return state.f_bavail * state.f_bsize
