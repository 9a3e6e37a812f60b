"""The database of the workers goes away and comes back: they say so, and go on by themselves."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from annotations.corpus.deliveries.delivering import deliver
from annotations.corpus.models import Document
from tests.cast import NOW, Cast
from tests.databases import address
from tests.faults.conftest import through
from tests.faults.lines import Line
from tests.faults.test_database_away import until
from tests.servers import ROOT, Server


@pytest.fixture
def workers(own_database: str, to_database: Line, tmp_path: Path) -> Iterator[Path]:
    """What they say, in a file."""
    url = through(address(connection.settings_dict["NAME"]), to_database.port)
    settings = Server(url, static_root=tmp_path, data=tmp_path).environment()
    said = tmp_path / "said"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbench.workers", "default"],
            cwd=ROOT,
            env={**settings, "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield said
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def working() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - interval '8 seconds')"
        )
        return bool(cursor.fetchone()[0])


def delivered(cast: Cast, text: str) -> None:
    deliver(cast.project, [(f"{text}.txt", io.BytesIO(text.encode()))], by=cast.mia, now=NOW)


@pytest.mark.slow
def test_workers_whose_database_was_away_read_what_was_delivered_meanwhile_once(
    live_cast: Cast, to_database: Line, workers: Path
) -> None:
    delivered(live_cast, "Before it went")
    until(lambda: Document.objects.count() == 1, "the first one read")
    to_database.down()
    until(lambda: b"ended (" in workers.read_bytes(), "that they have noticed, said")
    delivered(live_cast, "While it was away")
    to_database.up()
    until(lambda: Document.objects.count() == 2, "the second one read")
    assert Document.objects.count() == 2
