"""In a retest people code again what they have coded, and nothing else."""

from __future__ import annotations

import pytest

from annotations.assignment.batching import add_documents
from annotations.assignment.claiming import claim_next
from annotations.assignment.models import Batch, BatchDocument
from annotations.assignment.planning import make_round, preview
from annotations.assignment.round_parts import Why
from annotations.assignment.seating import hand_over, join, leave, replace
from annotations.assignment.seats import Hand
from annotations.corpus.models import Document
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow
from tests import cast as made
from tests.assignment.rounds import (
    QUEUE,
    item,
    joined,
    part,
    plan,
    planned,
    seats_of,
    submitted,
    texts,
)
from tests.cast import NOW, Cast


def code(cast: Cast, document: Document, *people: User, name: str = "") -> Batch:
    """Submitted by these people, in a round of its own."""
    batch = made.batch(
        cast.project, cast.edition, [document], name=name or f"main {document.pk}", slots=3
    )
    for slot, who in enumerate(people, start=1):
        submitted(made.assignment(batch, document, cast.coder(who), slot=slot))
    Batch.objects.filter(pk=batch.pk).update(closed_at=NOW)
    return batch


def test_seats_are_of_those_who_coded_the_document(cast: Cast) -> None:
    carl = joined(cast, "carl")
    one, other, third = texts(cast, 3)
    code(cast, one, cast.ada, cast.ben)
    code(cast, other, cast.ben, carl)
    code(cast, third, cast.ada, carl)
    again = planned(cast, [one, other, third], name="Again", kind="retest")
    assert seats_of(again, cast.coder(cast.ada)) == {one.pk, third.pk}
    assert seats_of(again, cast.coder(cast.ben)) == {one.pk, other.pk}
    assert seats_of(again, cast.coder(carl)) == {other.pk, third.pk}


def test_a_document_that_fewer_people_coded_has_fewer_slots(cast: Cast) -> None:
    one, other = texts(cast, 2)
    code(cast, one, cast.ada)
    code(cast, other, cast.ada, cast.ben)
    asked = plan(cast, [one, other], name="Again", kind="retest")
    shown = preview(cast.project, asked, by=cast.mia)
    assert [each.slots for each in shown.items] == [1, 2]
    assert shown.allocation.unseated == ()
    again = make_round(cast.project, asked, by=cast.mia, now=NOW, expected=shown.fingerprint)
    found = dict(BatchDocument.objects.filter(batch=again).values_list("document", "slots"))
    assert found == {one.pk: 1, other.pk: None}


def test_what_nobody_submitted_is_refused_before_anything_is_made(cast: Cast) -> None:
    one, other = texts(cast, 2)
    code(cast, one, cast.ada)
    asked = plan(cast, [one, other], name="Again", kind="retest")
    for act in (
        lambda: preview(cast.project, asked, by=cast.mia),
        lambda: make_round(cast.project, asked, by=cast.mia, now=NOW),
    ):
        with pytest.raises(Invalid, match="Nobody has submitted “Story 1”"):
            act()
    assert not Batch.objects.filter(name="Again").exists()


def test_what_was_begun_and_never_submitted_is_not_coded(cast: Cast) -> None:
    (one,) = texts(cast, 1)
    batch = made.batch(cast.project, cast.edition, [one])
    made.assignment(batch, one, cast.coder(cast.ada))
    with pytest.raises(Invalid, match="coded before"):
        preview(cast.project, plan(cast, [one], name="Again", kind="retest"), by=cast.mia)


def test_a_queue_offers_each_only_their_own(cast: Cast) -> None:
    one, other = texts(cast, 2)
    code(cast, one, cast.ada)
    code(cast, other, cast.ben)
    planned(cast, [one, other], name="Again", kind="retest", settings=QUEUE)
    for who, own in ((cast.ben, other), (cast.ada, one)):
        claimed = claim_next(cast.project, by=who, now=NOW)
        assert claimed is not None
        assert claimed.document_id == own.pk
        submitted(claimed)
        assert claim_next(cast.project, by=who, now=NOW) is None


def test_documents_added_later_go_to_those_who_coded_them(cast: Cast) -> None:
    one, other = texts(cast, 2)
    code(cast, one, cast.ada, cast.ben)
    code(cast, other, cast.ben)
    again = planned(cast, [one], name="Again", kind="retest")
    add_documents(again, [other], by=cast.mia, now=NOW)
    assert seats_of(again, cast.coder(cast.ben)) == {one.pk, other.pk}
    assert seats_of(again, cast.coder(cast.ada)) == {one.pk}


def test_nobody_takes_over_what_they_did_not_code(cast: Cast) -> None:
    carl = joined(cast, "carl")
    one, other = texts(cast, 2)
    code(cast, one, cast.ada, cast.ben)
    code(cast, other, cast.ada, cast.ben)
    asked = {"name": "Again", "kind": "retest", "slots": 1}
    again = planned(cast, [one, other], parts=(part(cast.coder(cast.ada)),), **asked)
    with pytest.raises(NotNow, match="which a retest asks for"):
        hand_over(item(again, one), 1, to=cast.coder(carl), reason="Away.", by=cast.mia, now=NOW)
    left = leave(cast.coder(cast.ada), again, reason="Gone.", by=cast.mia, now=NOW)
    made_ = replace(left.hand, newcomer=cast.coder(carl), by=cast.mia, now=NOW)
    assert made_.seats == ()
    assert {why for each in made_.unseated for why, _n in each.reasons} == {Why.UNKNOWN}
    join(cast.coder(cast.ben), again, by=cast.mia)
    moved = hand_over(
        item(again, one), 1, to=cast.coder(cast.ben), reason="Here.", by=cast.mia, now=NOW
    )
    assert moved.coder == cast.coder(cast.ben)
    assert Hand.objects.filter(batch=again, left_at=None).count() == 2
