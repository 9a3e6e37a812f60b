"""No other site makes a browser do anything: neither by a form nor by a link."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast import Cast
from tests.security.places import READ, UNSAFE
from tests.security.test_routes import things

# A browser's own report has no token, and a line of the log is all it does.
WITHOUT_TOKEN = {("POST", "/policy-violations")}


# What a form of any site can send, and what a script of ours does.
BODIES = {
    "application/x-www-form-urlencoded": "sure=on",
    "text/plain": "{}",
    "multipart/form-data; boundary=b": '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
    "application/json": "{}",
    "application/x-ndjson": "{}",
}


@pytest.mark.parametrize("person", ["nobody", "mia", "ada"])
def test_nothing_is_done_without_the_token_of_the_page(cast: Cast, person: str) -> None:
    named = things(cast)
    client = Client(enforce_csrf_checks=True)
    if person != "nobody":
        client.force_login(getattr(cast, person))
    # Over REST whoever has no session has nothing that could be used: 401, or 422 before that.
    fine = {403, 415} if person != "nobody" else {403, 415, 401, 422}
    for method, path in UNSAFE:
        if (method, path) not in WITHOUT_TOKEN:
            address = path.format(**named)
            got = {
                client.generic(method, address, body, content_type=kind).status_code
                for kind, body in BODIES.items()
            }
            assert got <= fine, (method, path, got)
            assert got != {415}, (method, path)


def test_a_token_of_a_page_does_not_help_a_page_of_elsewhere(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mia)
    token = client.get("/api/v1/csrf").json()["token"]
    for origin, wanted in (("http://testserver", 302), ("https://evil.example", 403)):
        said = {"language": "fr", "csrfmiddlewaretoken": token}
        answer = client.post("/language", said, headers={"Origin": origin})
        assert answer.status_code == wanted


def test_over_https_a_page_of_elsewhere_is_told_by_its_referer_too(
    cast: Cast, settings: Settings
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.mia)
    token = client.get("/api/v1/csrf").json()["token"]
    said = {"language": "fr", "csrfmiddlewaretoken": token}
    for headers in ({}, {"Referer": "https://evil.example/"}):
        assert client.post("/language", said, secure=True, headers=headers).status_code == 403


WRITES = ("INSERT", "UPDATE", "DELETE")
# What a visit may leave: how often one asked, when one was here, what one is told once.
OF_A_VISIT = (
    "workbench_limit",
    "workbench_try",
    "django_session",
    "usersessions_usersession",
    "procrastinate_",
)


def test_no_link_does_anything(cast: Cast) -> None:
    """GET is safe, as RFC 9110 §9.2.1 has it: a picture on another site may ask it."""
    named, changed = things(cast), []
    client = Client(raise_request_exception=False)
    client.force_login(cast.mia)
    for path in READ:
        before = transaction.savepoint()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(path.format(**named))
        changed += [(path, sql) for sql in writes(asked) if not any(t in sql for t in OF_A_VISIT)]
        transaction.savepoint_rollback(before)
    assert changed == []


def writes(asked: Any) -> list[str]:
    return [each["sql"] for each in asked if each["sql"].lstrip().upper().startswith(WRITES)]
