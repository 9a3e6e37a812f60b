"""A token for some projects finds no others, by whatever route; what it may there is as always."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation
from annotations.project.accounts import SCOPES, create_token
from annotations.project.members import enrol
from annotations.project.models import ApiToken, Role, User
from annotations.project.refusals import Invalid
from annotations.release.models import Release
from tests.api.test_frozen import release as release  # a fixture
from tests.cast import Cast, body_of
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus
from tests.security.places import another_project
from tests.security.table import rows
from tests.security.test_routes import things

OVER_REST = [row for row in rows() if row[1].startswith("/api/")]
# What belongs to no project, and what of it a token for some may not do.
OF_NONE = {("PUT", "/api/v1/me/preferences"): 403}


def tool(user: User, *projects: str) -> Client:
    """Comes with a token of all scopes; for these projects, where some are named."""
    made = create_token(
        user, name="tool", scopes=SCOPES, now=timezone.now(), projects=projects or None
    )
    headers = {"Authorization": f"Bearer {made.secret}"}
    return Client(raise_request_exception=False, headers=headers)


@pytest.fixture
def everywhere(cast: Cast) -> User:
    """ada, who has every role in `labs` and in `mills`."""
    mills = another_project()
    for project in (cast.project, mills.project):
        enrol(cast.ada, project, roles=list(Role))
    return cast.ada


def asked(client: Client, method: str, path: str) -> int:
    if method == "GET":
        return int(client.get(path).status_code)
    return int(client.generic(method, path, "{}", content_type="application/json").status_code)


def test_to_a_token_for_another_project_its_person_is_an_outsider(
    cast: Cast, everywhere: User
) -> None:
    """By every route of the table: what dag gets, who has no part in the project."""
    named = things(cast)
    limited, whole = tool(everywhere, "mills"), tool(everywhere)
    differing = 0
    for method, path, wanted in OVER_REST:
        address = path.format(**named)
        before = transaction.savepoint()
        got = asked(limited, method, address)
        transaction.savepoint_rollback(before)
        assert got == OF_NONE.get((method, path), wanted["dag"]), (method, path)
        differing += asked(whole, method, address) != got
        transaction.savepoint_rollback(before)
    assert differing > 30


def test_to_a_token_for_the_project_its_person_is_who_they_are(
    cast: Cast, everywhere: User
) -> None:
    named = things(cast)
    limited, whole = tool(everywhere, "labs"), tool(everywhere)
    for method, path, _wanted in OVER_REST:
        address = path.format(**named)
        got = []
        for client in (limited, whole):
            before = transaction.savepoint()
            got.append(asked(client, method, address))
            transaction.savepoint_rollback(before)
        wanted = OF_NONE.get((method, path), got[1])
        assert got[0] == wanted, (method, path)


def test_only_its_projects_are_listed(cast: Cast, everywhere: User) -> None:
    for projects in (["labs"], ["mills"], ["labs", "mills"]):
        told = tool(everywhere, *projects).get("/api/v1/projects").json()["results"]
        assert [each["slug"] for each in told] == projects
        assert all(len(each["roles"]) == len(Role) for each in told)


def test_no_project_is_begun_by_a_token_for_some(cast: Cast, everywhere: User) -> None:
    said = {"slug": "third", "name": "Third"}
    for projects, status in ((("labs", "mills"), 403), ((), 201)):
        client = tool(everywhere, *projects)
        answer = client.post("/api/v1/projects", said, content_type="application/json")
        assert answer.status_code == status


def save(client: Client, work: Assignment) -> Any:
    return client.put(
        f"/api/v1/annotations/{uuid4()}",
        body_of(work, "pay", stance="against"),
        content_type="application/json",
        headers={"If-None-Match": "*", "Idempotency-Key": str(uuid4())},
    )


def test_the_short_way_of_saving_knows_it_too(cast: Cast, everywhere: User) -> None:
    work = Assignment.objects.get(uuid=things(cast)["assignment"])
    known = Annotation.objects.count()
    assert save(tool(everywhere, "mills"), work).status_code == 404
    assert Annotation.objects.count() == known
    assert save(tool(everywhere, "labs"), work).status_code == 201


def test_the_short_way_of_a_frozen_file_knows_it_too(corpus: Corpus, release: Release) -> None:
    cast = corpus.cast
    mills = another_project()
    enrol(cast.rita, mills.project, roles=[Role.READER])
    path = f"/api/v1/projects/{cast.project.slug}/releases/v1/documents.jsonl"
    assert tool(cast.rita, cast.project.slug).get(path).status_code == 200
    assert tool(cast.rita, "mills").get(path).status_code == 404


def test_a_role_that_is_lost_is_lost_to_its_tokens(cast: Cast, everywhere: User) -> None:
    client = tool(everywhere, "labs")
    everywhere.memberships.filter(project=cast.project).delete()
    assert client.get("/api/v1/projects/labs").status_code == 404
    assert client.get("/api/v1/projects").json()["results"] == []


@pytest.mark.parametrize("projects", [[], ["mills"], ["labs", "mills"], ["no-such"], ["labs\x00"]])
def test_a_token_is_made_for_projects_of_its_person_only(cast: Cast, projects: list[str]) -> None:
    another_project()
    with pytest.raises(Invalid):
        create_token(cast.ada, name="t", scopes=["read"], now=timezone.now(), projects=projects)
    assert not ApiToken.objects.exists()


def test_a_token_for_no_project_is_none(cast: Cast) -> None:
    tool(cast.ada, "labs")
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(projects=[])
