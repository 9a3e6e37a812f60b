"""The one way to save: what it keeps, and what it refuses without changing anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from annotations.assignment.models import Assignment
from annotations.coding import recording
from annotations.coding.answers import Saved
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation, Revision
from annotations.coding.recording import AssignmentSubmitted, OperationReused
from annotations.coding.showing import work_of
from annotations.project.refusals import Invalid, NotVisible, Stale
from tests.cast import NOW, Cast, assignment, batch, body_of, document

TEXT = "Nights 👩‍🔬 in the lab.\nThe pay is good, café 研究者压力大.\n"


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT)
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


def annotate(work: Assignment, quote: str = "Nights 👩‍🔬", **more: Any) -> Saved:
    body = parse(body_of(work, quote, **more))
    return recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)


def test_what_was_saved_is_the_text_at_its_offsets(work: Assignment) -> None:
    for quote in ("👩‍🔬", "café", "研究者压力大", "Nights 👩‍🔬 in the lab.\nThe pay"):
        saved = annotate(work, quote).annotation
        assert TEXT[saved["start"] : saved["end"]] == quote == saved["quote"]


def test_a_save_makes_a_revision_and_its_projection(work: Assignment) -> None:
    saved = annotate(work).annotation
    row = Annotation.objects.get(pk=saved["id"])
    assert (row.revision, row.quote, row.coder) == (1, "Nights 👩‍🔬", work.coder)
    assert Revision.objects.get(annotation_id=row.pk).number == 1


def test_the_first_save_puts_the_assignment_in_progress(work: Assignment) -> None:
    annotate(work)
    work.refresh_from_db()
    assert work.state == "in_progress"


def test_a_replayed_operation_gets_its_first_answer(work: Assignment) -> None:
    body, uuid, operation = parse(body_of(work, "café")), uuid4(), uuid4()
    first = recording.annotate(work_of(work), uuid, body, operation=operation, now=NOW)
    later = parse(body_of(work, "café", stance="favor"))
    recording.revise(work_of(work), uuid, later, base=1, operation=uuid4(), now=NOW)
    again = recording.annotate(work_of(work), uuid, body, operation=operation, now=NOW)
    assert again == first
    assert Revision.objects.filter(annotation_id=uuid).count() == 2


def test_an_operation_replayed_with_another_body_is_refused(work: Assignment) -> None:
    uuid, operation = uuid4(), uuid4()
    recording.annotate(
        work_of(work), uuid, parse(body_of(work, "café")), operation=operation, now=NOW
    )
    with pytest.raises(OperationReused):
        recording.annotate(
            work_of(work), uuid, parse(body_of(work, "pay")), operation=operation, now=NOW
        )
    assert Annotation.objects.get(pk=uuid).quote == "café"


def test_a_stale_base_gets_the_current_state(work: Assignment) -> None:
    saved = annotate(work).annotation
    body = parse(body_of(work, "Nights 👩‍🔬", stance="against"))
    recording.revise(work_of(work), saved["id"], body, base=1, operation=uuid4(), now=NOW)
    with pytest.raises(Stale) as refusal:
        recording.revise(work_of(work), saved["id"], body, base=1, operation=uuid4(), now=NOW)
    assert refusal.value.extra["current"]["revision"] == 2
    assert refusal.value.extra["current"]["stance"] == "against"


def test_a_new_annotation_under_a_known_id_is_stale(work: Assignment) -> None:
    saved = annotate(work).annotation
    body = parse(body_of(work, "pay"))
    with pytest.raises(Stale):
        recording.annotate(work_of(work), saved["id"], body, operation=uuid4(), now=NOW)


def test_withdrawing_leaves_a_tombstone_that_a_save_revives(work: Assignment) -> None:
    saved = annotate(work, "café", memo="see § 2").annotation
    gone = recording.withdraw(work_of(work), saved["id"], base=1, operation=uuid4(), now=NOW)
    assert gone.annotation["deleted"]
    assert gone.annotation["memo"] == "see § 2"
    assert not Annotation.objects.standing().exists()
    back = recording.revise(
        work_of(work), saved["id"], parse(body_of(work, "café")), base=2, operation=uuid4(), now=NOW
    )
    assert back.annotation["revision"] == 3
    assert Annotation.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"start": 5, "end": 5}, "span-empty"),
        ({"start": 9, "end": 5}, "span-empty"),
        ({"end": 5000}, "span-past-end"),
        ({"quote": "Nights"}, "quote-mismatch"),
        ({"quote": " ", "start": 6, "end": 7}, "quote-blank"),
        ({"theme": "no_such"}, "theme-unknown"),
        ({"stance": "no_such"}, "stance-unknown"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(
    work: Assignment, change: dict[str, Any], code: str
) -> None:
    body = parse({**body_of(work, "Nights 👩‍🔬"), **change})
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
    assert refusal.value.extra["errors"][0]["code"] == code
    assert not Revision.objects.exists()
    assert not Annotation.objects.exists()


def test_nobody_writes_to_the_work_of_another(cast: Cast, work: Assignment) -> None:
    saved = annotate(work).annotation
    second = assignment(work.batch, work.document, cast.coder(cast.ben), slot=2)
    body = parse(body_of(second, "café"))
    with pytest.raises(NotVisible), transaction.atomic():
        recording.revise(work_of(second), saved["id"], body, base=1, operation=uuid4(), now=NOW)
    assert Annotation.objects.get(pk=saved["id"]).quote == "Nights 👩‍🔬"


def test_a_submitted_coding_takes_no_saves(work: Assignment) -> None:
    work.state, work.submitted_at = "submitted", NOW
    work.save()
    with pytest.raises(AssignmentSubmitted), transaction.atomic():
        annotate(work)


@pytest.mark.parametrize("state", ["expired", "released", "skipped"])
def test_a_late_save_is_kept_and_marked(work: Assignment, state: str) -> None:
    work.state = state
    work.save()
    assert annotate(work).annotation["late"]
    work.refresh_from_db()
    assert work.state == state


def test_activity_is_noted_without_a_write_for_every_save(work: Assignment) -> None:
    annotate(work)
    body = parse(body_of(work, "café"))
    later = NOW + timedelta(minutes=5)
    recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=later)
    work.refresh_from_db()
    assert work.last_activity_at == later


def test_annotations_are_written_by_their_revisions_only(work: Assignment) -> None:
    saved = annotate(work).annotation
    rows = Annotation.objects.filter(pk=saved["id"])
    for change in (lambda: rows.update(memo="slipped in"), rows.delete):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            change()


def test_history_is_never_rewritten(work: Assignment) -> None:
    annotate(work)
    rows = Revision.objects.all()
    for change in (lambda: rows.update(memo="slipped in"), rows.delete):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            change()


def test_a_span_over_a_block_border_is_read_whole(cast: Cast) -> None:
    text = document(cast.project, "é" * 4090 + "Rome burned twice" + "研" * 5000)
    work = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    assert annotate(work, "Rome burned twice").annotation["start"] == 4090
