"""Leavers, replacements, single seats: nothing is lost, nobody sits twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, Batch, State, Transition
from annotations.assignment.planning import Part
from annotations.assignment.seating import hand_over, join, leave, replace, seat_free
from annotations.assignment.seats import Hand, Seat
from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation, Snapshot
from annotations.coding.showing import work_of
from annotations.corpus.models import Document, Story
from annotations.project.members import enrol
from annotations.project.models import Project, Role
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests.assignment.rounds import (
    QUEUE,
    item,
    joined,
    planned,
    seats_of,
    submitted,
    texts,
)
from tests.cast import NOW, Cast, body_of, document

LATER = NOW + timedelta(hours=1)


def begun(cast: Cast) -> tuple[Batch, Assignment, Assignment]:
    """ada has submitted one of four documents, and is in the middle of a second one."""
    batch = planned(cast, texts(cast, 4))
    first = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    second = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert second is not None
    body = parse(body_of(second, "More of it.", stance="against"))
    recording.annotate(work_of(second), uuid4(), body, operation=uuid4(), now=NOW)
    return batch, first, second


def test_a_leaver_gives_back_what_is_open_and_frees_what_is_not_submitted(cast: Cast) -> None:
    batch, first, second = begun(cast)
    ada = cast.coder(cast.ada)
    left = leave(ada, batch, reason="New job.", by=cast.mia, now=LATER)
    assert (left.released, left.freed) == (1, 3)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SUBMITTED, State.RELEASED)
    assert Annotation.objects.filter(assignment=second).exists()
    assert seats_of(batch, ada) == {first.document_id}
    said = Transition.objects.get(assignment=second, to_state=State.RELEASED)
    assert (said.reason, said.by) == ("New job.", cast.coder(cast.mia))
    hand = Hand.objects.get(batch=batch, coder=ada)
    assert (hand.left_at, hand.left_reason) == (LATER, "New job.")
    freed = Seat.objects.exclude(freed_at=None)
    assert {(seat.freed_at, seat.freed_reason) for seat in freed} == {(LATER, "New job.")}


def test_a_leaver_gets_nothing_more_and_resumes_nothing(cast: Cast) -> None:
    batch, _first, second = begun(cast)
    leave(cast.coder(cast.ada), batch, reason="New job.", by=cast.mia, now=LATER)
    assert claiming.claim_next(cast.project, by=cast.ada, now=LATER) is None
    second.refresh_from_db()
    with pytest.raises(NotNow, match="left"):
        claiming.resume(second, by=second.coder, now=LATER)


def test_a_replacement_codes_anew_what_was_left_in_the_middle(cast: Cast) -> None:
    batch, first, second = begun(cast)
    carl = joined(cast, "carl")
    left = leave(cast.coder(cast.ada), batch, reason="New job.", by=cast.mia, now=LATER)
    made = replace(left.hand, newcomer=cast.coder(carl), by=cast.mia, now=LATER)
    assert not made.unseated
    every = {each.pk for each in Document.objects.all()}
    assert seats_of(batch, cast.coder(carl)) == every - {first.document_id}
    taken = claiming.claim_next(cast.project, by=carl, now=LATER)
    assert taken is not None
    assert taken.pk != second.pk
    assert not Annotation.objects.filter(assignment=taken).exists()
    assert left.hand.replaced_by is not None
    assert left.hand.replaced_by.coder == cast.coder(carl)


def test_what_the_newcomer_may_not_take_stays_free_and_is_told(cast: Cast) -> None:
    texts(cast, 2)
    [one, two] = Document.objects.order_by("pk")
    batch = planned(cast, [one, two])
    left = leave(cast.coder(cast.ada), batch, reason="Ill.", by=cast.mia, now=NOW)
    made = replace(left.hand, newcomer=cast.coder(cast.ben), by=cast.mia, now=NOW)
    assert not made.seats  # ben is on both already
    assert {gap.document for gap in made.unseated} == {one.pk, two.pk}


def test_a_leaver_is_replaced_once_by_someone_else_who_codes(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 2))
    ada, carl = cast.coder(cast.ada), cast.coder(joined(cast, "carl"))
    hand = Hand.objects.get(batch=batch, coder=ada)
    with pytest.raises(NotNow):
        replace(hand, newcomer=carl, by=cast.mia, now=NOW)
    leave(ada, batch, reason="Ill.", by=cast.mia, now=NOW)
    for wrong in (ada, cast.coder(cast.cleo)):
        with pytest.raises(Invalid):
            replace(hand, newcomer=wrong, by=cast.mia, now=NOW)
    replace(hand, newcomer=carl, by=cast.mia, now=NOW)
    with pytest.raises(NotNow):
        replace(hand, newcomer=cast.coder(cast.ben), by=cast.mia, now=NOW)


def test_leaving_takes_a_reason_and_happens_once(cast: Cast) -> None:
    batch, ada = planned(cast, texts(cast, 1)), cast.coder(cast.ada)
    with pytest.raises(Invalid):
        leave(ada, batch, reason=" ", by=cast.mia, now=NOW)
    leave(ada, batch, reason="Ill.", by=cast.mia, now=NOW)
    with pytest.raises(NotNow):
        leave(ada, batch, reason="Ill again.", by=cast.mia, now=NOW)


def test_who_comes_back_keeps_working_where_they_stopped(cast: Cast) -> None:
    batch, _first, second = begun(cast)
    ada = cast.coder(cast.ada)
    leave(ada, batch, reason="Ill.", by=cast.mia, now=LATER)
    join(ada, batch, by=cast.mia)
    assert Hand.objects.get(batch=batch, coder=ada).left_at is None
    assert not seat_free(batch, by=cast.mia, now=LATER).unseated
    again = claiming.claim_next(cast.project, by=cast.ada, now=LATER)
    assert again == second


def test_a_newcomer_gets_what_late_documents_bring(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 3), slots=3)
    carl = joined(cast, "carl")
    assert Seat.objects.count() == 6  # two people for three slots
    join(cast.coder(carl), batch, by=cast.mia, most=2)
    made = seat_free(batch, by=cast.mia, now=NOW)
    assert len(made.seats) == 2
    assert len(made.unseated) == 1


def test_in_an_open_queue_the_leavers_document_is_kept_for_the_replacement(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1), slots=1, settings=QUEUE)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    carl = joined(cast, "carl")
    left = leave(held.coder, batch, reason="Ill.", by=cast.mia, now=NOW)
    replace(left.hand, newcomer=cast.coder(carl), by=cast.mia, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is None
    taken = claiming.claim_next(cast.project, by=carl, now=NOW)
    assert taken is not None
    assert taken.document == held.document


def test_a_seat_is_handed_over_with_the_work_on_it(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1), slots=1, parts=(Part(cast.coder(cast.ada)),))
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    where, ben = item(batch, held.document), cast.coder(cast.ben)
    seat = hand_over(where, 1, to=ben, reason="Away for long.", by=cast.mia, now=LATER)
    held.refresh_from_db()
    assert (held.state, seat.coder) == (State.RELEASED, ben)
    taken = claiming.claim_next(cast.project, by=cast.ben, now=LATER)
    assert taken is not None
    assert (taken.document, taken.slot) == (held.document, 1)


def test_nobody_is_handed_a_document_twice_or_two_of_a_story(cast: Cast) -> None:
    texts(cast, 2)
    story = Story.objects.create(project=cast.project, title="The same")
    Document.objects.update(story=story)
    [one, two] = Document.objects.order_by("pk")
    batch = planned(cast, [one, two], slots=1)
    [coder] = [s.coder for s in Seat.objects.filter(document=one)]
    with pytest.raises(NotNow, match="story"):
        hand_over(item(batch, two), 1, to=coder, reason="More.", by=cast.mia, now=NOW)
    with pytest.raises(NotNow, match="already"):
        hand_over(item(batch, one), 1, to=coder, reason="Again.", by=cast.mia, now=NOW)
    with pytest.raises(Invalid):
        hand_over(item(batch, one), 1, to=coder, reason="", by=cast.mia, now=NOW)


def test_nobody_is_handed_what_was_submitted_or_skipped(cast: Cast) -> None:
    carl = joined(cast, "carl")
    two = (Part(cast.coder(cast.ada)), Part(cast.coder(cast.ben)))
    batch = planned(cast, texts(cast, 1), parts=two)
    done = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    where = item(batch, done.document)
    with pytest.raises(NotNow, match="author"):
        hand_over(where, done.slot, to=cast.coder(carl), reason="x", by=cast.mia, now=NOW)
    [other] = Seat.objects.standing().exclude(coder=done.coder)
    user = other.coder.user
    assert user is not None
    held = claiming.claim_next(cast.project, by=user, now=NOW)
    assert held is not None
    claiming.skip(held, reason="A friend's.", by=held.coder, now=NOW)
    assert Seat.objects.standing().filter(pk=other.pk).exists()  # the manager decides
    hand_over(where, other.slot, to=cast.coder(carl), reason="Skipped.", by=cast.mia, now=NOW)
    with pytest.raises(NotNow, match="skipped"):
        hand_over(where, other.slot, to=held.coder, reason="After all.", by=cast.mia, now=NOW)


def test_what_is_skipped_in_a_queue_is_nobodys_seat_any_more(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1), slots=1, settings=QUEUE)
    where = item(batch, Document.objects.get())
    hand_over(where, 1, to=cast.coder(cast.ada), reason="Hers.", by=cast.mia, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is None
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    claiming.skip(held, reason="A friend's.", by=held.coder, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is not None


def test_only_managers_move_people_and_only_within_the_project(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1))
    ada, where = cast.coder(cast.ada), item(batch, Document.objects.get())
    for who, refusal in ((cast.dag, NotVisible), (cast.ben, NotAllowed), (cast.cleo, NotAllowed)):
        with pytest.raises(refusal):
            leave(ada, batch, reason="x", by=who, now=NOW)
        with pytest.raises(refusal):
            join(ada, batch, by=who)
        with pytest.raises(refusal):
            seat_free(batch, by=who, now=NOW)
        with pytest.raises(refusal):
            hand_over(where, 1, to=ada, reason="x", by=who, now=NOW)
    other = Project.objects.create(slug="other", name="Other")
    stranger = enrol(cast.dag, other, roles=[Role.ANNOTATOR])
    with pytest.raises(NotVisible):
        join(stranger, batch, by=cast.mia)
    with pytest.raises(NotVisible):
        leave(stranger, batch, reason="x", by=cast.mia, now=NOW)


def refused(message: str) -> Any:
    return pytest.raises(DatabaseError, match=message)


def test_the_database_keeps_seats_as_they_are(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 2))
    done = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    seat = Seat.objects.get(document=done.document, coder=done.coder)
    ben = cast.coder(cast.ben)
    other = Seat.objects.exclude(document=done.document).filter(coder=ben).get()
    rows = Seat.objects.filter(pk=other.pk)
    for change in ({"slot": 3}, {"coder": done.coder}, {"document": done.document}):
        with refused("immutable"), transaction.atomic():
            rows.update(**change)
    with refused("immutable"), transaction.atomic():
        rows.delete()
    with refused("seat-submitted"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(freed_at=NOW, freed_reason="x")
    rows.update(freed_at=NOW, freed_reason="x")
    with refused("immutable"), transaction.atomic():
        rows.update(freed_at=None, freed_reason="")
    assert batch.seats.standing().count() == 3


def test_the_database_seats_nobody_where_they_cannot_sit(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1), slots=2, parts=(Part(cast.coder(cast.ada)),))
    text, ada, ben = Document.objects.get(), cast.coder(cast.ada), cast.coder(cast.ben)
    common = {"project": cast.project, "batch": batch, "made_at": NOW}
    elsewhere = document(cast.project, "Elsewhere.")
    with refused("one_seat_a_slot"), transaction.atomic():
        join(ben, batch, by=cast.mia)
        Seat.objects.create(**common, document=text, slot=1, coder=ben)
    with refused("one_seat_a_coder"), transaction.atomic():
        Seat.objects.create(**common, document=text, slot=2, coder=ada)
    with refused("slot-too-high"), transaction.atomic():
        Seat.objects.create(**common, document=text, slot=3, coder=ada)
    with refused("not-found"), transaction.atomic():
        Seat.objects.create(**common, document=elsewhere, slot=1, coder=ada)
    leave(ada, batch, reason="Ill.", by=cast.mia, now=NOW)
    with refused("hand-left"), transaction.atomic():
        Seat.objects.create(**common, document=text, slot=2, coder=ada)


def test_the_database_lets_nobody_work_in_the_seat_of_another(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1), slots=2, parts=(Part(cast.coder(cast.ada)),))
    work = {
        "project": cast.project,
        "batch": batch,
        "document": Document.objects.get(),
        "coder": cast.coder(cast.ben),
        "claimed_at": NOW,
        "last_activity_at": NOW,
    }
    for slot in (1, 2):  # ada's, and one that is nobody's yet
        with refused("seat-of-another"), transaction.atomic():
            Assignment.objects.create(**work, slot=slot)


def test_seats_follow_a_document_that_is_read_anew(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 1))
    newer = document(cast.project, "Story 0, read anew.\n")
    where = batch.items.get()
    where.document = newer
    where.save(update_fields=["document"])
    assert {seat.document for seat in Seat.objects.all()} == {newer}


def test_numbers_of_submissions_stay_when_people_change(cast: Cast) -> None:
    batch, first, _second = begun(cast)
    before = list(Snapshot.objects.values_list("pk", "number"))
    carl = joined(cast, "carl")
    left = leave(first.coder, batch, reason="New job.", by=cast.mia, now=LATER)
    replace(left.hand, newcomer=cast.coder(carl), by=cast.mia, now=LATER)
    assert list(Snapshot.objects.values_list("pk", "number")) == before
