"""The codebook to read."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.codebook.interchange import load_edition
from tests.cast import Cast
from tests.codebook.test_checking import small
from tests.fixtures.demonstration import BOOKS

ADDRESS = "/projects/labs/codebook"


def page(client: Client, address: str = ADDRESS, **headers: str) -> str:
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada)
    return client


@pytest.mark.parametrize("name", ["ada", "cleo", "mia", "rita"])
def test_every_member_reads_it(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))
    text = page(client)
    assert "Long hours" in text
    assert "burnout is acceptable." in text


def test_outsiders_get_404_and_strangers_the_door(cast: Cast, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(cast.dag)
    assert client.get(ADDRESS).status_code == 404


def test_both_editions_can_be_chosen(cast: Cast, ada: Client) -> None:
    load_edition(cast.project, {**BOOKS[2], "edition": 2}, by=None)
    assert "Horaires" not in page(ada)
    text = page(ada, f"{ADDRESS}?edition=2", **{"Accept-Language": "fr"})
    assert "Horaires à rallonge" in text
    assert 'id="talent_war"' in text
    assert '<blockquote lang="en">' in text
    assert ada.get(f"{ADDRESS}?edition=3").status_code == 404


def test_markup_in_a_codebook_is_shown_as_text(cast: Cast, ada: Client) -> None:
    data = small()
    hostile = "<script>alert(1)</script>"
    data["themes"][0]["name"] = {"en": hostile}
    data["themes"][0]["include"] = {"en": hostile}
    data["themes"][0]["examples"] = [{"text": hostile, "lang": '"><b>', "why": {"en": hostile}}]
    load_edition(cast.project, data, by=None)
    text = page(ada, f"{ADDRESS}?edition=2")
    assert "<script>alert" not in text
    assert '"><b>' not in text
    assert text.count("&lt;script&gt;") >= 4


def test_a_project_without_a_codebook_says_so(cast: Cast, client: Client) -> None:
    fresh = type(cast.project).objects.create(slug="fresh", name="Fresh")
    fresh.memberships.create(user=cast.ada, role="annotator")
    client.force_login(cast.ada)
    assert "No codebook yet" in page(client, "/projects/fresh/codebook")
