"""The disk of PostgreSQL itself is full: saves are refused in words, and nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.clients import Person
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
LENGTH = 9_000  # of a memo, in characters that cannot be compressed much
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


class Guest(Person):
    """By a link that the welcome shows."""

    def __init__(self, url: str, link: str) -> None:
        self.host, self.timeout, self.cookies = url.removeprefix("http://"), PATIENCE, {}
        self.connection = http.client.HTTPConnection(self.host, timeout=self.timeout)
        path = link.removeprefix(url)
        self.request("GET", path)
        form = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.request("POST", path, form, kind)[0] == 302


class Coder:
    """Saves one annotation after another, and keeps what was acknowledged."""

    def __init__(self, guest: Guest, project: str) -> None:
        self.guest = guest
        status, content, _ = guest.request("POST", f"/api/v1/projects/{project}/assignments/next")
        assert status == 200, content
        self.work = json.loads(content)
        self.chance = Random(3)
        self.kept: dict[str, str] = {}
        self.refused: dict[int, set[str]] = {}
        self.where = f"/api/v1/documents/{self.work['document']}?assignment={self.work['id']}"
        text: dict[str, Any] = json.loads(guest.request("GET", self.where)[1])
        self.passage = text["passages"][0]
        self.quote = text["text"][self.passage["start"] : self.passage["end"]]
        book = json.loads(guest.request("GET", f"/api/v1/projects/{project}/codebook")[1])
        self.theme = book["themes"][0]["key"]

    def save(self) -> int:
        uuid, memo = str(uuid4()), self.chance.randbytes(LENGTH // 2).hex()
        said = {"assignment": self.work["id"], "theme": self.theme, "memo": memo}
        span = {"start": self.passage["start"], "end": self.passage["end"], "quote": self.quote}
        try:
            status, answer = self.guest.put(uuid, said | span)
        except (OSError, http.client.HTTPException):
            self.guest.reconnect()
            raise
        if status == 201:
            self.kept[uuid] = memo
        else:
            self.refused.setdefault(status, set()).add(answer["type"])
        return status

    def stored(self) -> dict[str, str]:
        text = json.loads(self.guest.request("GET", self.where)[1])
        return {each["id"]: each["memo"] for each in text["annotations"]}


@pytest.mark.slow
def test_saves_on_a_full_disk_are_refused_in_words_and_go_on_once_there_is_room(
    disk: Path,
) -> None:
    it = Installation(disk / "var").start(env=environment(TMPDIR=str(disk)))
    try:
        it.ready()
        coder = Coder(Guest(it.url, it.links()["ada"]), "life-in-ai-labs")
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
