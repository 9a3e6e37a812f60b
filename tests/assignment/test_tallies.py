"""Who has how much in which state is kept by the database, whatever is done to assignments."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Sum

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, Batch, BatchDocument
from annotations.assignment.progress import of_batches
from annotations.assignment.seating import leave
from annotations.assignment.tallies import Tally, by_coder, fold
from annotations.coding.submitting import take_back
from tests import cast as made
from tests.assignment.rounds import planned, submitted, texts
from tests.cast import NOW, Cast
from tests.migrations.test_reversible import migrate


def counted(batch: Batch) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for work in Assignment.objects.filter(batch=batch):
        found.setdefault(work.coder_id, Counter())[work.state] += 1
    return found


def worked(cast: Cast) -> Batch:
    """A round with work in every state that verbs lead to."""
    batch = planned(cast, texts(cast, 4))
    again = submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    take_back(again, by=again.coder, now=NOW)
    submitted(claiming.claim_next(cast.project, by=cast.ada, now=NOW))
    assert claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    passed_on = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert passed_on is not None
    claiming.skip(passed_on, reason="Known.", by=passed_on.coder, now=NOW)
    assert claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    leave(cast.coder(cast.ben), batch, reason="Ill.", by=cast.mia, now=NOW)
    return batch


def test_whatever_becomes_of_work_it_is_counted_as_it_is(cast: Cast) -> None:
    batch = worked(cast)
    assert len(counted(batch)[cast.coder(cast.ben).pk]) > 1
    assert by_coder(batch) == counted(batch)
    assert Tally.objects.filter(batch=batch, coder=None).aggregate(n=Sum("number"))["n"] == 4
    [progress] = of_batches(cast.project)
    assert (progress.documents, progress.submitted, progress.open) == (4, 1, 1)


def test_documents_that_leave_a_round_are_counted_no_more(cast: Cast) -> None:
    batch = made.batch(cast.project, cast.edition, texts(cast, 2))
    BatchDocument.objects.filter(batch=batch)[0].delete()
    assert [each.documents for each in of_batches(cast.project)] == [1]


def test_folded_they_are_the_same_in_a_row_each(cast: Cast) -> None:
    batch = worked(cast)
    before, rows = by_coder(batch), Tally.objects.filter(batch=batch)
    fold()
    assert rows.count() > sum(map(len, before.values())) + 1
    fold(most=0)
    assert by_coder(batch) == before
    assert rows.count() == sum(map(len, before.values())) + 1


@pytest.mark.slow
def test_work_that_was_there_is_counted_by_the_migration(live_cast: Cast) -> None:
    batch = worked(live_cast)
    migrate("0030_sayings")
    migrate()
    assert by_coder(batch) == counted(batch)
