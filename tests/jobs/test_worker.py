"""A real worker on a real queue."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations import queue
from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.models import Import, Outcome
from annotations.jobs.upkeep import MOST_ATTEMPTS
from tests.cast import NOW, Cast
from tests.databases import connect
from tests.jobs.working import work


def delivered(cast: Cast) -> Import:
    files = [("a.txt", io.BytesIO(b"The night was long.\n"))]
    return deliver(cast.project, files, by=cast.mia, now=NOW)


def left_by_a_dead_worker(database: str, *, attempts: int = 0) -> None:
    """The job was begun, and the worker is silent since an hour."""
    with connect(database) as admin:
        admin.execute(
            "WITH gone AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', attempts = %s,"
            " worker_id = (SELECT id FROM gone) WHERE task_name = 'imports.run'",
            [attempts],
        )


def status(task: str = "imports.run") -> Any:
    return ProcrastinateJob.objects.filter(task_name=task).values_list("status", flat=True).get()


def test_the_worker_reads_what_was_delivered(live_cast: Cast) -> None:
    delivery = delivered(live_cast)
    work()
    assert delivery.files.get().outcome == Outcome.ADDED
    assert status() == "succeeded"


def test_a_delivery_that_is_taken_back_leaves_no_job(live_cast: Cast) -> None:
    with transaction.atomic():
        delivered(live_cast)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


def test_the_job_of_a_dead_worker_is_done_by_another(live_cast: Cast, own_database: str) -> None:
    delivery = delivered(live_cast)
    left_by_a_dead_worker(own_database)
    queue.later("upkeep.retry_stalled", timestamp=0)
    work()
    work()
    assert delivery.files.get().outcome == Outcome.ADDED


def test_a_job_that_died_too_often_is_given_up_and_its_files_get_another(
    live_cast: Cast, own_database: str
) -> None:
    delivery = delivered(live_cast)
    left_by_a_dead_worker(own_database, attempts=MOST_ATTEMPTS - 1)
    queue.later("upkeep.retry_stalled", timestamp=0)
    work()
    jobs = ProcrastinateJob.objects.filter(task_name="imports.run").order_by("id")
    assert jobs[0].status == "failed"
    queue.later("imports.wake", timestamp=0)
    work()
    assert delivery.files.get().outcome == Outcome.ADDED
