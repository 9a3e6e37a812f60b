"""Who gets what next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, BatchDocument, State
from annotations.assignment.planning import Part
from annotations.assignment.progress import of_coder
from annotations.assignment.seating import hand_over, leave
from annotations.corpus.models import Document, Story
from annotations.project.members import enrol
from annotations.project.models import Role, User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests.assignment.rounds import QUEUE, item, joined, planned, seats_of, submitted
from tests.cast import NOW, Cast, batch, document, person


def texts(cast: Cast, count: int) -> list[Document]:
    return [
        document(cast.project, f"Story {n}.\nMore of it.\n", title=f"Story {n}")
        for n in range(count)
    ]


def test_two_coders_get_the_same_document_in_two_slots(cast: Cast) -> None:
    [text] = texts(cast, 1)
    batch(cast.project, cast.edition, [text])
    first = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    second = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert first is not None
    assert second is not None
    assert (first.document, second.document) == (text, text)
    assert {first.slot, second.slot} == {1, 2}


def test_next_gives_back_what_one_has_open(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 2))
    first = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) == first


def test_nothing_is_left_when_every_slot_is_taken(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) is not None
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is None


def test_a_closed_or_unopened_batch_gives_nothing(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), opened=False)
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) is None


def test_a_skip_takes_a_reason_and_frees_the_slot_for_others(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    with pytest.raises(Invalid):
        claiming.skip(held, reason=" ", by=held.coder, now=NOW)
    claiming.skip(held, reason="I know the author", by=held.coder, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) is None
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is not None


def test_after_two_skips_the_manager_decides(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    carl = person("carl")
    enrol(carl, cast.project, roles=[Role.ANNOTATOR])
    for user in (cast.ada, cast.ben):
        held = claiming.claim_next(cast.project, by=user, now=NOW)
        assert held is not None
        claiming.skip(held, reason="unreadable", by=held.coder, now=NOW)
    assert claiming.claim_next(cast.project, by=carl, now=NOW) is None


def test_skipped_work_is_resumed_while_the_slot_is_free(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    claiming.skip(held, reason="tired", by=held.coder, now=NOW)
    claiming.resume(held, by=held.coder, now=NOW)
    assert held.state == State.IN_PROGRESS


def test_skipped_work_is_not_resumed_into_a_taken_slot(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    claiming.skip(held, reason="tired", by=held.coder, now=NOW)
    claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    with pytest.raises(NotNow):
        claiming.resume(held, by=held.coder, now=NOW)


def test_a_lease_ends_only_when_someone_is_waiting(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    later = NOW + timedelta(days=8)
    assert claiming.claim_next(cast.project, by=cast.ada, now=later) == held
    taken = claiming.claim_next(cast.project, by=cast.ben, now=later)
    assert taken is not None
    held.refresh_from_db()
    assert held.state == State.EXPIRED


def test_a_lease_in_force_is_respected(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1), slots=1)
    claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    later = NOW + timedelta(days=6)
    assert claiming.claim_next(cast.project, by=cast.ben, now=later) is None


def test_nobody_gets_two_documents_of_one_story(cast: Cast) -> None:
    one, two = texts(cast, 2)
    story = Story.objects.create(project=cast.project, title="The same")
    Document.objects.filter(pk__in=[one.pk, two.pk]).update(story=story)
    batch(cast.project, cast.edition, [one, two])
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    claiming.give_back(held, by=held.coder, now=NOW)
    Assignment.objects.filter(pk=held.pk).update(state="in_progress")
    Assignment.objects.filter(pk=held.pk).update(state="submitted", submitted_at=NOW)
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) is None


def test_outsiders_and_other_roles_claim_nothing(cast: Cast) -> None:
    batch(cast.project, cast.edition, texts(cast, 1))
    with pytest.raises(NotVisible):
        claiming.claim_next(cast.project, by=cast.dag, now=NOW)
    with pytest.raises(NotAllowed):
        claiming.claim_next(cast.project, by=cast.rita, now=NOW)


def test_many_at_once_never_overshoot(live_cast: Cast) -> None:
    cast = live_cast
    batch(cast.project, cast.edition, texts(cast, 6), slots=2)
    crowd = [person(f"coder{n}") for n in range(8)]
    for each in crowd:
        enrol(each, cast.project, roles=[Role.ANNOTATOR])

    def claim(user: User) -> int | None:
        try:
            found = claiming.claim_next(cast.project, by=user, now=NOW)
            return found.pk if found else None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [pk for pk in pool.map(claim, crowd) if pk]
    assert len(taken) == len(set(taken)) == 8
    for text in Document.objects.all():
        assert Assignment.objects.live().filter(document=text).count() <= 2


def test_one_person_in_two_windows_gets_one_document(live_cast: Cast) -> None:
    cast = live_cast
    batch(cast.project, cast.edition, texts(cast, 4))

    def claim(_: int) -> int | None:
        try:
            found = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
            return found.pk if found else None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(claim, range(4)))) == 1


def test_in_a_planned_round_each_gets_their_own_seats_and_no_others(cast: Cast) -> None:
    joined(cast, "carl")
    batch_ = planned(cast, texts(cast, 4), slots=1)
    for user in (cast.ada, cast.ben):
        own = seats_of(batch_, cast.coder(user))
        got = set()
        while (work := claiming.claim_next(cast.project, by=user, now=NOW)) is not None:
            got.add(submitted(work).document_id)
        assert got == own


def test_a_seat_of_ones_own_comes_before_a_free_slot(cast: Cast) -> None:
    [first, second] = texts(cast, 2)
    batch_ = planned(cast, [first, second], settings=QUEUE)
    seat = {"to": cast.coder(cast.ben), "reason": "His.", "by": cast.mia, "now": NOW}
    hand_over(item(batch_, second), 1, **seat)
    held = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert held is not None
    assert held.document == second


def test_what_is_somebodys_seat_is_not_free_in_a_queue(cast: Cast) -> None:
    [text] = texts(cast, 1)
    batch_ = planned(cast, [text], settings=QUEUE)
    seat = {"to": cast.coder(cast.ben), "reason": "His.", "by": cast.mia, "now": NOW}
    hand_over(item(batch_, text), 2, **seat)
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    assert held.slot == 1
    carl = joined(cast, "carl")
    assert claiming.claim_next(cast.project, by=carl, now=NOW) is None
    own = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert own is not None
    assert own.slot == 2


def test_a_lease_that_is_over_frees_no_planned_seat(cast: Cast) -> None:
    planned(cast, texts(cast, 1), slots=1, parts=(Part(cast.coder(cast.ada)),))
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    later = NOW + timedelta(days=30)
    assert claiming.claim_next(cast.project, by=cast.ben, now=later) is None
    assert claiming.claim_next(cast.project, by=cast.ada, now=later) == held


def test_a_planned_seat_that_was_given_back_is_still_ones_own(cast: Cast) -> None:
    planned(cast, texts(cast, 1), slots=1, parts=(Part(cast.coder(cast.ada)),))
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert held is not None
    claiming.give_back(held, by=held.coder, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is None
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) == held


def test_a_seat_at_what_is_full_by_now_is_still_ones_own_and_comes_last(cast: Cast) -> None:
    [first, second] = texts(cast, 2)
    batch_ = planned(cast, [first, second], slots=2)
    work = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert work is not None
    assert work.document == first
    submitted(work)
    BatchDocument.objects.filter(batch=batch_, document=first).update(slots=1)
    assert BatchDocument.objects.get(batch=batch_, document=first).full
    got = []
    while (held := claiming.claim_next(cast.project, by=cast.ada, now=NOW)) is not None:
        got.append(submitted(held).document)
    assert got == [second, first]


def test_a_queue_for_some_gives_each_what_their_part_allows(cast: Cast) -> None:
    [first, second, third] = texts(cast, 3)
    Document.objects.filter(pk=first.pk).update(language="fr")
    part = Part(cast.coder(cast.ada), most=1, languages=("en",), excluded=(second,))
    planned(cast, [first, second, third], settings=QUEUE, parts=(part,))
    held = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert submitted(held).document == third
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW) is None
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW) is None


def test_what_a_coder_could_still_take_is_counted(cast: Cast) -> None:
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    planned(cast, texts(cast, 5), slots=1, parts=(Part(ada, most=3), Part(ben, most=2)))
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    assert of_coder(ada) == {"done": 1, "total": 3}
    assert of_coder(ben) == {"done": 0, "total": 2}


def test_many_at_once_take_their_own_seats_of_the_same_documents(live_cast: Cast) -> None:
    cast = live_cast
    crowd = [cast.ada, cast.ben, *(joined(cast, f"coder{n}") for n in range(4))]
    batch_ = planned(cast, texts(cast, 2), slots=6)

    def claim(user: User) -> tuple[int, int, int] | None:
        try:
            found = claiming.claim_next(cast.project, by=user, now=NOW)
            return (found.document_id, found.slot, found.coder_id) if found else None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(claim, crowd))
    seats = set(batch_.seats.values_list("document", "slot", "coder"))
    assert None not in taken  # who comes second waits, and is not told that nothing is left
    assert len(set(taken)) == 6
    assert set(taken) <= seats


def test_leaving_and_claiming_at_once_leave_nothing_open_behind(live_cast: Cast) -> None:
    cast = live_cast
    batch_ = planned(cast, texts(cast, 3), slots=2)

    def act(do: Callable[[], object]) -> None:
        try:
            do()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        leaving = pool.submit(
            act, lambda: leave(cast.coder(cast.ada), batch_, reason="Ill.", by=cast.mia, now=NOW)
        )
        claimed = pool.submit(act, lambda: claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    leaving.result()
    claimed.result()
    assert not Assignment.objects.open().filter(coder=cast.coder(cast.ada)).exists()
    assert not batch_.seats.standing().filter(coder=cast.coder(cast.ada)).exists()
