"""A submission is opened again by a manager, and the first one stays what it was."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from annotations.adjudication.models import Decision
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from annotations.assignment import claiming
from annotations.assignment.models import Assignment, Batch, State, Transition
from annotations.assignment.reopening import reopen_submission
from annotations.assignment.seating import leave
from annotations.coding.models import Snapshot
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests.adjudication.conftest import the_case
from tests.assignment.rounds import planned, submitted, texts
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def round_(cast: Cast) -> Batch:
    return planned(cast, texts(cast, 1))


@pytest.fixture
def work(cast: Cast, round_: Batch) -> Assignment:
    return submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))


def test_a_later_submission_is_the_second_and_the_first_one_stays(
    cast: Cast, work: Assignment
) -> None:
    before = Snapshot.objects.filter(number=1).values()[0]
    reopen_submission(work, reason="Wrong edition read.", by=cast.mia, now=LATER)
    assert work.state == State.IN_PROGRESS
    assert claiming.claim_next(cast.project, by=cast.ada, now=LATER) == work
    submitted(work)
    assert [each.number for each in Snapshot.objects.order_by("number")] == [1, 2]
    assert Snapshot.objects.filter(number=1).values()[0] == before
    said = Transition.objects.get(from_state=State.SUBMITTED)
    assert (said.reason, said.by) == ("Wrong edition read.", cast.coder(cast.mia))


def test_what_is_submitted_after_others_could_be_seen_says_so(cast: Cast, work: Assignment) -> None:
    submitted(claiming.claim_next(cast.project, by=cast.ben, now=NOW))
    reopen_submission(work, reason="A slip.", by=cast.mia, now=LATER)
    submitted(work)
    marks = Snapshot.objects.filter(assignment=work).order_by("number")
    assert [each.after_discussion for each in marks] == [False, True]


def test_reopening_takes_a_reason_a_manager_and_a_submission(cast: Cast, work: Assignment) -> None:
    with pytest.raises(Invalid):
        reopen_submission(work, reason=" ", by=cast.mia, now=LATER)
    with pytest.raises(NotVisible):
        reopen_submission(work, reason="x", by=cast.dag, now=LATER)
    for who in (cast.ada, cast.cleo):
        with pytest.raises(NotAllowed):
            reopen_submission(work, reason="x", by=who, now=LATER)
    reopen_submission(work, reason="x", by=cast.mia, now=LATER)
    with pytest.raises(NotNow):
        reopen_submission(work, reason="x", by=cast.mia, now=LATER)


def test_what_a_leaver_submitted_is_not_opened_again(cast: Cast, work: Assignment) -> None:
    leave(work.coder, work.batch, reason="New job.", by=cast.mia, now=NOW)
    with pytest.raises(NotNow, match="left"):
        reopen_submission(work, reason="x", by=cast.mia, now=LATER)


def test_once_adjudication_has_started_a_decision_is_reopened_instead(
    cast: Cast, work: Assignment
) -> None:
    submitted(claiming.claim_next(cast.project, by=cast.ben, now=NOW))
    quote = "More of it."
    start = work.document.text.index(quote)
    said = {"theme": "secrecy", "stance": "against", "holder_kind": "author"}
    added = Verdict(Decision.ADD, start=start, end=start + len(quote), quote=quote, **said)
    rule(
        work.document,
        added,
        by=cast.cleo,
        operation=uuid4(),
        base=the_case(work.document).version,
        now=NOW,
    )
    with pytest.raises(NotNow, match="Reopen the decision"):
        reopen_submission(work, reason="x", by=cast.mia, now=LATER)
