"""The disk of PostgreSQL itself is full: saves are refused in words, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.clients import Guest
from tests.faults.coders import Coder
from tests.faults.test_database_away import PATIENCE
from tests.operations.workplaces import (
    Installation,
    environment,
    may_mount,
    open_folder,
    small_disk,
    wait_until,
)

MEGABYTES = 400
REFUSED = {503: {"database-away", "database-busy"}, 507: {"disk-full"}}


@pytest.fixture
def disk() -> Iterator[Path]:
    with open_folder() as folder:
        if not may_mount(folder):
            pytest.skip("a small disk to fill can only be mounted by root")
        with small_disk(folder / "disk", megabytes=MEGABYTES) as made:
            yield made


def fill(disk: Path) -> Path:
    """To the last block, while others write there too; gives the file to delete."""
    filler = disk / "filler"
    for piece in (1024 * 1024, 4096):
        with filler.open("ab", buffering=0) as out, suppress(OSError):
            while out.write(b"x" * piece):
                pass
    return filler


@pytest.mark.slow
def test_saves_on_a_full_disk_are_refused_in_words_and_go_on_once_there_is_room(
    disk: Path,
) -> None:
    it = Installation(disk / "var").start(env=environment(TMPDIR=str(disk)))
    try:
        it.ready()
        coder = Coder(Guest(it.url, it.links()["ada"], timeout=PATIENCE), "life-in-ai-labs")
        assert coder.save() == 201
        filler = fill(disk)
        while not coder.refused:
            coder.save()
        for _ in range(20):
            coder.save()
        assert all(types <= REFUSED[status] for status, types in coder.refused.items())
        postgres = it.child("postgres")
        os.kill(postgres, signal.SIGKILL)  # with no room to recover in, nor to say so
        wait_until(lambda: not Path(f"/proc/{postgres}").exists(), "that it is gone, noticed")
        assert it.answers("/healthz")

        filler.unlink()
        wait_until(lambda: coder.save() == 201, "a save taken again")
        stored = coder.stored()
        assert {uuid: stored.get(uuid) for uuid in coder.kept} == coder.kept
        assert len(coder.kept) > 1
    finally:
        it.stop()
