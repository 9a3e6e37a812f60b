"""The tables as a state of the migrations has them, made, and made ready for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from workbench.applying import Executor
from workbench.backup.refusals import NotEmpty, Unknown
from workbench.backup.tables import Cursor

MANY = 2_000
"""Rows from which on an index is made after they are in, which is several times faster."""

_THERE = """
    SELECT c.relname::text FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r','p','v','m','S','f')
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relkind = 'S', c.relname COLLATE "C"
"""
_FOREIGN_KEYS = """
    SELECT k.conrelid::regclass::text, k.conname::text, pg_get_constraintdef(k.oid)
    FROM pg_constraint AS k
    WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY k.oid
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
    WHERE c.relname = ANY (%s) AND c.relnamespace = current_schema()::regnamespace
      AND NOT i.indisunique ORDER BY i.indexrelid
"""
_TRIGGERS = """
    SELECT t.tgrelid::regclass::text, t.tgname::text, t.tgenabled::text
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2
"""


def refuse_unless_empty(cursor: Cursor) -> None:
    found = [name for (name,) in cursor.execute(_THERE).fetchall()]
    if found:
        raise NotEmpty(cursor.connection.info.dbname, found)


def build(connection: BaseDatabaseWrapper, applied: Iterable[tuple[str, str]]) -> None:
    """Empty tables as they are after exactly these migrations. Raises Unknown for foreign ones."""
    wanted = set(applied)
    executor = Executor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    whole = executor.migration_plan(leaves, clean_start=True)
    known = {(each.app_label, each.name) for each, _ in whole}
    if foreign := sorted(wanted - known):
        names = ", ".join(f"{app}.{name}" for app, name in foreign[:3])
        raise Unknown(
            f"The backup was made by a version that knows steps which this one does not ({names}). "
            "Install that version or a later one, and restore with it."
        )
    plan = [step for step in whole if (step[0].app_label, step[0].name) in wanted]
    with _without_savepoints(connection), unwatched(connection):
        executor.migrate(leaves, plan=plan)


@contextmanager
def unwatched(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Statements go out as they are: the audit trail's context would be put into those of
    migrations, whose per cent signs it does not survive."""
    wrappers = list(connection.execute_wrappers)
    connection.execute_wrappers.clear()
    try:
        yield
    finally:
        connection.execute_wrappers.extend(wrappers)


def migrate_on(connection: BaseDatabaseWrapper) -> None:
    """The steps of later versions, as everywhere; killed half way, they go on at the next start."""
    with unwatched(connection):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _without_savepoints(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """PostgreSQL lets a value added to an enum be used at once only outside of savepoints, and
    only where the type is of the same transaction. What fails takes all of it down anyway."""
    features: Any = connection.features
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True


@contextmanager
def made_ready(cursor: Cursor, *, large: list[str]) -> Iterator[None]:
    """Tables without their triggers, foreign keys and, where `large`, their indexes.

    Triggers would derive once more what is in the rows already, and refuse to have history written
    afresh. Foreign keys come back as they were, and adding one checks all rows. Only the owner of
    the tables may do this, no superuser is needed; it is seen by nobody before the commit.
    """
    triggers = cursor.execute(_TRIGGERS).fetchall()
    keys = cursor.execute(_FOREIGN_KEYS).fetchall()
    indexes = cursor.execute(_INDEXES, [large]).fetchall()
    # The catalogue answers with names that are quoted where they have to be.
    for table in dict.fromkeys(table for table, _, _ in triggers):
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    for table, name, _ in keys:
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        cursor.execute(drop.format(sql.SQL(table), sql.Identifier(name)))
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}".encode())
    yield
    for _, definition in indexes:
        cursor.execute(definition.encode())
    for table, name, definition in keys:
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        cursor.execute(add.format(sql.SQL(table), sql.Identifier(name), sql.SQL(definition)))
    for table, name, state in triggers:
        if state != "D":
            as_it_was = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA"}[state]
            enable = sql.SQL(f"ALTER TABLE {table} {as_it_was} TRIGGER {{}}")
            cursor.execute(enable.format(sql.Identifier(name)))
