"""Which rows a backup holds, and the one way in which they are read.

Everything is in it, but for what is left out here: whatever lets somebody in without a password,
and what the processes of this server tell one another. A table that is new is in it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

LEFT_OUT = (
    "account_emailconfirmation",
    "annotations_signinlink",
    "django_session",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
    "socialaccount_socialtoken",
    "usersessions_usersession",
    "workbench_limit",
    "workbench_try",
)
# A job under way waits again, without the worker that had it. A release's transaction is a number
# of the server that it was made on; 0 is nobody's, so that nothing is ever added to it elsewhere.
INSTEAD = {
    ("annotations_release", "transaction"): "0",
    ("procrastinate_jobs", "status"): "'todo'::procrastinate_job_status",
    ("procrastinate_jobs", "abort_requested"): "false",
    ("procrastinate_jobs", "worker_id"): "NULL::bigint",
}
# Jobs that are done are history. Of those that may wait only once, the last one is kept.
ONLY = {
    "procrastinate_jobs": (
        "status IN ('todo', 'doing') AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs AS later"
        " WHERE later.queueing_lock = procrastinate_jobs.queueing_lock"
        " AND later.status IN ('todo', 'doing') AND later.id > procrastinate_jobs.id)"
    )
}
# Text says the same on every server, whatever it is set to.
SETTINGS = {
    "datestyle": "ISO, YMD",
    "timezone": "UTC",
    "intervalstyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "row_security": "off",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}

Cursor = psycopg.Cursor[Any]

_TABLES = """
    SELECT c.relname::text,
           array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
           array(SELECT k.attname::text FROM pg_index AS i
                 JOIN pg_attribute AS k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
                 WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.attnum),
           array(SELECT k.attname::text FROM pg_attribute AS k
                 WHERE k.attrelid = c.oid AND k.attcollation <> 0)
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
      AND NOT EXISTS (SELECT 1 FROM pg_inherits AS h WHERE h.inhrelid = c.oid)
    GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"
"""


@dataclass(frozen=True, slots=True)
class Table:
    """`key` are the columns that its rows are ordered by, `texts` those with a collation."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    texts: frozenset[str]


def tables(cursor: Cursor) -> list[Table]:
    """All tables of the schema, by name; generated columns follow from the others."""
    return [
        Table(name, tuple(columns), tuple(key), frozenset(texts))
        for name, columns, key, texts in cursor.execute(_TABLES).fetchall()
    ]


def settle(cursor: Cursor) -> None:
    """For the rest of the transaction."""
    for name, value in SETTINGS.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def rows_of(cursor: Cursor, table: Table) -> Iterator[bytes]:
    """All rows as COPY writes them, in the order of the primary key."""
    return _copied(cursor, table, [sql.Identifier(column) for column in table.columns])


def kept_rows_of(cursor: Cursor, table: Table) -> Iterator[bytes]:
    """The rows that a backup holds, with what stands there instead of this server's own."""
    if table.name in LEFT_OUT:
        return iter(())
    columns = [
        sql.SQL(INSTEAD[table.name, column])  # our own words
        if (table.name, column) in INSTEAD
        else sql.Identifier(column)
        for column in table.columns
    ]
    return _copied(cursor, table, columns, only=ONLY.get(table.name, "true"))


def _copied(
    cursor: Cursor, table: Table, columns: Sequence[sql.Composable], *, only: str = "true"
) -> Iterator[bytes]:
    order = sql.SQL(", ").join(
        sql.SQL('{} COLLATE "C"' if column in table.texts else "{}").format(sql.Identifier(column))
        for column in table.key or table.columns
    )
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(columns), sql.Identifier(table.name), sql.SQL(only), order
    )
    with cursor.copy(query) as copy:
        for piece in copy:
            yield bytes(piece)


def copy_in(table: Table) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
