"""A statement that is a transaction by itself borrows a connection of the pool, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, DataError, connection, connections, transaction

from annotations.project.database import prepared

PID = "SELECT pg_backend_pid()"


@pytest.fixture
def own(own_database: str) -> Any:
    """This thread's way to the database, with no connection as yet."""
    found: Any = connections[DEFAULT_DB_ALIAS]
    found.close()
    return found


def test_this_thread_keeps_none(own: Any) -> None:
    assert prepared("SELECT %(n)s::int + 1", {"n": 1}) == (2,)
    with pytest.raises(DataError):
        prepared("SELECT 1 / %(n)s::int", {"n": 0})
    assert own.connection is None


def test_it_is_given_back_at_once(own: Any) -> None:
    with own.lent() as lent:
        assert lent not in own.pool._pool
    assert lent in own.pool._pool


def test_it_is_given_back_when_the_statement_fails(own: Any) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), own.lent() as lent:
        lent.execute("SELECT 1 / 0")
    assert lent in own.pool._pool


def test_inside_a_transaction_it_is_the_transactions_own(own: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PID)
        assert prepared(PID, {}) == cursor.fetchone()


def test_it_is_a_transaction_by_itself_whatever_the_last_user_left(
    own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = own.get_new_connection({})
    left.autocommit = False
    monkeypatch.setattr(own, "get_new_connection", lambda _: left)
    with own.lent() as lent:
        assert lent is left
        assert lent.autocommit
