"""Many rows at once: COPY with keys of our own, and statements bound on the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.models import DateField, Field, JSONField, Model
from psycopg import sql
from psycopg.types.json import Jsonb

Row = Sequence[Any]
# What opens and ends rows in the binary format.
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_TYPES = {
    "boolean": "bool",
    "bigint": "int8",
    "integer": "int4",
    "varchar": "text",
    "text": "text",
    "uuid": "uuid",
    "date": "date",
    "timestamp with time zone": "timestamptz",
    "jsonb": "jsonb",
}


def rows_of(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What a statement gives back. Bytes travel as they are: Django's cursors write them in hex."""
    if connection.queries_logged:  # as tests do to count them
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as server:
        server.execute(statement.encode(), values)
        return server.fetchall() if server.description else []


def copy(table: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    """One statement for all rows, so that a trigger sees them together; `columns`: name → SQL type."""
    with _copying(table, columns) as out:
        out.set_types(list(columns.values()))
        for row in rows:
            out.write_row(row)


def copy_packed(table: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    """As `copy`, of rows that are packed as COPY has them, each in one piece or several."""
    with _copying(table, columns) as out:
        out.write(b"".join((_HEAD, *rows, _END)))


@contextmanager
def _copying(table: str, columns: Iterable[str]) -> Iterator[psycopg.Copy]:
    connection.ensure_connection()
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
        cursor.copy(statement) as out,
    ):
        yield out


def insert(new: Sequence[Model]) -> None:
    """Like `bulk_create`, by COPY: the rows get their keys, and what their fields give when saved."""
    if not new:
        return
    meta = new[0]._meta
    for row, key in zip(new, keys(meta.db_table, len(new)), strict=True):
        row.pk = key
    fields = meta.concrete_fields
    columns = {str(field.column): _type_of(field) for field in fields}
    copy(meta.db_table, columns, _saved(fields, new))
    for row in new:
        row._state.adding, row._state.db = False, connection.alias


def _type_of(field: Field[Any, Any]) -> str:
    """The SQL type without its length, as COPY has it."""
    said = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
    return _TYPES[str(said).partition("(")[0]]


def _saved(fields: Sequence[Field[Any, Any]], rows: Iterable[Model]) -> Iterator[Row]:
    """What each field holds; dates that are stamped when a row is saved are the only others."""
    stamps = [f for f in fields if isinstance(f, DateField) and (f.auto_now or f.auto_now_add)]
    names = [field.attname for field in fields]
    structured = [at for at, field in enumerate(fields) if isinstance(field, JSONField)]
    for row in rows:
        for stamp in stamps:
            stamp.pre_save(row, add=True)
        held = vars(row)
        values = [held[name] for name in names]
        for at in structured:
            values[at] = None if values[at] is None else Jsonb(values[at])
        yield values


def keys(table: str, count: int) -> list[int]:
    """The next `count` values of the table's own sequence."""
    drawn = rows_of(
        # The sequence is looked up once, not for each row: that took as long as storing them.
        "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)"
        " SELECT nextval(sequence) FROM own, generate_series(1, %s)",
        [table, count],
    )
    return [key for (key,) in drawn]
