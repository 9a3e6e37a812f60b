"""Every connection to the database is busy: whoever comes is told so within seconds, and nobody hangs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import databases
from tests.cast import Cast
from tests.clients import Person
from tests.databases import address
from tests.faults.test_database_away import PATIENCE, asked, until
from tests.servers import Server

CONNECTIONS = 2
WAITING = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'annotations_project'::regclass"
)


@contextmanager
def serving(own_database: str, static_root: Path, data: Path, **more: str) -> Iterator[Server]:
    server = Server(address(own_database), static_root, data, more=more)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def nobody_reads_projects() -> Iterator[psycopg.Connection[Any]]:
    """Whoever asks for a project waits for the block to end. Gives a connection to watch from."""
    with databases.connect() as watching, databases.connect() as holding, holding.transaction():
        holding.execute("LOCK TABLE annotations_project IN ACCESS EXCLUSIVE MODE")
        yield watching


def projects(person: Person) -> tuple[int, str | None]:
    """Status, and what is out of order."""
    status, content, headers = person.request("GET", "/api/v1/projects")
    if status == 200:
        return status, None
    assert int(headers["Retry-After"]) > 0
    return status, json.loads(content)["type"]


class Waiting(threading.Thread):
    """Somebody whose question is not answered yet."""

    def __init__(self, person: Person) -> None:
        super().__init__(daemon=True)
        self.person = person
        self.answer: tuple[int, str | None] | None = None
        self.start()

    def run(self) -> None:
        self.answer = projects(self.person)


@pytest.mark.slow
def test_whoever_finds_no_connection_is_told_when_to_come_again(
    live_cast: Cast, own_database: str, static_root: Path, tmp_path: Path
) -> None:
    size = {"WORKBENCH_POOL_SIZE": str(CONNECTIONS)}
    with serving(own_database, static_root, tmp_path, **size) as server:
        people = [
            Person(server.url, live_cast.ada, timeout=PATIENCE) for _ in range(CONNECTIONS + 1)
        ]
        *busy, late = people
        with nobody_reads_projects() as watching:
            waiting = [Waiting(each) for each in busy]
            until(lambda: watching.execute(WAITING).fetchone() == (CONNECTIONS,), "all connections")
            assert projects(late) == (503, "database-busy")
            _status, page, _headers = late.request("GET", "/")
            assert b"The database is busy" in page
            assert asked(server, "/healthz") == (200, {"status": "ok"})
        for each in waiting:
            each.join(timeout=PATIENCE)
        assert [each.answer for each in waiting] == [(200, None)] * CONNECTIONS
        until(lambda: projects(late) == (200, None), "a connection again")


@pytest.mark.slow
def test_a_statement_that_takes_too_long_is_broken_off_and_told(
    live_cast: Cast, own_database: str, static_root: Path, tmp_path: Path
) -> None:
    limit = {"WORKBENCH_STATEMENT_SECONDS": "1"}
    with serving(own_database, static_root, tmp_path, **limit) as server:
        ada = Person(server.url, live_cast.ada, timeout=PATIENCE)
        with nobody_reads_projects():
            assert projects(ada) == (503, "took-too-long")
        assert projects(ada) == (200, None)
