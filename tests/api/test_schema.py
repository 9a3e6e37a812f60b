"""The description of the API is that of the API: every route and verb, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema

from annotations.api.asking import described
from annotations.api.schema.description import PARTS, description, paths
from tests.cast import Cast
from tests.security.table import rows
from tests.security.test_routes import ROUTES, methods_of

OF_API = {path: pattern for path, pattern in ROUTES.items() if path.startswith("/api/")}
SAID = (
    "{} {}: write it down in annotations/api/schema/, in the module of its part (`PATHS`: a `verb` "
    "with its answers, parameters, body and further refusals)."
)


def test_every_route_and_verb_is_described() -> None:
    for path, pattern in OF_API.items():
        wanted = methods_of(pattern) or {method for method, row, _ in rows() if row == path}
        for method in wanted:
            assert method.lower() in paths().get(path, {}), SAID.format(method, path)


def test_nothing_is_described_that_is_not_there() -> None:
    known = {(method, path) for method, path, _ in rows()}
    for path, verbs in paths().items():
        for method in verbs:
            assert (method.upper(), path) in known, f"{method.upper()} {path} has no route."


def test_routes_find_their_description() -> None:
    """By the same names, for that is where the parameters come from that a route takes."""
    for path, pattern in OF_API.items():
        route = "api/v1/" + str(pattern.pattern)
        assert described(route) == path


def test_it_is_openapi() -> None:
    validate_schema(description())


def test_every_name_that_it_refers_to_is_there() -> None:
    kinds, answers = (description()["components"][each] for each in ("schemas", "responses"))
    known = {f"#/components/schemas/{name}" for name in kinds}
    known |= {f"#/components/responses/{name}" for name in answers}
    assert refs(description()) <= known


def refs(said: Any) -> set[str]:
    if isinstance(said, dict):
        found = {said["$ref"]} if "$ref" in said else set()
        return found.union(*map(refs, said.values()))
    return set().union(*map(refs, said)) if isinstance(said, list) else set()


def test_no_kind_is_described_twice() -> None:
    names = [name for part in PARTS for name in part.SCHEMAS]
    assert len(names) == len(set(names))
    verbs = [(path, verb) for part in PARTS for path, told in part.PATHS.items() for verb in told]
    assert len(verbs) == len(set(verbs))


def test_it_is_served_to_whoever_asks_and_not_sent_twice(client: Client) -> None:
    answer = client.get("/api/v1/schema")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["openapi"].startswith("3.1")
    again = client.get("/api/v1/schema", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_has_every_route_without_a_script(client: Client, db: None, language: str) -> None:
    page = client.get("/api/v1/docs", headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{language}">' in page
    for path, verbs in paths().items():
        assert f"<code>{path}</code>" in page
        assert len(verbs) <= page.count(f"<code>{path}</code>")
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_what_is_not_described_is_refused_by_its_name(cast: Cast, client: Client) -> None:
    client.force_login(cast.mia)
    for path in ("/api/v1/projects", f"/api/v1/projects/{cast.project.slug}/documents"):
        answer = client.get(path, {"langauge": "en"})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "langauge"
        assert "limit" in answer.json()["detail"]
