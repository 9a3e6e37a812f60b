"""A database that is away at the start, goes, and comes back: said in words, and nobody restarts anything."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotations.coding.models import Annotation, Revision
from tests.cast import Cast, body_of
from tests.clients import Person
from tests.faults.lines import Line
from tests.faults.test_killed_while_saving import work_for
from tests.servers import Server

PATIENCE = 90  # seconds until something is taken for hanging; no measure of speed


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.1)


def asked(server: Server, path: str) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@pytest.mark.slow
def test_a_web_server_that_starts_before_its_database_is_alive_and_then_ready(
    live_cast: Cast, to_database: Line, web: Server
) -> None:
    to_database.down()
    web.start()
    assert asked(web, "/healthz") == (200, {"status": "ok"})
    status, said = asked(web, "/readyz")
    assert (status, said["database"]) == (503, "down")
    to_database.up()
    until(lambda: asked(web, "/readyz")[1]["database"] == "up", "the database found")


@pytest.mark.slow
def test_what_was_sent_while_the_database_was_away_is_told_to_come_again_and_kept_once(
    live_cast: Cast, to_database: Line, web: Server
) -> None:
    web.start()
    ada, work = Person(web.url, live_cast.ada, timeout=PATIENCE), work_for(live_cast)
    body, uuid, operation = body_of(work, "café"), uuid4(), uuid4()
    assert ada.put(uuid4(), body)[0] == 201

    to_database.down()
    status, said = ada.put(uuid, body, operation=operation)
    assert (status, said["type"]) == (503, "database-away")
    status, page, headers = ada.request("GET", "/")
    assert status == 503
    assert "The database does not answer" in page.decode()
    assert int(headers["Retry-After"]) > 0
    status, _, headers = ada.request("GET", "/api/v1/projects")
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert asked(web, "/healthz")[0] == 200

    to_database.up()
    until(lambda: ada.put(uuid, body, operation=operation)[0] in {200, 201}, "the save taken")
    assert ada.put(uuid, body, operation=operation)[0] in {200, 201}
    assert Annotation.objects.filter(pk=uuid).count() == 1
    assert Revision.objects.filter(annotation_id=uuid).count() == 1
    assert ada.request("GET", "/")[0] == 200
