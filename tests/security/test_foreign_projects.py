"""Whoever may do everything in one project may do nothing in another, by whatever address."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from annotations.assignment.models import Assignment, BatchDocument
from annotations.coding.models import Annotation
from annotations.coding.remarks import Comment, Flag
from annotations.project.members import enrol
from annotations.project.models import Role
from tests.cast import Cast, body_of
from tests.security.places import another_project
from tests.security.table import rows
from tests.security.test_routes import status, things


@pytest.fixture
def ours(cast: Cast) -> dict[str, str]:
    """mia holds every role here."""
    enrol(cast.mia, cast.project, roles=list(Role))
    return things(cast)


@pytest.fixture
def theirs(cast: Cast) -> dict[str, str]:
    return things(another_project())


def asked(cast: Cast, method: str, path: str) -> int:
    before = transaction.savepoint()
    try:
        return status(method, path, "mia", cast)
    finally:
        transaction.savepoint_rollback(before)


def test_to_others_with_every_role_elsewhere_one_is_an_outsider(
    cast: Cast, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    got, wanted = {}, {}
    for method, path, by_person in rows():
        if "{" in path:
            got[method, path] = asked(cast, method, path.format(**theirs))
            wanted[method, path] = by_person["dag"]
    assert got == wanted


PLACES = ("document", "pair", "freezing", "label")


def test_the_slug_of_ones_own_project_opens_nothing_of_another(
    cast: Cast, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    mixed = {**theirs, "slug": ours["slug"]}
    found = 0
    for method, path, _ in rows():
        if "{slug}" in path and any(f"{{{name}}}" in path for name in PLACES):
            found += 1
            assert asked(cast, method, path.format(**mixed)) == 404, (method, path)
    assert found >= 7


def test_the_slug_of_another_project_opens_nothing_of_ones_own(
    cast: Cast, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    mixed = {**ours, "slug": theirs["slug"]}
    for method, path, _ in rows():
        if "{slug}" in path:
            assert asked(cast, method, path.format(**mixed)) == 404, (method, path)


def send(client: Client, method: str, path: str, body: Any) -> int:
    answer = client.generic(
        method,
        path,
        json.dumps(body),
        content_type="application/json",
        headers={"If-None-Match": "*", "Idempotency-Key": str(uuid4())},
    )
    return int(answer.status_code)


def bodies(named: dict[str, str]) -> list[tuple[str, str, dict[str, Any]]]:
    """Things to do over REST to what `named` names; each would be done for whoever may."""
    work = Assignment.objects.get(uuid=named["assignment"])
    at = {"assignment": named["assignment"], "passage": 0}
    batch = {"name": "More", "kind": "main", "slots": 1, "documents": [named["document"]]}
    return [
        ("PUT", f"/api/v1/annotations/{uuid4()}", body_of(work, "pay", stance="against")),
        ("PUT", f"/api/v1/comments/{uuid4()}", {**at, "text": "Is it?"}),
        ("PUT", f"/api/v1/flags/{uuid4()}", {**at, "kind": "discuss", "note": "Why?"}),
        ("POST", "/api/v1/projects/labs/batches", batch),
    ]


def test_no_body_reaches_into_another_project(
    cast: Cast, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    enrol(cast.ada, cast.project, roles=list(Role))
    client = Client()
    client.force_login(cast.ada)
    for foreign, own in zip(bodies(theirs), bodies(ours), strict=True):
        before = transaction.savepoint()
        assert send(client, *own) in {200, 201}, own
        transaction.savepoint_rollback(before)
        assert send(client, *foreign) in {403, 404, 422}, foreign
    for model in (Annotation, Comment, Flag, BatchDocument):
        assert model._default_manager.count() == 2 * (model in {Annotation, BatchDocument})
