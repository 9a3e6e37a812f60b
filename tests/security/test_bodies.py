"""What is sent to a route: nested, packed, repeated, or naming what is nobody's to say."""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from annotations.assignment.models import Assignment
from annotations.coding.bodies import ECHOED
from annotations.coding.models import Annotation
from annotations.project.models import Membership, Project, User
from tests.cast import Cast, body_of
from tests.security.table import rows
from tests.security.test_routes import things

OVER_REST = [(method, path) for method, path, _ in rows() if path.startswith("/api/")]
TAKE_JSON = [(method, path) for method, path in OVER_REST if method != "GET"]
CONDITIONS = {"If-None-Match": "*"}

BODIES: dict[str, bytes] = {
    "nested lists": b"[" * 100_000,
    "nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "closed nested lists": b"[" * 100_000 + b"]" * 100_000,
    "a list that is none": b"[1,2,3]",
    "a number": b"9" * 5_000,
    "a number without end": b'{"name": 1e99999999, "start": 1e400}',
    "no number": b'{"start": NaN, "end": Infinity}',
    "NUL": b'{"name": "a\\u0000b", "text": "\\u0000", "a\\u0000": 1}',
    "half a pair": b'{"name": "\\ud800", "text": "\\udfff", "\\ud800": 1}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "packed": gzip.compress(b'{"name": "x"}'),
    "nothing": b"",
    "null": b"null",
    "wide": json.dumps({f"k{n}": n for n in range(20_000)}).encode(),
    "of every wrong kind": json.dumps(
        {
            name: [{"a": None}]
            for name in ("name", "slug", "start", "kind", "documents", "text", "state", "themes")
        }
    ).encode(),
}


def manager(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.mia)
    return client


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_no_body_breaks_a_route(cast: Cast, body: bytes) -> None:
    named, mia, ada = things(cast), manager(cast), Client(raise_request_exception=False)
    ada.force_login(cast.ada)
    for method, path in TAKE_JSON:
        for client in (mia, ada):
            before = transaction.savepoint()
            said = {**CONDITIONS, "Idempotency-Key": str(uuid4())}
            address, kind = path.format(**named), "application/json"
            answer = client.generic(method, address, body, content_type=kind, headers=said)
            assert answer.status_code < 500, (method, path)
            transaction.savepoint_rollback(before)


def test_what_nests_without_end_is_not_valid(cast: Cast) -> None:
    client = manager(cast)
    for body in ("nested lists", "closed nested lists", "nested objects"):
        for method, path in (("POST", "projects"), ("PUT", "me/preferences")):
            answer = client.generic(
                method, f"/api/v1/{path}", BODIES[body], content_type="application/json"
            )
            assert answer.status_code == 400, (body, path)


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br", "zstd", "x-gzip, gzip"])
def test_a_packed_body_is_not_unpacked(cast: Cast, packed: str) -> None:
    """Ten megabytes of nothing are ten kilobytes."""
    client = manager(cast)
    bomb = gzip.compress(b'{"name": "x", "slug": "packed"' + b" " * 10_000_000 + b"}")
    answer = client.post(
        "/api/v1/projects",
        bomb,
        content_type="application/json",
        headers={"Content-Encoding": packed},
    )
    assert answer.status_code in {400, 415}
    assert not Project.objects.filter(slug="packed").exists()


@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 20 * 1024 * 1024])
def test_a_body_is_no_larger_than_it_may_be(cast: Cast, size: int) -> None:
    client = manager(cast)
    answer = client.post("/api/v1/projects", b" " * size, content_type="application/json")
    assert answer.status_code == 413


def test_what_is_said_twice_counts_as_json_has_it_the_last(cast: Cast) -> None:
    body = b'{"name": "One", "name": "Two", "slug": "twice"}'
    answer = manager(cast).post("/api/v1/projects", body, content_type="application/json")
    assert answer.status_code == 201
    assert Project.objects.get(slug="twice").name == "Two"


# Names of columns and of people that only the server says.
NOT_YOURS: dict[str, Any] = {
    "id": 1,
    "pk": 1,
    "by": "mia",
    "user": 1,
    "user_id": 1,
    "coder": "coder-02",
    "coder_id": 2,
    "project": "mills",
    "project_id": 2,
    "state": "submitted",
    "role": "manager",
    "roles": ["manager"],
    "is_staff": True,
    "is_superuser": True,
    "is_active": True,
    "created_at": "2001-01-01T00:00:00Z",
    "submitted_at": "2001-01-01T00:00:00Z",
    "author_kind": "machine",
    "revision": 7,
    "withdrawn_at": "2001-01-01T00:00:00Z",
    "operation": str(uuid4()),
    "__proto__": {"is_staff": True},
}


@pytest.mark.parametrize("name", NOT_YOURS)
def test_no_one_says_of_an_annotation_what_the_server_says(cast: Cast, name: str) -> None:
    named = things(cast)
    client = Client()
    client.force_login(cast.ada)
    work = Assignment.objects.get(uuid=named["assignment"])
    known, uuid = Annotation.objects.count(), uuid4()
    answer = client.put(
        f"/api/v1/annotations/{uuid}",
        {**body_of(work, "pay", stance="against"), name: NOT_YOURS[name]},
        content_type="application/json",
        headers={**CONDITIONS, "Idempotency-Key": str(uuid4())},
    )
    if name not in ECHOED:
        assert answer.status_code == 422
        assert Annotation.objects.count() == known
        return
    saved = answer.json()
    assert (saved["revision"], saved["id"]) == (1, str(uuid))
    assert not saved["created_at"].startswith("2001")


def test_no_one_raises_themselves_by_a_body(cast: Cast) -> None:
    named = things(cast)
    roles = set(Membership.objects.values_list("user", "project", "role"))
    people = list(User.objects.order_by("pk").values())
    for person in (cast.ada, cast.dag, cast.rita):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for method, path in TAKE_JSON:
            if path == "/api/v1/projects":
                continue  # whoever begins a project manages it
            client.generic(
                method,
                path.format(**named),
                json.dumps({**NOT_YOURS, "name": "x", "username": "root"}),
                content_type="application/json",
                headers={**CONDITIONS, "Idempotency-Key": str(uuid4())},
            )
        for path in ("/language", "/account/password", "/tokens", "/account/identities"):
            form = {name: str(value) for name, value in NOT_YOURS.items()}
            client.post(path, {**form, "language": person.language})
    assert set(Membership.objects.values_list("user", "project", "role")) == roles
    unnoted = ("last_login",)
    for before, now in zip(people, User.objects.order_by("pk").values(), strict=True):
        assert {k: v for k, v in before.items() if k not in unnoted} == {
            k: v for k, v in now.items() if k not in unnoted
        }


LOOKUPS = [
    "language__regex=%28a%2B%29%2B%24",
    "ordering=user__password",
    "ordering=-pk",
    "sort=created_by__password",
    "order_by=pk",
    "by__password__startswith=a",
    "coder__user__password__startswith=pbkdf2",
    "id__in=1,2",
    "project__slug=mills",
    "fields=password",
    "expand=user",
    "q__contains=x",
    "user__token__token_hash__startswith=a",
    "limit=1;DROP TABLE x",
    "limit=-1",
    "limit=99999999999999999999",
    "offset=0 UNION SELECT 1",
    "cursor=' OR 1=1--",
    "cursor=eyJhIjogMX0",
    "cursor=%00",
    "_method=DELETE",
    "format=api",
]


@pytest.mark.parametrize("query", LOOKUPS)
def test_what_is_not_described_is_refused_over_rest(cast: Cast, query: str) -> None:
    named, client = things(cast), manager(cast)
    told = {"/api/v1/schema", "/api/v1/docs"}
    for method, path, wanted in rows():
        if method == "GET" and path.startswith("/api/") and wanted["mia"] == 200:
            answer = client.get(f"{path.format(**named)}?{query}")
            fine = {200} if path in told else {400, 404, 422}
            assert answer.status_code in fine, path


@pytest.mark.parametrize("part", [0, 1], ids=["lookups", "values"])
def test_no_filter_and_no_ordering_of_a_page_reaches_the_tables(cast: Cast, part: int) -> None:
    """Pages pass over what they do not know."""
    named, client = things(cast), manager(cast)
    asked = [each for each in LOOKUPS if each.startswith(("limit", "cursor", "offset")) == part]
    for method, path, wanted in rows():
        if method == "GET" and not path.startswith("/api/") and wanted["mia"] == 200:
            answer = client.get(f"{path.format(**named)}?{'&'.join(asked)}")
            assert answer.status_code < 500, path


INJECTED = ["'", '"', "\\", "%", "_", "' OR '1'='1", "'; SELECT pg_sleep(30)--", "%' ESCAPE 'x"]
INJECTED += ["\\x00", "${jndi:ldap://x}", "{{7*7}}", "a" * 50_000, "(" * 3_000, "\ud7ff\uffff"]


@pytest.mark.parametrize("said", INJECTED)
def test_what_is_searched_for_is_text_and_never_a_statement(cast: Cast, said: str) -> None:
    things(cast)
    client = manager(cast)
    for path in ("/projects/labs/search", "/projects/labs/documents", "/projects/labs/coded"):
        for name in ("q", "language", "theme", "sort"):
            answer = client.get(path, {name: said})
            assert answer.status_code < 500, (path, name)
    answer = client.get("/api/v1/projects/labs/search", {"q": said})
    assert answer.status_code < 500
    if answer.status_code == 200:
        assert answer.json()["results"] == []
