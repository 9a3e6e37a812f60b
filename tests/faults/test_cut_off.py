"""A connection to the database, or the web server, ends in the middle of a deed: it is done once, or not."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation, Revision, Snapshot
from annotations.release.asking import freeze_asked
from annotations.release.models import Release, ReleaseDocument
from annotations.release.proving import verify_release
from annotations.release.withdrawals import Takedown
from tests.cast import NOW, Cast, body_of
from tests.clients import Person
from tests.databases import connect
from tests.faults import test_killed_while_freezing as freezing
from tests.faults.test_database_away import PATIENCE, until
from tests.faults.test_killed_while_saving import work_for
from tests.servers import ROOT, Server
from workbench.backup.archive import UNFINISHED, reading
from workbench.backup.keeping import remove_old
from workbench.backup.refusals import UnderWay
from workbench.backup.taking import take

WAITING = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Deed:
    """What is asked, the lock at which it waits when half of it is done, and what it leaves."""

    lock: str
    ask: Callable[[], int]
    left: Callable[[], int]

    @property
    def table(self) -> str:
        return self.lock.split()[0]


def deeds(cast: Cast, url: str) -> Iterator[Deed]:
    ada, mia = (Person(url, each, timeout=PATIENCE) for each in (cast.ada, cast.mia))
    work, uuid, save, submit = work_for(cast), uuid4(), uuid4(), uuid4()
    body = body_of(work, "café", stance="against")

    def asked(who: Person, method: str, path: str, sent: Any, **headers: str) -> int:
        who.reconnect()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return who.request(method, path, json.dumps(sent).encode(), {**JSON, **named})[0]

    def saved() -> int:
        ada.reconnect()
        return ada.put(uuid, body, operation=save)[0]

    def submitted() -> int:
        done = {"state": "submitted", "judged": [0, 1], "up_to": None, "reason": ""}
        where = f"/api/v1/assignments/{work.uuid}"
        return asked(ada, "PATCH", where, done, Idempotency_Key=str(submit))

    def taken_down() -> int:
        where = f"/api/v1/documents/{work.document.uuid}/takedown"
        return asked(mia, "POST", where, {"reason": "Somebody is named in it."})

    yield Deed("annotations_annotation IN SHARE MODE", saved, Revision.objects.count)
    yield Deed("annotations_snapshot IN SHARE MODE", submitted, Snapshot.objects.count)
    yield Deed("annotations_source IN SHARE MODE", taken_down, Takedown.objects.count)
    assert Annotation.objects.filter(pk=uuid).count() == 1
    assert Assignment.objects.get(pk=work.pk).state == "submitted"


@contextmanager
def held(lock: str) -> Iterator[psycopg.Connection[Any]]:
    """Whoever comes there waits for the end of the block. Gives a connection to watch from."""
    with connect() as watching, connect() as holding, holding.transaction():
        holding.execute(f"LOCK TABLE {lock}".encode())
        yield watching


def waits(watching: psycopg.Connection[Any], table: str) -> int:
    """The process of the database that came as far as the lock."""
    found: list[int] = []

    def somebody() -> bool:
        found[:] = [pid for (pid,) in watching.execute(WAITING, [table]).fetchall()]
        return bool(found)

    until(somebody, f"somebody at {table}")
    return found[0]


@contextmanager
def under_way(act: Callable[[], Any]) -> Iterator[Future[Any]]:
    pool = ThreadPoolExecutor(1)
    try:
        yield pool.submit(act)
    finally:
        pool.shutdown(wait=False)  # it may wait for what is let go of after us


@pytest.mark.slow
def test_what_was_cut_off_in_the_database_is_told_to_come_again_and_done_once(
    live_cast: Cast, server: Server
) -> None:
    for deed in deeds(live_cast, server.url):
        with held(deed.lock) as watching, under_way(deed.ask) as asked:
            pid = waits(watching, deed.table)
            watching.execute("SELECT pg_terminate_backend(%s)", [pid])
            assert asked.result(timeout=PATIENCE) == 503
        assert deed.left() == 0
        assert deed.ask() in {200, 201}
        assert deed.left() == 1


@pytest.mark.slow
def test_what_a_web_server_was_killed_over_is_done_once(live_cast: Cast, server: Server) -> None:
    for deed in deeds(live_cast, server.url):
        with held(deed.lock) as watching, under_way(deed.ask) as asked:
            waits(watching, deed.table)
            server.kill()
            with suppress(OSError, http.client.HTTPException):
                pytest.fail(f"answered {asked.result(timeout=PATIENCE)}")
        server.start()
        assert deed.ask() in {200, 201}
        assert deed.left() == 1


def test_a_release_that_was_cut_off_is_made_once(live_cast: Cast) -> None:
    asked = freezing.asked(live_cast)

    def freeze() -> None:
        try:
            freeze_asked(asked.pk, clock=timezone.now)
        finally:
            connection.close()

    lock = "annotations_releasespan IN SHARE MODE"
    with held(lock) as watching, under_way(freeze) as freezing_:
        pid = waits(watching, lock.split()[0])
        watching.execute("SELECT pg_terminate_backend(%s)", [pid])
        with pytest.raises(OperationalError):
            freezing_.result(timeout=PATIENCE)
    assert not Release.objects.exists()
    freeze()
    assert ReleaseDocument.objects.count() == freezing.DOCUMENTS
    assert verify_release(Release.objects.get()).holds


def test_a_backup_that_was_killed_looks_like_none_and_the_next_is_whole(
    live_cast: Cast, server: Server, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    sequence = "annotations_document_id_seq"  # which a backup reads after all rows
    with connect() as watching, connect() as holding, holding.transaction(force_rollback=True):
        holding.execute(f"ALTER SEQUENCE {sequence} RENAME TO elsewhere".encode())
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", f"{place}/"],
            cwd=ROOT,
            env=server.environment(),
            stdout=subprocess.DEVNULL,
        )
        try:
            waits(watching, sequence)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=PATIENCE)
    (half,) = place.iterdir()
    assert half.name.endswith(UNFINISHED) or UNFINISHED in half.name
    assert half.stat().st_size > 0
    whole = place / "workbench-20260302T090000Z.zip"

    def made() -> bool:
        with suppress(UnderWay):
            take(whole, of=connection, now=NOW)
        return whole.exists()

    until(made, "the lock of the killed one let go")
    with reading(whole) as archive:
        assert "manifest.json" in archive.names()
    remove_old(place, now=timezone.now() + timedelta(days=2))
    assert list(place.iterdir()) == [whole]
