"""A PostgreSQL that is stopped: neither gone nor answering. Whoever asks is told so, and nobody hangs."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.faults.test_database_away import PATIENCE, asked, until
from tests.operations.workplaces import open_folder, wait_until
from tests.servers import Server
from workbench.postgresql.watching import NoAnswer, Watched
from workbench.supervisor.home import open_home
from workbench.supervisor.postgres import Server as Postgres

ANSWERED = (500, False, "text/html")
"""By a server without tables: a fault of ours, and no outage."""


@contextmanager
def stopped(postgres: Postgres) -> Iterator[None]:
    """The server first: it makes no more processes then, and buries none, until it goes on as the last."""
    parent = int((postgres.home.cluster / "postmaster.pid").read_text().split()[0])
    os.kill(parent, signal.SIGSTOP)
    children = []
    try:
        wait_until(lambda: stands(parent), "the server, stopped")
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        children = [int(each) for each in found]
        for each in children:
            os.kill(each, signal.SIGSTOP)
        yield
    finally:
        for each in [*children, parent]:
            os.kill(each, signal.SIGCONT)


def stands(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat").read_text()
    return stat.rsplit(")", 1)[1].split()[0] == "T"


@pytest.fixture
def empty_postgres() -> Iterator[Postgres]:
    """One of the test's own, without tables: what is asked of it fails once it answers."""
    with open_folder() as folder:
        running = Postgres(open_home(folder), durable=False)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.mark.slow
def test_a_database_that_stands_still_is_told_and_found_again(
    empty_postgres: Postgres, static_root: Path, tmp_path: Path
) -> None:
    web = Server(empty_postgres.url, static_root=static_root, data=tmp_path)
    try:
        web.start()
        assert told(web, "/") == ANSWERED
        with stopped(empty_postgres):
            assert told(web, "/api/v1/projects") == (503, True, "application/problem+json")
            assert told(web, "/") == (503, True, "text/html")
            assert asked(web, "/healthz")[0] == 200
            assert asked(web, "/readyz")[0] == 503
        until(lambda: told(web, "/") == ANSWERED, "the database found")
    finally:
        web.kill()


def told(server: Server, path: str) -> tuple[int, bool, str]:
    """Status, whether it is said when to come again, and the kind of answer, to somebody known."""
    wire = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        wire.request("GET", path, headers={"Cookie": f"sessionid={'x' * 32}"})
        answer = wire.getresponse()
        answer.read()
        said = answer.headers
        return answer.status, int(said["Retry-After"] or 0) > 0, said.get_content_type()
    finally:
        wire.close()


def test_a_statement_that_takes_its_time_is_waited_for(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.postgresql.watching._Serving.people", True)
    monkeypatch.setattr("workbench.postgresql.watching.QUIET", 0.0)
    with Watched.connect(**connection.get_connection_params()) as patient:
        assert patient.execute("SELECT 1 FROM pg_sleep(0.5)").fetchone() == (1,)


def test_one_whose_server_lets_nobody_in_is_broken_off(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.postgresql.watching._Serving.people", True)
    monkeypatch.setattr("workbench.postgresql.watching.QUIET", 0.0)
    monkeypatch.setattr("workbench.postgresql.watching.answers", lambda connection: False)
    monkeypatch.setattr("workbench.postgresql.watching._Still.until", 0.0)
    with Watched.connect(**connection.get_connection_params()) as waiting:
        with pytest.raises(NoAnswer):
            waiting.execute("SELECT pg_sleep(60)")
        assert waiting.closed
        with pytest.raises(psycopg.OperationalError, match="closed"):
            waiting.execute("SELECT 1")
