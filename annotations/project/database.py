"""What the database refused, as a typed refusal.

The triggers raise SQLSTATEs of class WB: the digits are the HTTP status of the same meaning, the
message is the code, the detail is for people (`trigger_words` has them in other languages), the
column is the field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from annotations.project.refusals import (
    Invalid,
    NotAllowed,
    NotNow,
    NotVisible,
    Refusal,
    Stale,
    TakenDown,
)
from annotations.project.speaking import said_again
from annotations.project.trigger_words import TRIGGER_WORDS

KINDS: dict[str, type[Refusal]] = {
    "WB403": NotAllowed,
    "WB404": NotVisible,
    "WB409": NotNow,
    "WB410": TakenDown,
    "WB412": Stale,
    "WB422": Invalid,
}
OPERATION_KNOWN = "WB001"


class OperationKnown(Exception):
    """The operation id was used before by the same coder: a replay, or a mistake."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A query that has to find a row, so that what is written is written; in the same statement."""

    sql: str
    values: Mapping[str, Any]


class NotProvided(Exception):
    """The condition did not hold, and nothing was written."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turns the database's refusals inside the block into ours; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        if not isinstance(cause, psycopg.Error) or cause.sqlstate is None:
            raise
        if cause.sqlstate == OPERATION_KNOWN:
            raise OperationKnown from error
        if cause.sqlstate not in KINDS:
            raise
        raise _refusal(cause.sqlstate, cause.diag) from error


def _refusal(sqlstate: str, diag: psycopg.errors.Diagnostic) -> Refusal:
    kind, code = KINDS[sqlstate], diag.message_primary or "refused"
    detail = said_again(diag.message_detail or "", TRIGGER_WORDS) or code
    if kind is Invalid:
        return Invalid.field(diag.column_name or "", code, detail)
    return kind(detail, reason=code)


def prepared(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The first row of a statement that is run all day, planned once a connection.

    Django's cursors bind on the client, so that each run is planned anew; for the two statements
    of a save that is half of their time. Behind a pooler that knows no prepared statements
    WORKBENCH_PREPARED=false turns the planning ahead off.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    if own.queries_logged:  # as tests do to count them
        with own.cursor() as cursor:
            cursor.execute(statement, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row
    with own.wrap_database_errors, own.lent() as raw, psycopg.Cursor(raw) as server:
        return server.execute(statement, values).fetchone()
