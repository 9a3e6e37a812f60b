"""The page of seats: people, documents, and what changes them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, Batch, State
from annotations.assignment.seats import Hand, Seat
from annotations.corpus.models import Document
from tests.assignment.rounds import QUEUE, joined, planned, seats_of, submitted, texts
from tests.cast import NOW, Cast


@pytest.fixture
def mia(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mia)
    return client


@pytest.fixture
def batch(cast: Cast) -> Batch:
    return planned(cast, texts(cast, 3))


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def did(client: Client, batch: Batch, do: str, **said: Any) -> str:
    """What the page says after a deed."""
    return words(client.post(f"/batches/{batch.uuid}/seats", {"do": do, **said}, follow=True))


def shown(client: Client, batch: Batch, show: str = "") -> set[str]:
    answer = client.get(f"/batches/{batch.uuid}/seats?show={show}")
    return {row.document.title for row in answer.context["rows"]}


def name(cast: Cast, user: str) -> str:
    return cast.coders[user].pseudonym


def test_the_page_says_who_sits_where(cast: Cast, mia: Client, batch: Batch) -> None:
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    said = words(mia.get(f"/batches/{batch.uuid}/seats"))
    assert "planned seats seed 7" in said
    assert "Ada submitted" in said
    assert "Ben not begun" in said


def test_documents_are_shown_by_their_state(cast: Cast, mia: Client, batch: Batch) -> None:
    every = {"Story 0", "Story 1", "Story 2"}
    first = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)).document.title
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    assert shown(mia, batch) == every
    assert shown(mia, batch, "open") == {held.document.title}
    assert shown(mia, batch, "free") == shown(mia, batch, "submitted") == set()
    submitted(claiming.claim_next(cast.project, by=cast.ben, now=NOW))
    assert shown(mia, batch, "submitted") == {first}
    did(mia, batch, "leave", coder=name(cast, "ada"), reason="Ill.")
    assert shown(mia, batch, "free") == every - {first}
    passed = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert passed is not None
    claiming.skip(passed, reason="Known.", by=passed.coder, now=NOW)
    assert shown(mia, batch, "skipped") == {passed.document.title}


def test_a_leaver_is_replaced(cast: Cast, mia: Client, batch: Batch) -> None:
    carl = cast.coder(joined(cast, "carl"))
    said = did(mia, batch, "leave", coder=name(cast, "ada"), reason="New job.")
    assert "Ada has left: 0 given back, 3 seats free." in said
    assert "Carl: 3 seats are taken." in did(
        mia, batch, "replace", coder=name(cast, "ada"), to=carl.pseudonym
    )
    assert len(seats_of(batch, carl)) == 3
    assert "New job. → Carl" in words(mia.get(f"/batches/{batch.uuid}/seats"))


def test_someone_joins_and_free_slots_are_seated(cast: Cast, mia: Client) -> None:
    batch = planned(cast, texts(cast, 3), slots=3)
    carl = cast.coder(joined(cast, "carl"))
    said = did(mia, batch, "join", coder=carl.pseudonym, most="2", languages="EN, fr")
    assert "Carl takes part." in said
    assert Hand.objects.get(coder=carl).languages == ["en", "fr"]
    assert "2 seats are taken. 1 slot stays free." in did(mia, batch, "seat")


def test_a_slot_is_handed_over(cast: Cast, mia: Client, batch: Batch) -> None:
    carl = cast.coder(joined(cast, "carl"))
    document = Document.objects.earliest("pk")
    where = {"document": str(document.uuid), "slot": "1", "to": carl.pseudonym}
    assert "Say why" in did(mia, batch, "hand", **where, reason=" ")
    said = did(mia, batch, "hand", **where, reason="Knows the field.")
    assert "The seat is now that of Carl." in said
    assert Seat.objects.standing().get(document=document, slot=1).coder == carl
    assert "already" in did(mia, batch, "hand", **{**where, "slot": "2"}, reason="Both.")


def test_a_submission_is_opened_again(cast: Cast, mia: Client, batch: Batch) -> None:
    work = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    where = {"document": str(work.document.uuid), "slot": str(work.slot)}
    assert "Say why" in did(mia, batch, "reopen", **where)
    assert "Ada can change the submission" in did(mia, batch, "reopen", **where, reason="Slip.")
    assert Assignment.objects.get(pk=work.pk).state == State.IN_PROGRESS
    assert "Nothing is submitted" in did(mia, batch, "reopen", **where, reason="Again.")


@pytest.mark.parametrize(
    ("do", "said", "told"),
    [
        ("drop", {}, "There is no such action."),
        ("leave", {"coder": "nobody"}, "Choose a person."),
        ("leave", {}, "Choose a person."),
        ("hand", {"to": "ada", "slot": "x"}, "Choose a slot."),
        ("hand", {"to": "ada", "slot": "1", "document": "x"}, "Choose a document."),
        ("hand", {"to": "ada", "slot": "٣", "document": "x"}, "Choose a document."),
        ("reopen", {"document": "x"}, "Choose a document."),
        ("join", {"coder": "ada", "most": "none"}, "The most that someone takes"),
        ("join", {"coder": "cleo"}, "They do not code in this project."),
    ],
)
def test_a_deed_with_a_fault_is_answered_in_words(
    cast: Cast, mia: Client, batch: Batch, do: str, said: dict[str, str], told: str
) -> None:
    known = {field: name(cast, who) if who in cast.coders else who for field, who in said.items()}
    assert told in did(mia, batch, do, **known)


def test_a_document_of_another_round_is_not_found(cast: Cast, mia: Client, batch: Batch) -> None:
    [other] = texts(cast, 1, of="Other")
    body = {"do": "hand", "document": str(other.uuid), "slot": "1", "to": name(cast, "ada")}
    assert mia.post(f"/batches/{batch.uuid}/seats", body).status_code == 404


def test_a_queue_for_everyone_says_so(cast: Cast, mia: Client) -> None:
    batch = planned(cast, texts(cast, 1), settings=QUEUE)
    said = words(mia.get(f"/batches/{batch.uuid}/seats"))
    assert "open queue for everyone who codes in the project" in said
    assert "Seat people in free slots" not in said


def test_a_page_has_twenty_documents(cast: Cast, mia: Client) -> None:
    batch = planned(cast, texts(cast, 21), slots=1)
    answer = mia.get(f"/batches/{batch.uuid}/seats")
    assert len(answer.context["rows"]) == 20
    assert "1 / 2" in words(answer)


def test_the_rounds_page_and_the_projects_say_when_it_will_be_done(
    cast: Cast, mia: Client, batch: Batch
) -> None:
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    said = words(mia.get(f"/batches/{batch.uuid}"))
    assert "one day of work is no pace yet" in said
    assert "Ada 1 / 3" in said
    page = mia.get("/projects/labs").content.decode()
    assert "Work over time" in page
    assert "<svg" in page
    ada = Client()
    ada.force_login(cast.ada)
    assert "Work over time" not in ada.get("/projects/labs").content.decode()
