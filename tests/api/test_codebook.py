"""The codebook over HTTP: members read it, managers draft the next edition."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import load_edition
from annotations.codebook.models import Edition
from annotations.project.accounts import create_token
from annotations.project.models import User
from tests.cast import NOW, Cast
from tests.codebook.test_checking import small

ADDRESS = "/api/v1/projects/labs/codebook"


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def put(user: User, body: Any, **headers: str) -> HttpResponse:
    return browser_of(user).put(
        ADDRESS, body, content_type="application/json", headers=headers or None
    )


@pytest.mark.parametrize("name", ["ada", "cleo", "mia", "rita"])
def test_every_member_reads_the_edition_in_use(cast: Cast, name: str) -> None:
    said = browser_of(getattr(cast, name)).get(ADDRESS).json()
    assert (said["project"], said["edition"]) == ("labs", 1)
    assert said["themes"][1]["parent"] == "burnout"
    assert [each["edition"] for each in said["editions"]] == [1]


def test_outsiders_are_told_nothing(cast: Cast) -> None:
    assert browser_of(cast.dag).get(ADDRESS).status_code == 404
    assert Client().get(ADDRESS).status_code == 401
    assert put(cast.dag, small()).status_code == 404


def test_the_draft_is_read_by_its_number(cast: Cast) -> None:
    load_edition(cast.project, small(), by=None)
    browser = browser_of(cast.ada)
    assert browser.get(ADDRESS).json()["edition"] == 1
    draft = browser.get(f"{ADDRESS}?edition=2").json()
    assert (draft["edition"], draft["frozen_at"]) == (2, None)
    assert browser.get(ADDRESS, {"edition": "3"}).status_code == 404
    for no_number in ("two", "", "9" * 30):
        assert browser.get(ADDRESS, {"edition": no_number}).status_code == 422


def test_what_has_not_changed_is_304(cast: Cast) -> None:
    browser = browser_of(cast.ada)
    etag = browser.get(ADDRESS)["ETag"]
    again = browser.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_manager_drafts_the_next_edition(cast: Cast) -> None:
    made = put(cast.mia, small())
    assert (made.status_code, made.json()["edition"]) == (201, 2)
    changed = small()
    changed["themes"].pop()
    again = put(cast.mia, changed)
    assert (again.status_code, again.json()["edition"]) == (200, 2)
    assert len(again.json()["themes"]) == 2
    assert Edition.objects.get(number=2).created_by == cast.coder(cast.mia)


def test_what_get_gives_put_takes(cast: Cast) -> None:
    draft = put(cast.mia, small()).json()
    assert put(cast.mia, draft).json() == draft


@pytest.mark.parametrize("name", ["ada", "cleo", "rita"])
def test_others_do_not_draft(cast: Cast, name: str) -> None:
    assert put(getattr(cast, name), small()).status_code == 403
    assert Edition.objects.count() == 1


def test_faults_are_named_by_theme_and_field(cast: Cast) -> None:
    data = small()
    data["themes"][0]["code"] = "too long"
    answer = put(cast.mia, data)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "themes.burnout.code"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [[], None, 3, "codebook", {}])
def test_what_is_no_codebook_is_422(cast: Cast, body: Any) -> None:
    assert put(cast.mia, body).status_code in {400, 422}


def test_a_frozen_edition_is_409(cast: Cast) -> None:
    answer = put(cast.mia, {**small(), "edition": 1})
    assert (answer.status_code, answer.json()["type"]) == (409, "edition-frozen")


def test_two_managers_do_not_overwrite_one_another(cast: Cast) -> None:
    etag = browser_of(cast.mia).get(ADDRESS)["ETag"]
    assert put(cast.mia, small(), **{"If-Match": etag}).status_code == 201
    late = put(cast.mia, small(), **{"If-Match": etag})
    assert late.status_code == 412
    assert late.json()["current"]["edition"] == 2


def test_a_token_drafts_only_with_its_scope(cast: Cast) -> None:
    for scope, expected in (("read", 403), ("manage", 201)):
        made = create_token(cast.mia, name="t", scopes=[scope], now=timezone.now())
        answer = Client().put(
            ADDRESS,
            small(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {made.secret}"},
        )
        assert answer.status_code == expected


def test_before_the_first_edition_there_is_none(cast: Cast) -> None:
    fresh = type(cast.project).objects.create(slug="fresh", name="Fresh")
    fresh.memberships.create(user=cast.mia, role="manager")
    address = "/api/v1/projects/fresh/codebook"
    assert browser_of(cast.mia).get(address).status_code == 404


def test_a_frozen_draft_becomes_the_edition_in_use(cast: Cast) -> None:
    freeze(load_edition(cast.project, small(), by=None), now=NOW)
    assert browser_of(cast.ada).get(ADDRESS).json()["edition"] == 2


def test_what_differs_from_another_edition_is_told(cast: Cast) -> None:
    load_edition(cast.project, small(), by=None)
    said = browser_of(cast.ada).get(f"{ADDRESS}?edition=2&against=1").json()["differences"]
    kinds = {each["key"]: each["kind"] for each in said["changes"] if each["part"] == "themes"}
    assert (kinds["burnout"], kinds["hours"], kinds["compensation"]) == (
        "changed",
        "added",
        "removed",
    )
    assert "differences" not in browser_of(cast.ada).get(ADDRESS).json()
    assert browser_of(cast.ada).get(f"{ADDRESS}?against=9").status_code == 404
    assert browser_of(cast.rita).get(f"{ADDRESS}?edition=2&against=1").status_code == 200
