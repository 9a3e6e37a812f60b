"""kill -9 of the worker in the middle of an import: every file has one outcome in the end, once."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from annotations.corpus.deliveries.delivering import deliver, forsaken
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.deliveries.limits import LEASE
from annotations.corpus.models import Document, Import, Outcome, Source
from tests.cast import Cast
from tests.databases import address
from tests.servers import ROOT, Server

FILES = 400
PATIENCE = 180  # seconds until something is taken for hanging; no measure of speed


def delivered(cast: Cast) -> Import:
    files = [
        (f"{n}.txt", io.BytesIO(f"Night {n} was long.\n\nNobody left before {n}.".encode()))
        for n in range(FILES)
    ]
    return deliver(cast.project, files, by=cast.mia, now=timezone.now())


def started(database: str, tmp_path: Path) -> subprocess.Popen[bytes]:
    settings = Server(address(database), static_root=tmp_path, data=tmp_path)
    command = [sys.executable, "-m", "django", "procrastinate", "worker"]
    return subprocess.Popen(command, cwd=ROOT, env=settings.environment(), start_new_session=True)


def readers_of(pid: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]


def gone(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rsplit(")", 1)[1].split()[0] == "Z"


@pytest.mark.slow
def test_the_worker_is_killed_and_another_goes_on(
    live_cast: Cast, own_database: str, tmp_path: Path
) -> None:
    delivery = delivered(live_cast)
    worker = started(own_database, tmp_path)
    deadline = time.monotonic() + PATIENCE
    try:
        while not delivery.files.filter(outcome=Outcome.ADDED).exists():
            assert time.monotonic() < deadline, "nobody took it up"
            time.sleep(0.02)
        readers = readers_of(worker.pid)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)
    while not all(map(gone, readers)):
        assert time.monotonic() < deadline, "a reader outlives its worker"
        time.sleep(0.05)
    assert Document.objects.count() == delivery.files.filter(outcome=Outcome.ADDED).count()
    later = timezone.now() + timedelta(seconds=LEASE + 1)
    assert forsaken(now=later) == []  # its job is still held to be under way: that comes first
    run_import(delivery.pk, clock=lambda: later)
    assert set(delivery.files.values_list("outcome", flat=True)) == {Outcome.ADDED}
    assert Document.objects.count() == Source.objects.count() == FILES
