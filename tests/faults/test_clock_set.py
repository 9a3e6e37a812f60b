"""The clock runs an hour ahead, or is set back by a day: nothing is lost, shut or held for that long."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from annotations import queue
from annotations.assignment import claiming
from annotations.coding import recording, submitting
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation, Revision
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission
from annotations.corpus.deliveries import claiming as files
from annotations.corpus.deliveries.delivering import deliver, forsaken
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Outcome
from annotations.project.accounts import create_token, link_of, new_sign_in_link, token_of
from annotations.project.backups import BackupKind, BackupRun
from annotations.project.refusals import Refusal
from tests.cast import NOW, Cast, assignment, batch, body_of, document
from tests.databases import connect
from tests.jobs.test_worker import delivered, left_by_a_dead_worker, status
from tests.jobs.working import work as let_work
from workbench import limits
from workbench.backup.keeping import is_due, is_late
from workbench.backup.retention import name_of
from workbench.limits import Limit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THREE = Limit("costly", 3, 60)


@pytest.mark.parametrize("jump", [HOUR, -DAY], ids=["an-hour-ahead", "a-day-back"])
def test_history_is_in_the_order_of_deeds_and_every_deed_is_taken(
    cast: Cast, jump: timedelta
) -> None:
    text = document(cast.project, "Nights are long.\nThe pay is good.\n")
    work = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    uuid, by = uuid4(), cast.coder(cast.ada)

    def body(memo: str) -> recording.Body:
        return parse(body_of(work, "Nights", stance="against", memo=memo))

    recording.annotate(work_of(work), uuid, body("first"), operation=uuid4(), now=NOW)
    whole = Submission(judged=(0, 1))
    submitting.submit(work, whole, by=by, now=NOW)
    submitting.take_back(work, by=by, now=NOW + jump)
    recording.revise(work_of(work), uuid, body("last"), base=1, operation=uuid4(), now=NOW + jump)
    submitting.submit(work, whole, by=by, now=NOW + jump)

    assert Annotation.objects.get(pk=uuid).memo == "last"
    assert list(Revision.objects.order_by("number").values_list("memo", flat=True)) == [
        "first",
        "last",
    ]
    assert submitting.latest(work).number == 2
    steps = list(work.transitions.order_by("pk").values_list("to_state", flat=True))
    assert steps[-2:] == ["in_progress", "submitted"]


def test_claims_of_a_clock_that_was_ahead_are_the_same_work_afterwards(cast: Cast) -> None:
    texts = [document(cast.project, f"Night {n} was long.\n") for n in range(2)]
    batch(cast.project, cast.edition, texts, slots=1)
    ahead = claiming.claim_next(cast.project, by=cast.ada, now=NOW + DAY)
    again = claiming.claim_next(cast.project, by=cast.ada, now=NOW)
    other = claiming.claim_next(cast.project, by=cast.ben, now=NOW)
    assert ahead == again
    assert other is not None
    assert ahead is not None
    assert other.document != ahead.document


def test_keys_that_ran_out_too_early_open_again(cast: Cast) -> None:
    short = timedelta(minutes=30)
    made = create_token(cast.ada, name="t", scopes=["read"], now=NOW, lifetime=short)
    link = new_sign_in_link(cast.ada, now=NOW, lifetime=short)
    assert token_of(made.secret, now=NOW + HOUR) is None
    with pytest.raises(Refusal):
        link_of(link, now=NOW + HOUR)
    assert token_of(made.secret, now=NOW) is not None
    assert token_of(made.secret, now=NOW - DAY) is not None
    assert link_of(link, now=NOW).user == cast.ada


def test_who_asked_while_the_clock_was_ahead_is_not_shut_out_until_then(db: None) -> None:
    for _ in range(4):
        limits.ask(THREE, "ada", now=NOW + DAY)
    said = [limits.ask(THREE, "ada", now=NOW) for _ in range(4)]
    assert said == [None, None, None, timedelta(seconds=20)]
    # Machines whose clocks differ by seconds share one bucket.
    assert limits.ask(THREE, "ada", now=NOW - timedelta(seconds=5)) == timedelta(seconds=25)


def test_files_that_were_held_while_the_clock_was_ahead_are_read(cast: Cast) -> None:
    made = deliver(cast.project, [("a.txt", io.BytesIO(b"Long nights.\n"))], by=cast.mia, now=NOW)
    assert files.claim(made.pk, now=NOW + DAY)
    assert files.claim(made.pk, now=NOW + DAY) == []
    run_import(made.pk, clock=lambda: NOW)
    assert made.files.get().outcome == Outcome.ADDED
    assert forsaken(now=NOW) == []


def test_a_backup_of_a_clock_that_was_ahead_keeps_no_other_from_being_made(
    db: None, tmp_path: Path, settings: Settings
) -> None:
    settings.BACKUP_DIR, settings.BACKUP_EVERY = str(tmp_path), 24
    (tmp_path / name_of(NOW + 365 * DAY)).write_bytes(b"x")
    BackupRun.objects.create(
        kind=BackupKind.TAKEN,
        succeeded=True,
        started_at=NOW + 365 * DAY,
        finished_at=NOW + 365 * DAY,
    )
    assert is_due(now=NOW)
    assert is_late(now=NOW)
    (tmp_path / name_of(NOW)).write_bytes(b"x")
    assert not is_due(now=NOW + HOUR)


def test_the_job_of_a_worker_that_died_while_the_clock_was_ahead_goes_on(
    live_cast: Cast, own_database: str
) -> None:
    delivery = delivered(live_cast)
    left_by_a_dead_worker(own_database)
    with connect(own_database) as admin:
        admin.execute("UPDATE procrastinate_workers SET last_heartbeat = now() + interval '1 day'")
    queue.later("upkeep.retry_stalled", timestamp=0)
    let_work()
    with connect(own_database) as admin:  # half a minute later
        admin.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )
    queue.later("upkeep.retry_stalled", timestamp=0)
    let_work()
    let_work()
    assert (delivery.files.get().outcome, status()) == (Outcome.ADDED, "succeeded")
