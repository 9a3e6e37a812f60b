"""Rounds over REST: previewed, made, listed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from annotations.assignment.models import Batch
from annotations.assignment.seats import Seat
from annotations.corpus.models import Document, Story
from tests import cast as made
from tests.assignment.rounds import texts
from tests.cast import Cast

ADDRESS = "/api/v1/projects/labs/batches"


@pytest.fixture
def mia(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mia)
    return client


@pytest.fixture
def documents(cast: Cast) -> list[Document]:
    return texts(cast, 3)


def posted(client: Client, documents: list[Document], **changed: Any) -> Any:
    asked = {
        "name": "Main 1",
        "kind": "main",
        "documents": [str(each.uuid) for each in documents],
        "allocation": "planned",
        "seed": 7,
        **changed,
    }
    return client.post(ADDRESS, json.dumps(asked), content_type="application/json")


def test_a_preview_says_it_all_and_writes_nothing(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    story = Story.objects.create(project=cast.project, title="Nights")
    Document.objects.filter(pk__in=[each.pk for each in documents[:2]]).update(story=story)
    ada, ben = (cast.coder(user).pseudonym for user in (cast.ada, cast.ben))
    answer = posted(mia, documents, preview=True)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["seed"], said["documents"], said["allocation"]) == (7, 3, "planned")
    assert [load["coder"] for load in said["loads"]] == [ada, ben]
    assert said["pairs"] == [{"coders": [ada, ben], "documents": 2}]
    ids = [str(each.uuid) for each in documents]
    assert said["stories"] == [{"title": "Nights", "documents": ids[:2]}]
    [gap] = said["unseated"]
    assert gap["document"] in ids[:2]
    assert (gap["slots"], gap["reasons"]) == (2, [{"reason": "story", "people": 2}])
    assert len(said["seats"]) == 4
    assert not Batch.objects.exists()


def test_the_round_has_the_seats_of_its_preview(mia: Client, documents: list[Document]) -> None:
    shown = posted(mia, documents, slots=1, preview=True).json()
    answer = posted(mia, documents, slots=1, fingerprint=shown["fingerprint"], open=True)
    assert answer.status_code == 201
    rows = Seat.objects.values_list("document__uuid", "slot", "coder__pseudonym")
    assert {(str(uuid), slot, coder) for uuid, slot, coder in rows} == {
        (seat["document"], seat["slot"], seat["coder"]) for seat in shown["seats"]
    }
    assert mia.get(ADDRESS).json()["results"] == [answer.json()]
    assert answer.json()["open_to_all"] is False


def test_a_fingerprint_that_fits_no_more_is_412(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    shown = posted(mia, documents, preview=True).json()
    Document.objects.filter(pk=documents[0].pk).update(language="fr")
    answer = posted(mia, documents, fingerprint=shown["fingerprint"])
    assert (answer.status_code, answer.json()["type"]) == (412, "plan-changed")
    assert not Batch.objects.exists()


def test_hands_are_taken_by_pseudonym_and_told(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    one = str(documents[0].uuid)
    hand = {
        "coder": cast.coder(cast.ada).pseudonym,
        "most": 2,
        "languages": ["en"],
        "excluded": [one],
    }
    answer = posted(mia, documents, hands=[hand], slots=1, checked_share=0.2, same_story=True)
    assert answer.status_code == 201
    said = answer.json()
    left = {"left_at": None, "left_reason": "", "replaced_by": None}
    assert said["hands"] == [{**hand, **left}]
    assert (said["checked_share"], said["same_story"]) == (0.2, True)
    assert Seat.objects.count() == 2


def test_what_is_not_said_is_a_queue_for_everyone(mia: Client, documents: list[Document]) -> None:
    said = posted(mia, documents, allocation="queue").json()
    assert (said["allocation"], said["open_to_all"], said["hands"]) == ("queue", True, [])
    assert (said["slots"], said["checked_share"]) == (2, 0.05)
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    "fault",
    [
        {"allocation": "lottery"},
        {"allocation": 1},
        {"hands": "all"},
        {"hands": ["ada"]},
        {"hands": [{"coder": "nobody"}]},
        {"hands": [{"coder": []}]},
        {"checked_share": "5"},
        {"checked_share": 2},
        {"checked_share": float("nan")},
        {"same_story": "yes"},
        {"preview": 1},
        {"fingerprint": 7},
    ],
)
def test_a_plan_with_a_fault_is_422(
    mia: Client, documents: list[Document], fault: dict[str, Any]
) -> None:
    answer = posted(mia, documents, **fault)
    assert answer.status_code in (400, 422), fault
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    "fault",
    [{"most": 0}, {"most": "2"}, {"languages": "en"}, {"languages": [1]}, {"excluded": ["x"]}],
)
def test_a_hand_with_a_fault_is_422(
    cast: Cast, mia: Client, documents: list[Document], fault: dict[str, Any]
) -> None:
    hand = {"coder": cast.coder(cast.ada).pseudonym, **fault}
    assert posted(mia, documents, hands=[hand]).status_code == 422
    assert posted(mia, documents, hands=[hand], preview=True).status_code == 422


def test_only_managers_see_and_make_previews(cast: Cast, documents: list[Document]) -> None:
    for user, status in ((cast.ada, 403), (cast.cleo, 403), (cast.dag, 404)):
        client = Client()
        client.force_login(user)
        assert posted(client, documents, preview=True).status_code == status


def test_a_hand_of_another_project_is_unknown_here(
    cast: Cast, mia: Client, documents: list[Document]
) -> None:
    other = made.Project.objects.create(slug="other", name="Other")
    foreign = made.document(other, "Foreign.")
    hand = {"coder": cast.coder(cast.ada).pseudonym, "excluded": [str(foreign.uuid)]}
    assert posted(mia, documents, hands=[hand]).status_code == 422
