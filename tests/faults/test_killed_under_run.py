"""kill -9 under `workbench run`: what was killed is back by itself, and nothing is lost or double."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest
from django.db import connection

from annotations import queue
from annotations.corpus.models import Document, Import, Outcome, Source
from tests.cast import Cast
from tests.clients import Person
from tests.databases import address, connect
from tests.faults.test_database_away import PATIENCE
from tests.faults.test_killed_while_importing import FILES, delivered, gone
from tests.faults.test_killed_while_saving import (
    Outbox,
    assert_exactly_what_was_acknowledged,
    survive,
    work_for,
)
from tests.operations.workplaces import Installation, environment, open_folder, wait_until


@pytest.fixture
def running(live_cast: Cast, own_database: str) -> Iterator[Installation]:
    with open_folder() as folder:
        it = Installation(folder / "var").start(env=environment(DATABASE_URL=address(own_database)))
        try:
            yield it.ready()
        finally:
            it.stop()


def web_processes(running: Installation) -> set[int]:
    """Those that answer; the one that builds releases is beside them."""
    found = set()
    with suppress(OSError, LookupError):  # gone while it was looked at
        for task in Path(f"/proc/{running.child('gunicorn')}/task").iterdir():
            for child in (task / "children").read_text().split():
                if Path(f"/proc/{child}/comm").read_text().strip() != "release-nursery":
                    found.add(int(child))
    return found


def kill(number: int) -> None:
    os.kill(number, signal.SIGKILL)
    wait_until(lambda: gone(number), "its end")


def kill_one_that_answers(running: Installation) -> None:
    wait_until(lambda: len(web_processes(running)) > 1, "web processes")
    before = web_processes(running)
    kill(min(before))
    wait_until(lambda: len(web_processes(running) - {min(before)}) > 1, "another in its place")


def kill_all_that_answer(running: Installation) -> None:
    wait_until(lambda: running.has_child_other_than("gunicorn", 0), "a web server")
    before = running.child("gunicorn")
    kill(before)
    wait_until(lambda: running.has_child_other_than("gunicorn", before), "a new web server")
    wait_until(lambda: running.answers("/sign-in"), "the page")


@pytest.mark.slow
def test_saves_go_on_whichever_web_process_is_killed(
    live_cast: Cast, running: Installation
) -> None:
    ada = Person(running.url, live_cast.ada, timeout=PATIENCE)
    outbox = Outbox(ada, work_for(live_cast))
    ways = cycle([kill_one_that_answers, kill_all_that_answer])
    survive(outbox, lambda: next(ways)(running))
    assert_exactly_what_was_acknowledged(outbox)
    assert "The web server ended (killed by SIGKILL)" in running.said


def waiting(delivery: Import) -> int:
    return delivery.files.filter(outcome=Outcome.WAITING).count()


def let_time_pass(database: str) -> None:
    """A minute for the worker that died: what it held is nobody's any more, and that is noticed."""
    with connect(database) as admin:
        admin.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            " WHERE id IN (SELECT worker_id FROM procrastinate_jobs"
            "  WHERE task_name = 'imports.run' AND status = 'doing')"
        )
        admin.execute("UPDATE annotations_importfile SET leased_until = NULL")
    if not queue.live("upkeep.retry_stalled"):
        queue.later("upkeep.retry_stalled", timestamp=0)


@pytest.mark.slow
def test_an_import_whose_worker_is_killed_is_ended_by_the_next(
    live_cast: Cast, own_database: str, running: Installation
) -> None:
    delivery = delivered(live_cast)
    wait_until(lambda: waiting(delivery) < FILES, "that it was taken up")
    worker = running.worker("default")
    assert worker is not None
    kill(worker)
    wait_until(lambda: running.worker("default") not in {None, worker}, "a new worker")
    let_time_pass(own_database)
    wait_until(lambda: waiting(delivery) == 0, "its end")
    assert set(delivery.files.values_list("outcome", flat=True)) == {Outcome.ADDED}
    assert Document.objects.count() == Source.objects.count() == FILES
    connection.close()
