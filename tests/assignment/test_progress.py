"""How far a round is, by person, and when it will be done."""

from __future__ import annotations

from datetime import timedelta

from annotations.assignment import claiming
from annotations.assignment.forecasting import Unknown
from annotations.assignment.models import Assignment
from annotations.assignment.progress import (
    PersonProgress,
    by_day,
    of_batches,
    of_coder,
    of_people,
    submissions,
)
from annotations.assignment.seating import leave
from annotations.release.taking_down import take_down
from tests.assignment.rounds import QUEUE, planned, submitted, texts
from tests.cast import NOW, Cast

TODAY = NOW.date()


def days_ago(work: Assignment, days: int) -> None:
    Assignment.objects.filter(pk=work.pk).update(submitted_at=NOW - timedelta(days=days))


def of(people: list[PersonProgress], name: str) -> PersonProgress:
    [found] = [each for each in people if str(each.coder.user) == name]
    return found


def test_people_are_counted_with_seats_work_and_a_day(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 4))
    for days in (1, 0):
        days_ago(submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)), days)
    claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    held = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert held is not None
    claiming.skip(held, reason="Known.", by=held.coder, now=NOW)
    people = of_people(batch, today=TODAY)
    ada, ben = of(people, "Ada"), of(people, "Ben")
    assert (ada.seats, ada.submitted, ada.open, ada.skipped) == (4, 2, 1, 0)
    assert (ben.seats, ben.submitted, ben.open, ben.skipped) == (4, 0, 0, 1)
    assert ada.forecast is not None
    assert (ada.forecast.pace, ada.forecast.ends_on) == (1.0, TODAY + timedelta(days=2))
    assert ben.forecast is not None
    assert ben.forecast.unknown is Unknown.NOTHING_YET


def test_who_has_left_is_listed_without_a_day(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 2))
    leave(cast.coder(cast.ada), batch, reason="Ill.", by=cast.mia, now=NOW)
    ada = of(of_people(batch, today=TODAY), "Ada")
    assert ada.forecast is None
    assert ada.hand is not None
    assert ada.hand.left_reason == "Ill."


def test_in_a_shared_queue_people_have_a_pace_and_no_day(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 4), settings=QUEUE)
    for days in (1, 0):
        days_ago(submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)), days)
    ada = of(of_people(batch, today=TODAY), "Ada")
    assert ada.forecast is not None
    assert (ada.forecast.pace, ada.forecast.unknown) == (1.0, Unknown.SHARED)


def test_a_round_has_a_day_from_its_own_submissions(cast: Cast) -> None:
    documents = texts(cast, 4)
    planned(cast, documents[:2])
    planned(cast, documents[2:], name="Round 2")
    for days in (1, 0):
        days_ago(submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)), days)
    first, second = of_batches(cast.project)
    done = submissions(cast.project)
    assert first.forecast(done, today=TODAY).ends_on == TODAY + timedelta(days=2)
    assert second.forecast(done, today=TODAY).unknown is Unknown.NOTHING_YET


def test_people_of_a_round_take_few_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    batch = planned(cast, texts(cast, 4))
    with django_assert_max_num_queries(7):  # type: ignore[operator]  # pytest-django's fixture
        of_people(batch, today=TODAY)


def test_what_was_taken_down_is_neither_wanted_nor_done(cast: Cast) -> None:
    batch = planned(cast, texts(cast, 3))
    first = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    [before] = of_batches(cast.project)
    assert (before.documents, before.wanted, before.submitted) == (3, 6, 2)
    take_down(first.document, reason="Asked to.", by=cast.mia, now=NOW)
    [after] = of_batches(cast.project)
    assert (after.documents, after.wanted, after.submitted, after.open) == (2, 4, 1, 0)
    ada = of(of_people(batch, today=TODAY), "Ada")
    assert (ada.seats, ada.submitted) == (2, 1)


def test_what_was_taken_down_is_not_among_ones_own_work(cast: Cast) -> None:
    planned(cast, texts(cast, 3), settings=QUEUE)
    first = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    assert of_coder(cast.coder(cast.ada)) == {"done": 2, "total": 3}
    take_down(first.document, reason="Asked to.", by=cast.mia, now=NOW)
    assert of_coder(cast.coder(cast.ada)) == {"done": 1, "total": 2}


def test_submissions_are_counted_by_day(cast: Cast) -> None:
    planned(cast, texts(cast, 3), settings=QUEUE)
    for days in (1, 1, 0):
        days_ago(submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW)), days)
    found = by_day(submissions(cast.project))
    assert found == {TODAY - timedelta(days=1): 2, TODAY: 1}
