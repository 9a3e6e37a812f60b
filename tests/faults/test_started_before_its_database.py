"""`workbench run` is started while its database is away: it says so, answers, and goes on when it comes."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import Cast
from tests.databases import address
from tests.faults.conftest import through
from tests.faults.lines import Line
from tests.operations.workplaces import Installation, environment, open_folder, wait_until


@pytest.fixture
def place() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


def asked(it: Installation, path: str) -> tuple[int, str]:
    wire = http.client.HTTPConnection("127.0.0.1", it.port, timeout=30)
    try:
        wire.request("GET", path)
        answer = wire.getresponse()
        return answer.status, answer.read().decode()
    finally:
        wire.close()


@pytest.mark.slow
def test_a_run_waits_for_its_database_in_plain_words_and_is_ready_once_it_comes(
    live_cast: Cast, to_database: Line, place: Path
) -> None:
    to_database.down()
    url = through(address(connection.settings_dict["NAME"]), to_database.port)
    it = Installation(place / "var").start(env=environment(DATABASE_URL=url))
    try:
        wait_until(lambda: "does not answer; waiting for it" in it.said, "what it waits for, said")
        assert asked(it, "/healthz")[0] == 200
        assert asked(it, "/readyz")[0] == 503
        status, page = asked(it, "/")
        assert (status, "being started" in page) == (503, True)
        to_database.up()
        it.ready()
        wait_until(lambda: asked(it, "/readyz")[0] == 200, "ready, the worker too")
    finally:
        it.stop()


def test_a_database_that_will_not_have_us_is_said_at_once(own_database: str, place: Path) -> None:
    unknown = address("no_such_database")
    it = Installation(place / "var").start(env=environment(DATABASE_URL=unknown))
    try:
        assert it.wait() == 2
        assert "DATABASE_URL names a database that cannot be used" in it.said
        assert "no_such_database" in it.said
        assert it.family() == []
    finally:
        it.stop()
