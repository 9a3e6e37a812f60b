"""kill -9 in the middle of saves: what was acknowledged is there, once, and as it was sent."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation, Revision
from tests import cast as casting
from tests.cast import Cast, assignment, batch, body_of, document
from tests.clients import Person
from tests.databases import close_all
from tests.operations.workplaces import open_folder
from tests.servers import Server
from workbench.supervisor.home import ROLE, open_home
from workbench.supervisor.postgres import Server as Postgres

SAVES = 500
KILLS = 4
TEXT = "Nights 👩‍🔬 in the lab.\nThe pay is good, café 研究者压力大.\n"
QUOTES = ("👩‍🔬", "café", "研究者压力大", "The pay is good")


def work_for(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT)
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


class Outbox(threading.Thread):
    """Saves and revises until it was enough; repeats an operation until it is answered."""

    def __init__(self, ada: Person, work: Assignment) -> None:
        super().__init__()
        self.ada, self.work = ada, work
        self.acknowledged: dict[UUID, tuple[int, dict[str, Any]]] = {}
        self.repeats = 0
        self.killing = threading.Event()
        self.killing.set()
        self.refused: list[tuple[int, Any]] = []

    def run(self) -> None:
        chance = Random(11)
        while self.killing.is_set() or self.saves() < SAVES:
            known = list(self.acknowledged)
            uuid = chance.choice(known) if known and chance.random() < 0.4 else uuid4()
            base = self.acknowledged[uuid][0] if uuid in self.acknowledged else None
            body = body_of(self.work, chance.choice(QUOTES), memo=f"{chance.random()}")
            status, answer = self._until_answered(uuid, body, base)
            if status in {200, 201}:
                self.acknowledged[uuid] = (answer["revision"], body)
            else:
                self.refused.append((status, answer))
                return

    def saves(self) -> int:
        return sum(number for number, _ in self.acknowledged.values())

    def _until_answered(
        self, uuid: UUID, body: dict[str, Any], base: int | None
    ) -> tuple[int, Any]:
        operation = uuid4()
        while True:
            try:
                status, answer = self.ada.put(uuid, body, base=base, operation=operation)
                if status < 500:
                    return status, answer
            except (OSError, http.client.HTTPException, ValueError):
                self.ada.reconnect()
            self.repeats += 1
            time.sleep(0.05)


def survive(outbox: Outbox, kill_and_restart: Callable[[], None]) -> None:
    chance = Random(5)
    outbox.start()
    try:
        for _ in range(KILLS):
            time.sleep(0.1 + 0.2 * chance.random())
            assert outbox.is_alive(), outbox.refused
            kill_and_restart()
    finally:
        outbox.killing.clear()
    outbox.join(timeout=120)
    assert not outbox.is_alive()
    assert outbox.refused == []


def assert_exactly_what_was_acknowledged(outbox: Outbox) -> None:
    rows = {row.pk: row for row in Annotation.objects.all()}
    assert rows.keys() == outbox.acknowledged.keys()
    for uuid, (number, body) in outbox.acknowledged.items():
        assert (rows[uuid].revision, rows[uuid].quote) == (number, body["quote"])
        assert rows[uuid].memo == body["memo"]
        numbers = Revision.objects.filter(annotation_id=uuid).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, number + 1))


@pytest.mark.slow
def test_the_web_server_is_killed(live_cast: Cast, server: Server) -> None:
    outbox = Outbox(Person(server.url, live_cast.ada), work_for(live_cast))

    def kill_and_restart() -> None:
        server.kill()
        server.start()

    survive(outbox, kill_and_restart)
    assert_exactly_what_was_acknowledged(outbox)


@pytest.fixture
def own_postgres(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Postgres]:
    """A PostgreSQL of the test's own, durable, migrated; Django's connection points at it."""
    with open_folder() as folder, django_db_blocker.unblock():
        home = open_home(folder)
        running = Postgres(home)
        running.start()
        before = dict(connection.settings_dict)
        close_all()
        connection.settings_dict.update(
            NAME=ROLE, USER=ROLE, PASSWORD="", HOST=str(home.sockets), PORT="5432"
        )
        try:
            call_command("migrate", verbosity=0)
            yield running
        finally:
            close_all()
            connection.settings_dict.update(before)
            running.stop()


@pytest.mark.slow
def test_the_database_is_killed(own_postgres: Postgres, static_root: Path, tmp_path: Path) -> None:
    cast = casting.assemble()
    web = Server(own_postgres.url, static_root=static_root, data=tmp_path)
    web.start()
    outbox = Outbox(Person(web.url, cast.ada), work_for(cast))
    connection.close()

    def kill_and_restart() -> None:
        postmaster = (own_postgres.home.cluster / "postmaster.pid").read_text().split()[0]
        os.kill(int(postmaster), signal.SIGKILL)
        while own_postgres.code is None:
            time.sleep(0.02)
        own_postgres.start()

    try:
        survive(outbox, kill_and_restart)
        close_all()
        assert_exactly_what_was_acknowledged(outbox)
    finally:
        web.kill()
