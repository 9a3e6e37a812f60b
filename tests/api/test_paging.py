"""Every list comes by the page: complete, in one order, by a cursor that was given here."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from django.test import Client

from annotations.corpus.models import Import
from annotations.project.members import enrol
from annotations.project.models import Project, Role
from tests.cast import Cast, assignment, batch, document

LISTS = ("documents", "batches", "imports", "releases", "assignments")


@pytest.fixture
def mia(cast: Cast, client: Client) -> Client:
    """Who has five of everything but releases, and codes too."""
    enrol(cast.mia, cast.project, roles=[Role.ANNOTATOR])
    texts = [document(cast.project, f"Day {day}.\n") for day in range(5)]
    for day, text in enumerate(texts):
        round_ = batch(cast.project, cast.edition, [text], name=f"Round {day}")
        assignment(round_, text, cast.coder(cast.mia))
        Import.objects.create(project=cast.project, by=cast.coder(cast.mia))
        enrol(cast.mia, Project.objects.create(slug=f"p{day}", name="Other"), roles=[Role.READER])
    client.force_login(cast.mia)
    return client


def walked(client: Client, address: str) -> list[Any]:
    """What all pages hold, two rows each."""
    found: list[Any] = []
    following: str | None = f"{address}?limit=2"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        assert len(answer.json()["results"]) <= 2
        found += answer.json()["results"]
        following = answer.json()["next"]
    return found


@pytest.mark.parametrize("name", ["documents", "batches", "imports", "assignments"])
def test_pages_are_complete_and_in_one_order(mia: Client, cast: Cast, name: str) -> None:
    address = f"/api/v1/projects/{cast.project.slug}/{name}"
    whole = [each["id"] for each in mia.get(address).json()["results"]]
    assert len(whole) == 5
    assert [each["id"] for each in walked(mia, address)] == whole


def test_projects_come_by_the_page_with_their_roles(mia: Client) -> None:
    found = walked(mia, "/api/v1/projects")
    assert [each["slug"] for each in found] == ["labs", "p0", "p1", "p2", "p3", "p4"]
    assert [each["roles"] for each in found] == [["annotator", "manager"], *[["reader"]] * 5]


def test_neighbours_of_an_assignment_are_those_of_the_list(mia: Client, cast: Cast) -> None:
    """Also across the edges of a page."""
    found = walked(mia, f"/api/v1/projects/{cast.project.slug}/assignments")
    ids = [each["id"] for each in found]
    assert [each["previous"] for each in found] == [None, *ids[:-1]]
    assert [each["next"] for each in found] == [*ids[1:], None]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "AAAA", "123e4567-e89b-12d3-a456-426614174000", "%00"]
    + [b64encode(each).decode() for each in (b"p=abc", b"p=-1", b"p=9" + b"9" * 25, b"q=1")],
)
def test_a_cursor_that_was_not_given_is_400(
    mia: Client, cast: Cast, name: str, cursor: str
) -> None:
    answer = mia.get(f"/api/v1/projects/{cast.project.slug}/{name}", {"cursor": cursor})
    assert answer.status_code == 400, answer.content


@pytest.mark.parametrize("name", [*LISTS, "coded"])
@pytest.mark.parametrize("limit", ["0", "501", "-1", "two", "", "1e2", "9" * 5000, "١"])
def test_a_limit_is_a_number_to_500(mia: Client, cast: Cast, name: str, limit: str) -> None:
    answer = mia.get(f"/api/v1/projects/{cast.project.slug}/{name}", {"limit": limit})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "limit"
