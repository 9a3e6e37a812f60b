"""Whoever asks too often is told when to come back; whoever codes is never held up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from annotations.project.accounts import create_token
from annotations.project.models import User
from tests.api.test_problems import of
from tests.cast import NOW, Cast, assignment, batch, body_of, document
from tests.clients import Person
from tests.databases import address
from tests.servers import Server
from workbench import limits
from workbench.limits import Limit

THREE = Limit("costly", 3, 60)


def secret_of(user: User) -> str:
    return create_token(user, name="t", scopes=["read", "code"], now=timezone.now()).secret


def test_so_many_at_once_and_then_one_after_the_other(db: None) -> None:
    said = [limits.ask(THREE, "ada", now=NOW) for _ in range(4)]
    assert said == [None, None, None, timedelta(seconds=20)]
    assert limits.ask(THREE, "ben", now=NOW) is None
    assert limits.ask(THREE, "ada", now=NOW + timedelta(seconds=19)) == timedelta(seconds=1)
    assert limits.ask(THREE, "ada", now=NOW + timedelta(seconds=20)) is None
    later = NOW + timedelta(hours=1)
    assert [limits.ask(THREE, "ada", now=later) is None for _ in range(4)] == [True] * 3 + [False]


def test_no_limit_counts_nothing(db: None) -> None:
    for _ in range(5):
        assert limits.ask(Limit("costly", 0, 60), "ada", now=NOW) is None
    assert rows() == []


def test_what_is_over_is_forgotten_and_nothing_says_who(db: None) -> None:
    limits.ask(THREE, "address 192.0.2.1", now=NOW)
    ((key,),) = rows()
    assert "192" not in key
    limits.forget(now=NOW)
    assert len(rows()) == 1
    limits.forget(now=NOW + timedelta(hours=1))
    assert rows() == []


def rows() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM workbench_limit")
        return list(cursor.fetchall())


def test_an_address_is_that_of_who_asks(rf: Any, settings: Settings) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    assert limits.address_of(request) == "10.0.0.1"
    settings.PROXIES = 1
    assert limits.address_of(request) == "2.2.2.2"
    settings.PROXIES = 3
    assert limits.address_of(request) == "10.0.0.1"


def test_wrong_tokens_are_counted_by_address_and_right_ones_are_not(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "wrong": (3, 60)}
    wrong, right = ({"Authorization": f"Bearer {each}"} for each in ("wb_x", secret_of(cast.ada)))
    paths = ["/api/v1/projects", f"/api/v1/annotations/{uuid4()}"] * 2
    got = [of(client.get(path, headers=wrong))[0] for path in paths]
    assert got == [401, 401, 401, 429]
    answer = client.get(paths[0], headers=wrong)
    assert of(answer) == (429, "too-often")
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    assert answer.headers["RateLimit-Policy"] == '"wrong";q=3;w=60'
    assert client.get(paths[0], headers=right).status_code == 200


def test_links_that_are_none_are_counted(db: None, client: Client, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "wrong": (2, 60)}
    answers = [client.get("/sign-in/no-such-link") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert int(answers[2].headers["Retry-After"]) >= 1


def test_a_token_has_its_measure(cast: Cast, client: Client, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "usual": (2, 60)}
    for person in (cast.ada, cast.ben):
        headers = {"Authorization": f"Bearer {secret_of(person)}"}
        got = [client.get("/api/v1/projects", headers=headers).status_code for _ in range(3)]
        assert got == [200, 200, 429]
    client.force_login(cast.ada)
    assert [client.get("/api/v1/projects").status_code for _ in range(4)] == [200] * 4


@pytest.fixture
def strict(
    live_cast: Cast, static_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """Two web processes that take three costly questions a minute, and little of anything."""
    for name in ("USUAL", "COSTLY", "WRONG"):
        monkeypatch.setenv(f"WORKBENCH_LIMIT_{name}", "3/600")
    url = address(connection.settings_dict["NAME"])
    running = Server(url, static_root=static_root, data=tmp_path, workers=2)
    running.start()
    try:
        yield running
    finally:
        running.kill()


def test_processes_count_together_and_no_save_is_held_up(live_cast: Cast, strict: Server) -> None:
    text = document(live_cast.project, "Nights in the lab.\n")
    work = assignment(
        batch(live_cast.project, live_cast.edition, [text]), text, live_cast.coder(live_cast.ada)
    )
    search = f"/api/v1/projects/{live_cast.project.slug}/search?q=lab"
    got = []
    for _ in range(8):  # each on a connection of its own, so that both processes are asked
        ada = Person(strict.url, live_cast.ada)
        status, content, headers = ada.request("GET", search)
        got.append(status)
    assert got == [200] * 3 + [429] * 5
    assert json.loads(content)["type"] == "too-often"
    assert 1 <= int(headers["Retry-After"]) <= 200
    saved = [ada.put(uuid4(), body_of(work, "Nights"))[0] for _ in range(30)]
    assert saved == [201] * 30
    by_token = [_put(strict, secret_of(live_cast.ada), body_of(work, "lab")) for _ in range(10)]
    assert by_token == [201] * 10


def _put(server: Server, token: str, body: dict[str, Any]) -> int:
    asking = HTTPConnection(server.url.removeprefix("http://"), timeout=120)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= {"Idempotency-Key": str(uuid4()), "If-None-Match": "*"}
    asking.request("PUT", f"/api/v1/annotations/{uuid4()}", json.dumps(body), headers)
    try:
        return asking.getresponse().status
    finally:
        asking.close()
