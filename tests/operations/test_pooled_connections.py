"""What a request gets from the pool is alive, and is not asked whether it is."""

from __future__ import annotations

import time

from django.db import connection, transaction

from annotations.project.models import User
from tests import databases
from tests.cast import Cast
from workbench.migrating import alone


def backend() -> int:
    """The server's process that answers this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def every_backend() -> set[int]:
    """The server's processes behind the pool; each of them was asked, and is in the pool again."""
    backend()
    connection.close()  # as at the end of a request: back to the pool
    pool = connection.pool
    pool.wait(timeout=120)
    backends: set[int] = set()
    while len(backends) < pool.get_stats()["pool_size"]:
        backends.add(backend())
        connection.close()
    return backends


def test_a_connection_that_the_server_ended_is_replaced_unseen(own_database: str) -> None:
    ended = every_backend()
    with databases.connect() as other:
        for process in ended:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    assert backend() not in ended


def test_a_living_connection_is_taken_without_a_question(own_database: str) -> None:
    known = every_backend()
    connection.ensure_connection()
    taken = connection.connection.info.backend_pid
    with databases.connect() as other:
        last = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [taken])
        assert last.fetchone() == ("SELECT pg_backend_pid()",)
    assert taken in known


def open_cursors() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE '_django%'")
        return int(cursor.fetchone()[0])


def test_rows_come_by_and_by_in_a_transaction_and_leave_no_cursor_outside(live_cast: Cast) -> None:
    """One outside would be a session's, which a pooler hands on."""
    people = User.objects.order_by("pk")
    outside = people.iterator(chunk_size=1)
    assert next(outside).username == "ada"
    assert open_cursors() == 0
    with transaction.atomic():
        inside = people.iterator(chunk_size=1)
        assert next(inside).username == "ada"
        assert open_cursors() == 1
        assert [each.username for each in inside] == [each.username for each in outside]


LOCKS = """
SELECT count(*), count(*) FILTER (WHERE pid = %s) FROM pg_locks l
  JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = %s
"""


def test_who_migrates_is_alone_without_a_lock_of_the_session(own_database: str) -> None:
    with databases.connect() as other:
        with alone(connection):
            assert other.execute(LOCKS, [backend(), own_database]).fetchone() == (1, 0)
        until = time.monotonic() + databases.PATIENCE
        while other.execute(LOCKS, [backend(), own_database]).fetchone() != (0, 0):
            assert time.monotonic() < until, "a lock outlives the block"
            time.sleep(0.05)
