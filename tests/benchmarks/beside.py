"""What stands beside a load: the bare database at the same work, and whose processor time it was."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection

from tests import databases
from tests.benchmarks.spending import Spending
from tests.benchmarks.weighing import tree
from tests.servers import Server


def bare_inserts(clients: int, seconds: float) -> float:
    """Rows such as the last revision that so many connections insert and commit in a second."""
    with databases.connect() as raw:
        raw.execute("CREATE TABLE bench_row (LIKE annotations_revision INCLUDING INDEXES)")
        last = raw.execute("SELECT * FROM annotations_revision ORDER BY id DESC LIMIT 1")
        names = [each.name for each in last.description or []]
        row = dict(zip(names, last.fetchone() or (), strict=True))
    quoted, marks = ", ".join(f'"{n}"' for n in names), ", ".join(f"%({n})s" for n in names)
    statement = f"INSERT INTO bench_row ({quoted}) VALUES ({marks})"  # noqa: S608 - names from the catalogue
    counted = [0] * clients
    until = time.monotonic() + seconds

    def work(which: int) -> None:
        with databases.connect() as own:
            while time.monotonic() < until:
                counted[which] += 1
                new = {"id": which * 10_000_000 + counted[which], "annotation_id": uuid4()}
                own.execute(statement, {**row, **new, "operation": uuid4()})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(counted) / seconds


@contextmanager
def spending(server: Server) -> Iterator[Callable[[], dict[str, float]]]:
    """Gives what was spent so far of processor time, in milliseconds: which of three did it."""
    assert server.process is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        backends = [pid for (pid,) in cursor.fetchall()]
    web, own = server.process.pid, os.getpid()

    def clients() -> list[int]:
        return [each for each in tree(own) if each not in {own, *tree(web)}]

    groups = {"web": lambda: tree(web), "database": lambda: backends, "clients": clients}
    found = Spending(groups)
    try:
        yield found.so_far
    finally:
        found.end()
