"""Opening a document: the short way of one's own coding, and the long way of everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.corpus.models import Passage
from annotations.project.accounts import create_token
from tests.api.test_saving import browser_of, put
from tests.cast import Cast, assignment, batch, body_of, document

TEXT = 'Nights in the lab.\nThe "pay" is good 👩‍🔬.\nBy Ada'


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT, zones=["body", "body", "boilerplate"])
    Passage.objects.filter(document=text, index=2).update(zone_reason="byline")
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


def address(work: Assignment) -> str:
    return f"/api/v1/documents/{work.document.uuid}?assignment={work.uuid}"


def shouted(work: Assignment) -> str:
    """The same, as the short way does not know it."""
    return f"/api/v1/documents/{work.document.uuid}?assignment={str(work.uuid).upper()}"


def test_both_ways_say_the_same(cast: Cast, work: Assignment) -> None:
    ada = browser_of(cast.ada)
    put(ada, body_of(work, '"pay" is good 👩‍🔬', stance="favor", memo='says "good"\n', certainty=2))
    put(ada, body_of(work, "Nights", holder={"kind": "person", "name": "Wu"}))
    short, long = ada.get(address(work)), ada.get(shouted(work))
    assert short.json() == long.json()
    assert short["ETag"] == long["ETag"]
    assert [each["quote"] for each in short.json()["annotations"]] == [
        "Nights",
        '"pay" is good 👩‍🔬',
    ]
    assert short.json()["text"] == TEXT


def test_what_is_opened_is_what_the_assignment_and_the_saves_said(
    cast: Cast, work: Assignment
) -> None:
    ada = browser_of(cast.ada)
    saved = put(ada, body_of(work, "lab", stance="mixed")).json()
    opened = ada.get(address(work)).json()
    assert opened["assignment"] == ada.get(f"/api/v1/assignments/{work.uuid}").json()
    assert opened["annotations"] == [saved]


@pytest.mark.parametrize("state", ["expired", "in_progress"])
def test_what_was_saved_too_late_is_marked_so(cast: Cast, work: Assignment, state: str) -> None:
    ada = browser_of(cast.ada)
    saved = put(ada, body_of(work, "lab"))
    work.state = state
    work.save()
    uuid = saved.json()["id"]
    put(ada, body_of(work, "lab", memo="after all"), uuid=uuid, base=1)
    put(ada, body_of(work, "pay"))
    said = {each["quote"]: each["late"] for each in ada.get(address(work)).json()["annotations"]}
    assert said == dict.fromkeys(("lab", "pay"), state == "expired")


def test_opening_ones_own_coding_takes_two_queries(
    cast: Cast, work: Assignment, django_assert_num_queries: Any
) -> None:
    ada = browser_of(cast.ada)
    with django_assert_num_queries(2):  # whose it is, and all of it
        assert ada.get(address(work)).status_code == 200


def test_reasons_are_said_in_the_language_of_the_request(cast: Cast, work: Assignment) -> None:
    ada = browser_of(cast.ada)
    english = ada.get(address(work))
    french = ada.get(address(work), headers={"Accept-Language": "fr"})
    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")
    reasons = [
        [each["zone_reason"] for each in answer.json()["passages"]] for answer in (english, french)
    ]
    assert reasons == [["", "", "byline"], ["", "", "signature"]]


def test_a_document_that_is_known_is_304(cast: Cast, work: Assignment) -> None:
    ada = browser_of(cast.ada)
    known = {"If-None-Match": ada.get(address(work))["ETag"]}
    assert ada.get(address(work), headers=known).status_code == 304
    put(ada, body_of(work, "lab"))
    assert ada.get(address(work), headers=known).status_code == 200


def test_somebody_elses_work_stays_unseen(cast: Cast, work: Assignment) -> None:
    said = {user.username: browser_of(user).get(address(work)) for user in (cast.ben, cast.dag)}
    assert {name: answer.status_code for name, answer in said.items()} == {"ben": 404, "dag": 404}
    assert Client().get(address(work)).status_code == 401


def test_an_assignment_to_another_document_opens_neither(cast: Cast, work: Assignment) -> None:
    other = document(cast.project, "Another text.", title="Another")
    path = f"/api/v1/documents/{other.uuid}?assignment={work.uuid}"
    assert browser_of(cast.ada).get(path).status_code == 404


def test_who_sees_all_documents_reads_it_without_annotations(cast: Cast, work: Assignment) -> None:
    put(browser_of(cast.ada), body_of(work, "lab"))
    opened = browser_of(cast.mia).get(f"/api/v1/documents/{work.document.uuid}").json()
    assert (opened["assignment"], opened["annotations"], opened["text"]) == (None, [], TEXT)


def test_a_token_opens_the_same_and_its_use_is_noted(cast: Cast, work: Assignment) -> None:
    made = create_token(cast.ada, name="reader", scopes=["read"], now=timezone.now())
    with_token = Client().get(address(work), headers={"Authorization": f"Bearer {made.secret}"})
    assert with_token.json() == browser_of(cast.ada).get(address(work)).json()
    made.row.refresh_from_db()
    assert made.row.last_used_at is not None
