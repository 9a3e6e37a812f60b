"""The database backend: connections from the pool are looked at before they are used."""

from __future__ import annotations

import select
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from weakref import WeakSet

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool, PoolTimeout

from workbench.postgresql.patience import LONG, SHORT, AllInUse


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server whether a pooled connection still lives only where its socket has news.

    Django's own check (`CONN_HEALTH_CHECKS`) is one more question to the server at every request,
    which is a tenth of a save. A server that ended has hung up, and the socket knows that.

    Whoever comes while the server is away is told so soon: the first one has waited in vain, and
    the others would keep every thread of the web server waiting along.
    """

    _given: ClassVar[defaultdict[str, WeakSet[Any]]] = defaultdict(
        WeakSet
    )  # by alias, of all threads

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            connection = self._alive(conn_params)
        except PoolTimeout as error:
            why = AllInUse(str(error)) if self._all_in_use() else error
        else:
            self._be_patient(LONG)
            self._given[self.alias].add(connection)
            return connection
        self._be_patient(SHORT)
        raise why

    def _alive(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        while self.pool and not is_alive(connection):
            self.pool.putconn(connection)  # which finds it broken, and opens another
            connection = super().get_new_connection(conn_params)
        return connection

    @contextmanager
    def lent(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection for one statement that is a transaction by itself.

        This thread's own where it has one; else one of the pool's, straight, without all that
        Django sets up for a request that may ask more.
        """
        if self.connection is not None or not self.pool:
            self.ensure_connection()
            yield self.connection
            return
        lent = self.get_new_connection({})
        try:
            if not lent.autocommit:
                lent.autocommit = True
            yield lent
        finally:
            self._given[self.alias].discard(lent)
            lent._pool.putconn(lent)

    def _close(self) -> None:
        if self.connection is not None:
            self._given[self.alias].discard(self.connection)
        super()._close()  # type: ignore[misc]  # of which the types know nothing

    def _all_in_use(self) -> bool:
        """Those of threads, as far as they know; one whose server hung up may not know yet."""
        given = [each for each in self._given[self.alias].copy() if not each.closed]
        return bool(self.pool) and len(given) >= self.pool.max_size

    def chunked_cursor(self) -> Any:
        """Rows by and by from the server inside a transaction; outside, all of them at once.

        There a cursor would have to outlive its transaction, in a session that a pooler may have
        handed on. Whoever reads more than fits in memory opens a transaction.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()

    def _be_patient(self, seconds: float) -> None:
        if self.pool:
            self.pool.timeout = seconds


def is_alive(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server is still there; a silent socket says that it is."""
    try:
        watch = select.poll()
        watch.register(connection.fileno(), select.POLLIN)
        if watch.poll(0):
            ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
