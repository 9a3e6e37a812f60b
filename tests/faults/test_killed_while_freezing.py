"""kill -9 of the worker in the middle of a release: taken up again, it is one release."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotations import queue
from annotations.release.asking import ask, freezing_for
from annotations.release.freezings import Freezing
from annotations.release.models import Release, ReleaseDocument
from annotations.release.proving import verify_release
from tests import cast as made
from tests.adjudication import makers
from tests.cast import NOW, Cast
from tests.databases import address, connect
from tests.jobs.working import work
from tests.servers import ROOT, Server

DOCUMENTS = 60
PATIENCE = 180  # seconds


def asked(cast: Cast) -> Freezing:
    documents = [
        makers.document(cast.project, f"{makers.TEXT}\nNo. {n}.", title=f"No. {n}")
        for n in range(DOCUMENTS)
    ]
    batch = made.batch(cast.project, cast.edition, documents)
    coders = (cast.coder(cast.ada), cast.coder(cast.ben))
    for document in documents:
        makers.coded(batch, document, {each: [makers.PAY] for each in coders})
    return ask(cast.project, by=cast.mia, now=NOW)


def started(database: str, tmp_path: Path) -> subprocess.Popen[bytes]:
    settings = Server(address(database), static_root=tmp_path, data=tmp_path)
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "releases"]
    return subprocess.Popen(command, cwd=ROOT, env=settings.environment(), start_new_session=True)


@pytest.mark.slow
def test_a_release_whose_worker_was_killed_is_made_by_the_next(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    freezing = asked(live_cast)
    worker = started(own_database, tmp_path)
    try:
        until_under_way(freezing)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)
    # It may have been quicker than we; then there is one release already, and no second.
    assert Release.objects.count() == (1 if again(freezing).state == "done" else 0)
    declare_dead(own_database)
    work()  # gives the job back
    work()
    ended = again(freezing)
    assert (ended.state, ended.release) == ("done", Release.objects.get())
    assert ReleaseDocument.objects.count() == DOCUMENTS
    assert verify_release(Release.objects.get()).holds


def until_under_way(freezing: Freezing) -> None:
    deadline = time.monotonic() + PATIENCE
    while again(freezing).state == "waiting" or not again(freezing).progress.done:
        assert time.monotonic() < deadline, "nobody took it up"
        time.sleep(0.02)


def again(freezing: Freezing) -> Freezing:
    return freezing_for(freezing.project, freezing.uuid)


def declare_dead(database: str) -> None:
    """The worker is silent since an hour, and the job that looks after such is due."""
    with connect(database) as admin:
        admin.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    if not queue.live("upkeep.retry_stalled"):  # else it was due already
        queue.later("upkeep.retry_stalled", timestamp=0)
