"""What as many have submitted as there are slots is full, and the database keeps it so."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from annotations.assignment.models import Assignment, Batch, BatchDocument
from annotations.coding.submitting import take_back
from annotations.corpus.models import Document
from tests import cast as made
from tests.assignment.rounds import submitted, texts
from tests.cast import NOW, Cast
from tests.migrations.test_reversible import migrate


def is_full(batch: Batch, document: Document) -> bool:
    return BatchDocument.objects.get(batch=batch, document=document).full


def begun(cast: Cast, slots: int = 2) -> tuple[Batch, Document, list[Assignment]]:
    (document,) = texts(cast, 1)
    batch = made.batch(cast.project, cast.edition, [document], slots=slots)
    work = [
        made.assignment(batch, document, cast.coder(who), slot=slot)
        for slot, who in enumerate((cast.ada, cast.ben)[:slots], start=1)
    ]
    return batch, document, work


def test_the_last_submission_fills_it_and_one_taken_back_empties_it(cast: Cast) -> None:
    batch, document, (ada, ben) = begun(cast)
    submitted(ada)
    assert not is_full(batch, document)
    submitted(ben)
    assert is_full(batch, document)
    take_back(ada, by=ada.coder, now=NOW)
    assert not is_full(batch, document)


def test_more_slots_than_submissions_are_room_again(cast: Cast) -> None:
    batch, document, (ada,) = begun(cast, slots=1)
    submitted(ada)
    assert is_full(batch, document)
    Batch.objects.filter(pk=batch.pk).update(slots=2)
    assert not is_full(batch, document)
    BatchDocument.objects.filter(batch=batch).update(slots=1)
    assert is_full(batch, document)


def test_whatever_is_written_it_stays_true(cast: Cast) -> None:
    batch, document, (ada, _ben) = begun(cast)
    submitted(ada)
    BatchDocument.objects.filter(batch=batch).update(full=True)
    assert not is_full(batch, document)


def test_two_who_submit_at_once_fill_it(live_cast: Cast) -> None:
    batch, document, work = begun(live_cast)
    ready = threading.Barrier(len(work))

    def go(one: Assignment) -> None:
        try:
            ready.wait(timeout=60)
            submitted(one)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(one,)) for one in work]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=120)
    assert Assignment.objects.submitted().filter(batch=batch).count() == 2
    assert is_full(batch, document)


@pytest.mark.slow
def test_what_was_submitted_before_is_counted_by_the_migration(live_cast: Cast) -> None:
    batch, document, work = begun(live_cast)
    (other,) = texts(live_cast, 1, of="Other")
    BatchDocument.objects.create(project=batch.project, batch=batch, document=other, position=1)
    for one in work:
        submitted(one)
    migrate("0028_short_texts_as_they_are")
    migrate()
    assert is_full(batch, document)
    assert not is_full(batch, other)
