"""The disk of the data folder is full: the database elsewhere goes on, and so does everything that needs no room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from annotations.coding.models import Annotation
from tests.cast import Cast, body_of
from tests.clients import Person
from tests.databases import address
from tests.faults.test_killed_while_saving import work_for
from tests.operations.workplaces import (
    Installation,
    environment,
    may_mount,
    open_folder,
    small_disk,
    wait_until,
)

PAGES = ("/healthz", "/sign-in", "/api/v1/projects", "/account", "/nothing-here")


@pytest.fixture
def disk() -> Iterator[Path]:
    with open_folder() as folder:
        if not may_mount(folder):
            pytest.skip("a small disk to fill can only be mounted by root")
        with small_disk(folder / "disk", megabytes=80) as made:
            yield made


def fill(disk: Path) -> Path:
    """To the last block; gives the file to delete when there is to be room again."""
    state = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"x" * (state.f_bavail * state.f_bsize))
    return filler


@pytest.mark.slow
def test_on_a_full_disk_pages_and_saves_go_on_and_what_needs_room_is_refused_in_words(
    live_cast: Cast, disk: Path
) -> None:
    url = address(connection.settings_dict["NAME"])
    it = Installation(disk / "var").start(env=environment(DATABASE_URL=url, TMPDIR=str(disk)))
    try:
        it.ready()
        web = it.child("gunicorn")
        ada, mia = Person(it.url, live_cast.ada), Person(it.url, live_cast.mia)
        work, delivery = work_for(live_cast), f"/api/v1/projects/{live_cast.project.slug}/imports"
        # From here on, uploads pass over this disk; on a full one another would have been found.
        assert mia.request("POST", delivery, *form(b"Days are long."))[0] == 202
        filler = fill(disk)

        for _ in range(3):
            assert [ada.request("GET", page)[0] for page in PAGES] == [200, 302, 200, 200, 404]
        assert ada.put(uuid4(), body_of(work, "café"))[0] == 201
        status, body, headers = mia.request("POST", delivery, *form(b"x" * 300_000))
        assert (status, headers["Content-Type"]) == (507, "application/problem+json")
        assert b"disk is full" in body

        filler.unlink()
        mia.reconnect()  # what was not read of the body ends the connection
        assert mia.request("POST", delivery, *form(b"Nights are long."))[0] == 202
        assert Annotation.objects.count() == 1
        wait_until(lambda: it.answers("/readyz"), "ready")
        assert it.child("gunicorn") == web
        assert "SIGBUS" not in it.said
    finally:
        it.stop()


def form(text: bytes) -> tuple[bytes, dict[str, str]]:
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    return head + text + b"\r\n--b--\r\n", {"Content-Type": "multipart/form-data; boundary=b"}
