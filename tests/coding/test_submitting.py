"""What a submission freezes, refuses and allows later."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from annotations.assignment.models import Assignment
from annotations.coding import recording, submitting
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation, Snapshot
from annotations.coding.showing import work_of
from annotations.coding.submitting import MemoMissing, StanceMissing, Submission
from annotations.project.refusals import Invalid, NotNow
from tests.cast import NOW, Cast, assignment, batch, body_of, document

TEXT = "Nights in the lab.\nThe pay is good.\nNobody asks why.\n"


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT)
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


def annotate(work: Assignment, quote: str, **more: Any) -> None:
    body = parse(body_of(work, quote, **{"stance": "against", **more}))
    recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)


def submit(work: Assignment, *judged: int, **more: Any) -> Snapshot:
    submission = Submission(judged=judged, **more)
    return submitting.submit(work, submission, by=work.coder, now=NOW)


def test_a_submission_freezes_spans_and_judged_passages(work: Assignment) -> None:
    annotate(work, "Nights in the lab.")
    snapshot = submit(work, 1)
    assert [(each["start"], each["end"], each["theme"]) for each in snapshot.spans] == [
        (0, 18, "burnout")
    ]
    assert snapshot.spans[0]["holder_kind"] == "author"
    assert snapshot.judged == [0, 1]  # tagged counts as judged
    assert list(zip(snapshot.mark_passage, snapshot.mark_span, strict=True)) == [(0, 0)]
    assert work.state == "submitted"


def test_an_absent_list_judges_only_what_is_tagged(work: Assignment) -> None:
    assert submit(work).judged == []


def test_annotations_without_a_stance_are_listed_and_refused(work: Assignment) -> None:
    annotate(work, "pay", stance=None)
    with pytest.raises(StanceMissing) as refusal, transaction.atomic():
        submit(work)
    assert refusal.value.extra["annotations"] == [str(Annotation.objects.get().pk)]
    work.refresh_from_db()
    assert work.state == "in_progress"


def test_a_theme_that_wants_a_memo_is_refused_without(work: Assignment) -> None:
    annotate(work, "pay", theme="other")
    with pytest.raises(MemoMissing):
        submit(work)


def test_a_partial_submission_takes_a_reason_and_judges_up_to_there(work: Assignment) -> None:
    with pytest.raises(Invalid), transaction.atomic():
        submit(work, 0, 1, 2, up_to=18)
    snapshot = submit(work, 0, 1, 2, up_to=36, reason="the rest is an advertisement")
    assert snapshot.judged == [0, 1]


def test_unknown_passages_are_refused(work: Assignment) -> None:
    with pytest.raises(Invalid):
        submit(work, 99)


def test_a_submission_taken_back_and_changed_is_a_second_snapshot(work: Assignment) -> None:
    annotate(work, "pay")
    submit(work)
    submitting.take_back(work, by=work.coder, now=NOW)
    annotate(work, "Nights")
    assert submit(work).number == 2
    first = Snapshot.objects.get(number=1)
    assert len(first.spans) == 1
    assert not Snapshot.objects.get(number=2).after_discussion


def test_what_follows_the_others_submissions_is_marked(cast: Cast, work: Assignment) -> None:
    other = assignment(work.batch, work.document, cast.coder(cast.ben), slot=2)
    submit(work)
    submit(other)
    submitting.take_back(work, by=work.coder, now=NOW)
    annotate(work, "pay")
    assert Annotation.objects.get().revision == 1
    assert submit(work).after_discussion


def test_snapshots_are_never_changed(work: Assignment) -> None:
    submit(work)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Snapshot.objects.update(judged=[0])


def test_a_replayed_submission_gets_its_first_answer(work: Assignment) -> None:
    operation = uuid4()
    asked = Submission(judged=[0])
    first = submitting.submit(work, asked, by=work.coder, now=NOW, operation=operation)
    again = submitting.submit(work, asked, by=work.coder, now=NOW, operation=operation)
    assert again == first
    other = Submission(judged=[1])
    with pytest.raises(Invalid):
        submitting.submit(work, other, by=work.coder, now=NOW, operation=operation)


def test_submitting_twice_is_refused(work: Assignment) -> None:
    submit(work)
    with pytest.raises(NotNow):
        submit(work)
