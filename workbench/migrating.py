"""Of several that start on one database, one at a time brings its tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

MIGRATING = 0x776F726B  # any number, the same in every process


@contextmanager
def alone(of: BaseDatabaseWrapper) -> Iterator[None]:
    """Waits until nobody else is at it, and keeps others waiting for as long as the block runs.

    The lock is a transaction's, over a connection beside: a pooler in transaction mode would give a
    lock of the session to a server process that others are handed next, and nobody could undo it.
    """
    with closing(psycopg.connect(**{**of.get_connection_params(), "autocommit": False})) as beside:
        beside.execute("SET LOCAL statement_timeout = 0")
        beside.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        beside.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
        yield
