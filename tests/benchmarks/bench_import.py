"""1,000 and 10,000 press articles through the API, beside raw COPY and reading alone.

Stored: the answer to the POST, every article a row of the delivery. Ready: every article a document
with passages, languages, zones, searchable. Processor time says the same with less ado on a machine
that does other things. Memory is the peak of each process (VmHWM).
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from annotations import queue
from annotations.corpus.choices import Choices
from annotations.corpus.deliveries.delivering import JOB
from annotations.corpus.models import Document, Import, ImportFile, Outcome
from annotations.corpus.readers.columns import OWN_COLUMNS
from annotations.corpus.readers.reading import read
from annotations.corpus.stories.gathering import OF_DELIVERY
from annotations.project.accounts import create_token
from tests import databases
from tests.benchmarks.conftest import Record
from tests.benchmarks.press import lines
from tests.benchmarks.spending import Spending
from tests.cast import NOW, Cast
from tests.servers import ROOT, Server

CORES = os.cpu_count() or 1


@contextmanager
def worker(server: Server) -> Iterator[int]:
    command = [sys.executable, "-m", "django", "procrastinate", "worker"]
    child = subprocess.Popen(command, cwd=ROOT, env=server.environment(), start_new_session=True)
    try:
        yield child.pid
    finally:
        child.terminate()
        child.wait(timeout=40)


def peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def below(pid: int) -> list[int]:
    """The children of a process and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *below(int(child))]
    return found


@dataclass
class Pulse(threading.Thread):
    """Asks for /healthz all the time; `waits` in seconds."""

    port: int
    waits: list[float] = field(default_factory=list)
    over: bool = False

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.over:
            begin = time.perf_counter()
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            link.request("GET", "/healthz")
            link.getresponse().read()
            link.close()
            self.waits.append(time.perf_counter() - begin)
            time.sleep(0.05)

    def p95(self) -> float:
        return sorted(self.waits)[int(len(self.waits) * 0.95)]


def backends() -> list[int]:
    """The server's processes for this database, where it runs on this machine."""
    with databases.connect() as raw:
        found = raw.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [pid for (pid,) in found if Path(f"/proc/{pid}").exists()]


def posted(server: Server, body: bytes, secret: str) -> dict[str, object]:
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/x-ndjson"}
    link.request("POST", "/api/v1/projects/labs/imports", body, headers)
    answer = link.getresponse()
    said: dict[str, object] = json.loads(answer.read())
    assert answer.status == 202, said
    return said


def until_ready(count: int) -> None:
    delivery = Import.objects.latest("pk")
    open_ = ImportFile.objects.filter(delivery=delivery, outcome=Outcome.WAITING)
    deadline = time.monotonic() + 600
    while open_.exists():
        assert time.monotonic() < deadline
        time.sleep(0.03)
    assert delivery.files.filter(outcome=Outcome.ADDED).count() == count


def until_gathered() -> None:
    deadline = time.monotonic() + 600
    while queue.live(OF_DELIVERY) or queue.live(JOB):
        assert time.monotonic() < deadline
        time.sleep(0.03)


def copied(rows: list[bytes]) -> float:
    """Seconds of COPY of the same lines into a bare table."""
    with databases.connect() as raw, raw.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id serial, content bytea)")
        begin = time.perf_counter()
        with cursor.copy("COPY bare (content) FROM STDIN (FORMAT BINARY)") as out:
            out.set_types(["bytea"])
            for row in rows:
                out.write_row([row])
        spent = time.perf_counter() - begin
        cursor.execute("DROP TABLE bare")
    return spent


def read_alone(rows: list[bytes]) -> float:
    """Processor seconds of reading in this process, model loaded."""
    choices = Choices(columns=OWN_COLUMNS)
    read("row", rows[0], choices)
    begin = time.process_time()
    for row in rows:
        read("row", row, choices)
    return time.process_time() - begin


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_importing_press_articles(
    live_cast: Cast, server: Server, record: Record, count: int
) -> None:
    rows = list(lines(count, seed=count))
    secret = create_token(
        live_cast.mia, name="bench", scopes=["manage"], now=datetime.now(NOW.tzinfo)
    ).secret
    assert server.process is not None
    with worker(server) as pid:
        posted(server, b"\n".join(lines(20, seed=1)), secret)  # warms the readers up
        until_ready(20)
        pulse = Pulse(server.port)
        pulse.start()
        web_process = server.process.pid
        spending = Spending(
            {
                "web": lambda: below(web_process),
                "worker": lambda: [pid],
                "readers": lambda: below(pid),
                "postgres": backends,
            }
        )
        begin = time.perf_counter()
        posted(server, b"\n".join(rows), secret)
        stored = time.perf_counter() - begin
        until_ready(count)
        ready = time.perf_counter() - begin
        spent = spending.so_far()
        pulse.over = True
        until_gathered()
        gathered = time.perf_counter() - begin
        spent_in_all = spending.so_far()
        spending.end()
        web = max(peak_mb(each) for each in below(server.process.pid))
        readers = [peak_mb(each) for each in below(pid)]
        memory = {"web": web, "worker": peak_mb(pid), "reader": max(readers)}
    assert Document.objects.count() == count + 20
    told = f"import {count:,} articles"
    raw, alone = count / copied(rows), len(rows[:1000]) / read_alone(rows[:1000])
    record(
        f"{told}: stored and listed",
        count / stored,
        "documents/s",
        limit="1,500 documents/s; raw COPY of the same rows in this run: " + f"{raw:,.0f}",
        limit_value=1_500,
        aim=">= 1",
    )
    record(
        f"{told}: ready for coding, a core",
        count / ready / CORES,
        "documents/s",
        limit="300 documents/s; reading and decoding alone in this run: " + f"{alone:,.0f}",
        limit_value=300,
        aim=">= 1",
    )
    record(
        f"{told}: story candidates proposed too, a core",
        count / gathered / CORES,
        "documents/s",
        limit="300 documents/s",
        limit_value=300,
        aim=">= 1",
    )
    for what, milliseconds in (("ready", spent), ("story candidates too", spent_in_all)):
        record(
            f"{told}: processor time of a document, {what}",
            sum(milliseconds.values()) / count,
            "ms",
            limit="a 300th of a second",
            limit_value=1000 / 300,
            aim="<= 1",
            **{name: each / count for name, each in milliseconds.items()},
        )
    record(
        f"{told}: /healthz meanwhile, p95",
        pulse.p95() * 1000,
        "ms",
        limit="100 ms",
        limit_value=100,
        aim="<= 1",
    )
    for name, megabytes in memory.items():
        record(
            f"{told}: peak memory of the {name}",
            megabytes,
            "MB",
            limit="256 MB (the model of languages alone takes 127)",
            limit_value=256,
            aim="<= 1",
        )
