"""No secret stands in anything that a running workbench writes for its operator, PostgreSQL included."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

import psycopg
import pytest

from annotations.project.accounts import fingerprint
from tests.clients import Guest
from tests.operations.workplaces import (
    PATIENCE,
    WORKBENCH,
    Installation,
    environment,
    open_folder,
    with_database,
)

pytestmark = pytest.mark.slow

FIGURES = "figures-" + secrets.token_urlsafe(24)
PASSWORD = "swordfish-" + secrets.token_urlsafe(12)
LOUD = {"WORKBENCH_LOG_FORMAT": "json", "WORKBENCH_LOG_LEVEL": "DEBUG"}
EVERYTHING = ("log_min_duration_statement = 0", "log_parameter_max_length = -1")
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    with open_folder() as folder:
        it = Installation(folder / "var")
        it.start(env=environment(**LOUD, WORKBENCH_METRICS_TOKEN=FIGURES))
        try:
            yield it.ready()
        finally:
            it.stop()


def hand(running: Installation, *command: str) -> str:
    """What a person types in another terminal."""
    given = environment(WORKBENCH_DATA=str(running.data), WORKBENCH_BASE_URL=running.url)
    done = subprocess.run(
        [*WORKBENCH, *command], env=given, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def owner(running: Installation) -> psycopg.Connection[object]:
    url = with_database(running.data, "printenv", "DATABASE_URL").stdout.strip()
    return psycopg.connect(url, user="postgres", autocommit=True)


@contextmanager
def gone(running: Installation, table: str) -> Iterator[None]:
    """Whoever asks for it finds a fault that nobody has foreseen."""
    with owner(running) as admin:
        admin.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        try:
            yield
        finally:
            admin.execute(f"ALTER TABLE {table}_gone RENAME TO {table}")


class Holder:
    """ada, with everything that lets one in; `secrets` has all of it by name."""

    def __init__(self, running: Installation) -> None:
        self.running = running
        self.token = hand(running, "create_token", "ada", "--scopes", "read")
        self.link = hand(running, "sign_in_link", "ada").rpartition("/")[2]
        way_in = hand(running, "sign_in_link", "ada")
        self.browser = Guest(running.url, way_in, timeout=PATIENCE)
        self.secrets = {
            "token": self.token,
            "link": self.link,
            "link that was used": way_in.rpartition("/")[2],
            "password": PASSWORD,
            "session": self.browser.cookies["sessionid"],
            "protection from forgery": self.browser.cookies["csrftoken"],
            "token for figures": FIGURES,
            "secret key": (running.data / "secret_key").read_text().strip(),
        }

    def ask(
        self, path: str, *, token: str = "", form: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """By the browser; with a token, by a tool that has no session."""
        body = form and urlencode({"csrfmiddlewaretoken": self.protection, **form}).encode()
        headers = {**(FORM if form else {}), **({"Authorization": token} if token else {})}
        if token:
            headers["Cookie"] = ""
        method = "POST" if form else "GET"
        status, content, _ = self.browser.request(method, path, body or None, headers)
        return status, content

    @property
    def protection(self) -> str:
        return self.browser.cookies["csrftoken"]

    def raw(self, *lines: str) -> None:
        """Byte by byte, as no client of good faith sends it; whatever is answered."""
        where = ("127.0.0.1", self.running.port)
        with socket.create_connection(where, timeout=PATIENCE) as wire:
            wire.sendall("\r\n".join([*lines, "", ""]).encode())
            with suppress(OSError):
                wire.shutdown(socket.SHUT_WR)
                while wire.recv(1 << 16):
                    pass


def as_it_should_be(ada: Holder) -> None:
    assert ada.ask("/api/v1/projects", token=f"Bearer {ada.token}")[0] == 200
    assert ada.ask("/metrics", token=f"Bearer {FIGURES}")[0] == 200
    assert ada.ask("/account")[0] == 200
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    assert ada.ask("/account/password/first", form=twice)[0] == 302
    ada.secrets["session"] = ada.browser.cookies["sessionid"]
    ada.secrets["protection from forgery"] = ada.protection


def mistaken(ada: Holder) -> None:
    """In an address, as a part of it and in its query; in a body that is refused; cut or doubled."""
    secret, link = ada.token, ada.link
    for path in (f"/api/v1/projects?token={secret}", f"/api/v1/projects?access_token={secret}"):
        assert ada.ask(path, token="Basic x")[0] == 401
    for path in (f"/{secret}", f"/api/v1/projects/{secret}", f"/projects/caf%C3%A9/{secret}"):
        assert ada.ask(path)[0] == 404
    for path in (f"/sign-in/{link}%C2%BB", f"/sign-in/{link}%0A", f"/{link}/%F0%9F%91%A9"):
        assert ada.ask(path)[0] == 404
    for token in (f"Bearer {secret}x", f"Bearer {secret} {secret}", f"Bearer {FIGURES}"):
        assert ada.ask("/api/v1/projects", token=token)[0] == 401
    assert ada.ask("/sign-in", form={"login": secret, "password": PASSWORD})[0] in {200, 302}
    for method, path in (("POST", "projects"), ("PUT", "me/preferences"), ("PATCH", secret)):
        for body in (json.dumps({secret: link, "slug": PASSWORD}), f'{{"{secret}": "{link}'):
            status = ada.browser.request(method, f"/api/v1/{path}", body.encode(), JSON)[0]
            assert 400 <= status < 500, (method, path)
    forged = {"X-CSRFToken": "x" * 32, **FORM}
    for path in (f"/sign-in/{link}", f"/sign-in/{link}%C2%BB"):
        assert ada.browser.request("POST", path, b"", forged)[0] in {403, 404}


def malformed(ada: Holder) -> None:
    """What is no HTTP, so that the server itself refuses it."""
    asked, host = "GET /sign-in HTTP/1.1", "Host: 127.0.0.1"
    session = f"Cookie: sessionid={ada.secrets['session']}; csrftoken={ada.protection}"
    ada.raw(asked, host, f"Authorization Bearer {ada.token}")
    ada.raw(asked, host, f"Authori zation: Bearer {ada.token}")
    ada.raw(asked, host, f"Bearer {ada.token}: x")
    ada.raw(asked, host, "X: y", f" {session}")
    ada.raw(asked, host, session.replace(": ", ":\0"))
    ada.raw(asked, host, f"Expect: {ada.token}")
    ada.raw(asked, host, f"Transfer-Encoding: {ada.token}")
    ada.raw(f"GET /sign-in/{ada.link} and more HTTP/1.1", host)
    ada.raw(f"GET /sign-in/{ada.link}", host)
    ada.raw(f"GET /sign-in/{ada.link} HTTP/1.{ada.token}", host)
    ada.raw(f"{ada.token} /sign-in HTTP/1.1", host)
    ada.raw(f"GET /{ada.link * 200} HTTP/1.1", host)
    ada.raw("POST /sign-in HTTP/1.1", host, "Transfer-Encoding: chunked", "", ada.token)


def broken(ada: Holder) -> None:
    """A fault of our own, whose trace stands in the log."""
    with gone(ada.running, "annotations_apitoken"):
        assert ada.ask("/api/v1/projects", token=f"Bearer {ada.token}")[0] == 500
    with gone(ada.running, "annotations_signinlink"):
        assert ada.ask(f"/sign-in/{ada.link}")[0] == 500
    with gone(ada.running, "annotations_user"):
        assert ada.ask("/account")[0] == 500
        assert ada.ask("/sign-in", form={"login": "ada", "password": PASSWORD})[0] == 500
    with gone(ada.running, "django_session"):
        assert ada.ask("/account")[0] == 500


def written(running: Installation) -> Iterator[tuple[str, str]]:
    """By file: what all processes have said, PostgreSQL's log and whatever else lies about as text."""
    yield "said", running.said
    closed = (running.data / "postgres").resolve()
    yield "PostgreSQL", (closed / "log").read_text(errors="replace")
    for path in running.data.rglob("*"):
        kept = path.name == "secret_key" or "postgres" in path.parts or "static" in path.parts
        if path.is_file() and not kept:
            yield path.name, path.read_bytes().decode(errors="replace")


def found(ada: Holder, *, but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Which secrets stand where."""
    return [
        (name, place)
        for place, text in written(ada.running)
        for name, secret in ada.secrets.items()
        if secret in text and name not in but
    ]


def test_no_secret_is_written_down(running: Installation) -> None:
    ada = Holder(running)
    for event in (as_it_should_be, mistaken, malformed, broken):
        event(ada)
    assert found(ada) == []
    told = [json.loads(line) for line in running.said.splitlines() if line.startswith("{")]
    assert {"django.request", "django.security.csrf", "gunicorn.error"} <= {
        each["logger"] for each in told
    }
    assert any("sign-in/<str:token>" in each["message"] for each in told)
    assert any("Traceback" in each.get("trace", "") for each in told)
    assert "ERROR" in dict(written(running))["PostgreSQL"]


def test_not_even_where_postgresql_writes_down_every_statement(running: Installation) -> None:
    """It sees digests. Not so of sessions, which it finds by their names; they end, and can be ended."""
    with owner(running) as admin:
        for setting in EVERYTHING:
            admin.execute(f"ALTER SYSTEM SET {setting}")
        admin.execute("SELECT pg_reload_conf()")
    ada = Holder(running)
    for event in (as_it_should_be, broken):
        event(ada)
    log = dict(written(running))["PostgreSQL"]
    assert fingerprint(ada.token) in log
    assert fingerprint(ada.link) in log
    assert found(ada, but=frozenset({"session"})) == []
