"""Whatever goes wrong below /api/ is said as application/problem+json."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from annotations.api import projects
from tests.cast import Cast


def of(answer: Any) -> tuple[int, str]:
    """The status and the type, once the shape is checked."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["title"]
    assert said["detail"]
    return answer.status_code, said["type"]


def test_a_route_that_is_none(client: Client) -> None:
    assert of(client.get("/api/v1/nothing-here")) == (404, "not-found")
    assert of(client.get("/api/v1/documents/not-a-uuid")) == (404, "not-found")
    assert of(client.post("/api/v9/projects")) == (404, "not-found")


def test_a_page_that_is_none_stays_a_page(client: Client, db: None) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["projects", f"annotations/{UUID(int=7)}", "me/preferences"])
def test_a_verb_that_a_route_has_not(cast: Cast, client: Client, path: str) -> None:
    client.force_login(cast.mia)
    answer = client.generic("TRACE", f"/api/v1/{path}")
    assert of(answer)[0] == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_says_nothing_of_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("the secret of the inside")

    monkeypatch.setattr(projects, "project_for", broken)
    client = Client(raise_request_exception=False)
    client.force_login(cast.mia)
    answer = client.get(f"/api/v1/projects/{cast.project.slug}")
    assert of(answer) == (500, "server-error")
    assert b"secret" not in answer.content


def test_a_format_that_there_is_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.mia)
    answer = client.get("/api/v1/projects", headers={"Accept": "application/xml"})
    assert of(answer) == (406, "not_acceptable")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b'{"name": "a\\u0000b"}', "application/json", 422),
        (b'{"name": "\\ud800"}', "application/json", 422),
        (b'{"name": 1e999}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"name": "a", "slug": "b"}', "application/json", 422),
    ],
)
def test_a_body_that_is_none(
    cast: Cast, client: Client, body: bytes, kind: str, status: int
) -> None:
    client.force_login(cast.mia)
    path = f"/api/v1/projects/{cast.project.slug}"
    assert of(client.generic("PATCH", path, body, content_type=kind))[0] == status


def test_a_body_that_is_too_large(cast: Cast, client: Client) -> None:
    client.force_login(cast.mia)
    body = b'{"name": "' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    path = f"/api/v1/projects/{cast.project.slug}"
    answer = client.generic("PATCH", path, body, content_type="application/json")
    assert of(answer) == (413, "too-large")


def test_who_is_not_signed_in_is_told_how(client: Client, db: None) -> None:
    for path in ("projects", f"annotations/{uuid4()}"):
        answer = client.get(f"/api/v1/{path}")
        assert of(answer)[0] == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_no_other_origin_is_let_in(cast: Cast, client: Client) -> None:
    """Neither the answer nor a preflight says that another site's scripts may read it."""
    client.force_login(cast.mia)
    foreign = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for path in ("projects", "schema", f"annotations/{uuid4()}", "csrf"):
        for answer in (
            client.get(f"/api/v1/{path}", headers=foreign),
            client.options(f"/api/v1/{path}", headers=foreign),
        ):
            told = [name for name in answer.headers if name.startswith("Access-Control")]
            assert told == []
