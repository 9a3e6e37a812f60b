"""What is told of a running workbench: figures for who may have them, and a log without contents."""

from __future__ import annotations

import io
import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from annotations.project.accounts import new_sign_in_link
from tests.cast import Cast
from tests.clients import Person
from tests.databases import address
from tests.servers import Server
from workbench.environment import statement_limit
from workbench.logs import Lines, Objects, Scrubbed, without_contents

TOKEN = "figures for the one who watches"
TWICE = """
INSERT INTO annotations_project (uuid, slug, name, created_at)
SELECT uuid, slug, name, now() FROM annotations_project
"""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log's JSON lines say of whatever the test does."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Objects())
    handler.addFilter(Scrubbed())
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} ([\d.e+]+)$", text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


@pytest.mark.django_db
def test_without_a_token_in_the_settings_there_are_no_figures(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    for given in ("", "Bearer ", "Bearer x"):
        assert Client().get("/metrics", headers={"Authorization": given}).status_code == 404


@pytest.mark.django_db
def test_figures_are_for_the_bearer_only(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    for given in ("", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"):
        assert Client().get("/metrics", headers={"Authorization": given}).status_code == 404
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    text = answer.content.decode()
    assert figure(text, "workbench_database_up") == 1
    assert figure(text, "workbench_workers_alive") == 0
    assert figure(text, "workbench_database_bytes") > 1_000_000


def test_all_processes_of_the_server_are_counted_together(
    live_cast: Cast, own_database: str, static_root: Path, tmp_path: Path
) -> None:
    class Watched(Server):
        def environment(self) -> dict[str, str]:
            return {
                **super().environment(),
                "WORKBENCH_METRICS_TOKEN": TOKEN,
                "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "figures"),
            }

    (tmp_path / "figures").mkdir()
    server = Watched(address(own_database), static_root, tmp_path, workers=2)
    server.start()
    try:
        ada = Person(server.url, live_cast.ada)
        for _ in range(20):
            assert ada.request("GET", "/api/v1/projects")[0] == 200
            ada.reconnect()  # to whichever process takes it
        asked = urllib.request.Request(
            f"{server.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:
            text = answer.read().decode()
    finally:
        server.stop()
    name = 'workbench_requests_total{method="GET",route="api/v1/projects",status="2xx"}'
    assert figure(text, name) == 20


@pytest.mark.django_db
def test_every_answer_has_a_name_and_keeps_the_one_it_was_given() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", Client().get("/healthz")["X-Request-ID"])
    given = Client().get("/healthz", headers={"X-Request-ID": "from-the-proxy-17"})
    assert given["X-Request-ID"] == "from-the-proxy-17"
    planted = Client().get("/healthz", headers={"X-Request-ID": "a\tb" * 40})
    assert re.fullmatch(r"[0-9a-f]{32}", planted["X-Request-ID"])


def test_the_log_tells_no_secret_of_an_address(cast: Cast, written: io.StringIO) -> None:
    token = new_sign_in_link(cast.ada, now=timezone.now())
    client = Client()
    client.post(f"/sign-in/{token}")
    assert client.get(f"/sign-in/{token}").status_code == 404
    client.get("/people/ada-lovelace/of/no/route")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    said = [each["message"] for each in lines if each["logger"] == "django.request"]
    assert said == ["Not Found: sign-in/<str:token>", "Not Found: none"]
    assert token not in written.getvalue()
    assert "lovelace" not in written.getvalue()
    asked = [each["request"] for each in lines if each["logger"] == "django.request"]
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in asked)


@pytest.mark.parametrize("tail", ["»", "é/of/no/route", "\n", "\\n", "👩‍🔬"])
def test_nor_of_one_that_is_not_quite_an_address(
    cast: Cast, written: io.StringIO, tail: str
) -> None:
    """Django escapes what it tells of an address, and it is known by that, too."""
    token = new_sign_in_link(cast.ada, now=timezone.now())
    Client().get(f"/sign-in/{quote(token + tail)}")
    Client().get(f"/{quote(token + tail)}")
    said = [json.loads(line)["message"] for line in written.getvalue().splitlines()]
    assert len([each for each in said if each.startswith("Not Found: ")]) == 2
    assert token not in written.getvalue()


@pytest.mark.parametrize("formatter", [Lines(), Objects()])
def test_the_log_tells_nothing_of_what_a_row_holds(
    cast: Cast, formatter: logging.Formatter
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log = logging.getLogger("tests.watching")
    log.addHandler(handler)
    try:
        with (
            pytest.raises(IntegrityError, match="already exists") as failed,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(TWICE)
        log.error("It failed", exc_info=failed.value)
    finally:
        log.removeHandler(handler)
    assert "duplicate key" in stream.getvalue()
    assert "already exists" not in stream.getvalue()


def test_contents_are_left_out_wherever_they_stand() -> None:
    text = "a\nDETAIL:  Failing row contains (1, Ada).\nCONTEXT:  COPY x, line 1\nb\n"
    assert without_contents(text) == "a\nb\n"


def test_a_statement_that_takes_too_long_is_given_up(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_STATEMENT_SECONDS", "1")
    with (
        psycopg.connect(address(own_database), **statement_limit({})) as limited,
        pytest.raises(psycopg.errors.QueryCanceled),
    ):
        limited.execute("SELECT pg_sleep(600)")


def test_other_options_stay_beside_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_STATEMENT_SECONDS", "7")
    said = statement_limit({"options": "-c work_mem=8MB"})["options"]
    assert said.startswith("-c work_mem=8MB ")
    assert "statement_timeout=7s" in said
    monkeypatch.setenv("WORKBENCH_STATEMENT_SECONDS", "0")
    assert statement_limit({"options": "-c work_mem=8MB"}) == {}
