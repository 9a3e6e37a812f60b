"""Files come in: each is named with what became of it, whatever dies in between."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Barrier

import psycopg
import pytest
from django.db import DatabaseError, connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from annotations.corpus.deliveries.delivering import deliver, import_for, progress_of
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.deliveries.limits import LEASE
from annotations.corpus.models import Document, Import, ImportFile, ImportState, Outcome, Source
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotAllowed, NotVisible
from tests.cast import NOW, Cast
from tests.databases import connect

GOOD = ("good.txt", b"The night was long.\n")
OTHER = ("other.txt", b"Nobody left before two.\n")
THIRD = ("third.txt", b"The pay is high.\n")


LATER = timedelta(seconds=2 * LEASE)


def clock() -> datetime:
    return NOW


def delivered(cast: Cast, *files: tuple[str, bytes], by: User | None = None) -> Import:
    streams = [(name, io.BytesIO(data)) for name, data in files]
    return deliver(cast.project, streams, by=by or cast.mia, now=NOW)


def ran(delivery: Import, *, at: datetime = NOW) -> list[tuple[str, str]]:
    run_import(delivery.pk, clock=lambda: at)
    return list(delivery.files.values_list("name", "outcome"))


def test_a_delivery_waits_with_its_bytes_and_a_job(cast: Cast) -> None:
    delivery = delivered(cast, GOOD, OTHER)
    assert [bytes(file.content or b"") for file in delivery.files.all()] == [GOOD[1], OTHER[1]]
    assert progress_of(delivery).state is ImportState.WAITING
    job = ProcrastinateJob.objects.get(task_name="imports.run")
    assert job.args == {"import_id": delivery.pk}


def test_files_that_cannot_be_read_are_named_and_the_others_go_in(cast: Cast) -> None:
    delivery = delivered(
        cast, ("empty.txt", b""), GOOD, ("blank.txt", b" \n\t\n"), ("a.png", b"\x89PNG\r\n\x1a\n")
    )
    assert ran(delivery) == [
        ("empty.txt", Outcome.REFUSED),
        ("good.txt", Outcome.ADDED),
        ("blank.txt", Outcome.REFUSED),
        ("a.png", Outcome.REFUSED),
    ]
    reasons = delivery.files.filter(outcome=Outcome.REFUSED).values_list("reason", flat=True)
    assert reasons[0] == "The file is empty."
    assert all(reasons)
    assert Document.objects.count() == 1
    assert progress_of(delivery).state is ImportState.DONE


def test_bytes_leave_the_delivery_once_the_source_has_them(cast: Cast) -> None:
    delivery = delivered(cast, GOOD)
    ran(delivery)
    file = delivery.files.get()
    assert file.content is None
    assert file.size == len(GOOD[1])
    assert file.finished_at == NOW
    assert file.document is not None
    assert bytes(file.document.source.content or b"") == GOOD[1]


def test_the_same_bytes_are_already_there_in_one_delivery_and_the_next(cast: Cast) -> None:
    assert ran(delivered(cast, GOOD, ("copy.txt", GOOD[1]))) == [
        ("good.txt", Outcome.ADDED),
        ("copy.txt", Outcome.ALREADY_THERE),
    ]
    again = delivered(cast, GOOD)
    assert ran(again) == [("good.txt", Outcome.ALREADY_THERE)]
    assert again.files.get().document == Document.objects.get()


def test_a_file_over_the_limit_is_refused_with_both_sizes(cast: Cast, settings: Settings) -> None:
    settings.IMPORT_MAX_FILE_BYTES = 20
    delivery = delivered(cast, ("long.txt", b"x" * 21), ("fits.txt", b"x" * 20))
    refused, waiting = delivery.files.all()
    assert refused.outcome == Outcome.REFUSED
    assert "21 bytes; at most 20" in refused.reason
    assert refused.content is None
    assert waiting.outcome == Outcome.WAITING


def test_names_lose_their_path_and_their_tricks(cast: Cast) -> None:
    delivery = delivered(cast, ("../../etc/\u202etxt.cod\x00", b"a"))
    assert delivery.files.get().name == "txt.cod"


def test_a_delivery_without_files_is_refused_and_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        delivered(cast)
    assert not Import.objects.exists()


def test_only_managers_deliver(cast: Cast) -> None:
    with pytest.raises(NotVisible):
        delivered(cast, GOOD, by=cast.dag)
    for member in (cast.ada, cast.cleo, cast.rita):
        with pytest.raises(NotAllowed):
            delivered(cast, GOOD, by=member)
    assert not ImportFile.objects.exists()


def test_only_managers_see_what_became_of_a_delivery(cast: Cast) -> None:
    delivery = delivered(cast, GOOD)
    assert import_for(cast.mia, delivery.uuid) == delivery
    with pytest.raises(NotVisible):
        import_for(cast.dag, delivery.uuid)
    with pytest.raises(NotAllowed):
        import_for(cast.ada, delivery.uuid)


@contextmanager
def source_held(cast: Cast, database: str, data: bytes) -> Iterator[psycopg.Connection]:
    """Another transaction is bringing the same bytes, so that whoever wants them has to wait."""
    with connect(database) as other, other.transaction(force_rollback=True):
        other.execute(
            "INSERT INTO annotations_source (project_id, sha256, size, name, content, received_at,"
            " takedown_reason) VALUES (%s, %s, %s, 'held.txt', %s, now(), '')",
            [cast.project.pk, sha256(data).hexdigest(), len(data), data],
        )
        yield other


def waiting_backend(database: str) -> int:
    """The server process that waits for a lock, as soon as there is one."""
    with connect(database) as watcher:
        for _ in range(2400):
            row = watcher.execute(
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            if row:
                return int(row[0])
            time.sleep(0.05)
    raise AssertionError("Nobody waits for the lock.")


def run_elsewhere(delivery: Import) -> None:
    """As a worker would: on a connection of its own."""
    try:
        run_import(delivery.pk, clock=clock)
    finally:
        connection.close()


def test_an_import_killed_in_the_middle_goes_on_where_it_stopped(
    live_cast: Cast, own_database: str
) -> None:
    delivery = delivered(live_cast, GOOD, OTHER, THIRD)
    with ThreadPoolExecutor(1) as pool, source_held(live_cast, own_database, OTHER[1]):
        worker = pool.submit(run_elsewhere, delivery)
        killed = waiting_backend(own_database)
        with connect(own_database) as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", [killed])
        with pytest.raises(DatabaseError):
            worker.result(timeout=120)
    # Only what stored them is dead: whoever asked for it has given them back.
    assert set(delivery.files.values_list("outcome", "attempts", "leased_until")) == {
        (Outcome.WAITING, 0, None)
    }
    assert ran(delivery, at=NOW + LATER) == [
        (name, Outcome.ADDED) for name, _ in (GOOD, OTHER, THIRD)
    ]
    assert Source.objects.count() == Document.objects.count() == 3


def at_once(*deliveries: Import) -> None:
    barrier = Barrier(len(deliveries))

    def one(delivery: Import) -> None:
        barrier.wait(timeout=120)
        run_elsewhere(delivery)

    with ThreadPoolExecutor(len(deliveries)) as pool:
        for future in [pool.submit(one, delivery) for delivery in deliveries]:
            future.result(timeout=120)


def outcomes_of(deliveries: Sequence[Import]) -> list[str]:
    return sorted(
        ImportFile.objects.filter(delivery__in=deliveries).values_list("outcome", flat=True)
    )


def test_of_two_imports_of_one_file_at_once_one_adds_it(live_cast: Cast) -> None:
    both = [delivered(live_cast, GOOD), delivered(live_cast, GOOD)]
    at_once(*both)
    assert outcomes_of(both) == [Outcome.ADDED, Outcome.ALREADY_THERE]
    assert Document.objects.count() == 1


def test_two_workers_on_one_delivery_take_each_file_once(live_cast: Cast) -> None:
    delivery = delivered(live_cast, GOOD, OTHER, THIRD)
    at_once(delivery, delivery)
    assert outcomes_of([delivery]) == [Outcome.ADDED] * 3


def test_two_deliveries_read_by_one_pool_get_each_their_own(live_cast: Cast) -> None:
    """A result that went to the other run would be waited for without end."""
    names = [(f"{n}.txt", f"Night {n} was long.\n".encode()) for n in range(60)]
    both = [delivered(live_cast, *names[:30]), delivered(live_cast, *names[30:])]
    at_once(*both)
    assert outcomes_of(both) == [Outcome.ADDED] * 60
    assert Document.objects.count() == 60


def test_a_run_gives_its_connections_back(live_cast: Cast) -> None:
    """One kept by each slice of a long import, and soon nobody in the worker would have any."""
    for number in range(2):
        ran(delivered(live_cast, (f"{number}.txt", f"Night {number} was long.\n".encode())))
    pool = connection.pool
    connection.close()
    assert pool is not None
    for _ in range(600):
        stats = pool.get_stats()
        if stats["pool_available"] == stats["pool_size"]:
            return
        time.sleep(0.05)
    raise AssertionError(f"Connections are missing: {stats}")
