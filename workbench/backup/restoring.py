"""Bringing a backup back: into an empty database, all of it or nothing.

Tables, rows and their comparison with the archive are one transaction: whatever kills it leaves the
database as empty as it was. Steps of later versions follow after it, and go on where they stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from workbench.backup import manifest
from workbench.backup.archive import Counting, Reader, reading
from workbench.backup.half_made import clear_away, make_tables, needs_steps
from workbench.backup.manifest import KeptTable, Manifest
from workbench.backup.refusals import Damaged, Different, Unknown
from workbench.backup.schema import MANY, build, made_ready, refuse_unless_empty
from workbench.backup.tables import Cursor, Table, copy_in, rows_of, settle, tables
from workbench.backup.taking import SECRET_KEY
from workbench.migrating import MIGRATING, alone
from workbench.preparation import RESTORING

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the database now; `secret_key` is empty where the archive has none."""

    checksum: str
    manifest: Manifest
    secret_key: str


def restore(path: Path, *, into: BaseDatabaseWrapper, say: Say = lambda line: None) -> Restored:
    """Raises Damaged, Unknown, NotEmpty or Different, and then has changed nothing."""
    with reading(path) as archive:
        contents = checked(archive, say=say)
        try:
            _bring(archive, contents, into=into, say=say)
        except (DatabaseError, psycopg.Error) as error:
            raise Different(
                f"The database did not take the backup, and is empty again: {str(error).strip()}"
            ) from error
        key = b"".join(archive.pieces(SECRET_KEY)).decode() if contents.secret_key else ""
    with transaction.atomic(using=into.alias), into.cursor() as cursor:
        settle(cursor.cursor)
        cursor.execute("ANALYZE")
    return Restored(archive.checksum, contents, key)


def checked(archive: Reader, *, say: Say = lambda line: None) -> Manifest:
    """The manifest, after every part was read and found to be what the manifest says."""
    contents = manifest.from_json(b"".join(archive.pieces(manifest.NAME)))
    stated = {manifest.NAME, *(table.part for table in contents.tables)}
    if contents.secret_key:
        stated.add(SECRET_KEY)
    if archive.names() != stated:
        raise Damaged(archive.path, "its parts are not those that it lists")
    for table in contents.tables:
        found = archive.sum(table.part)
        if (found.rows, found.size, found.sha256) != (table.rows, table.size, table.sha256):
            raise Damaged(archive.path, f"the rows of {table.name} are not those that were kept")
    say(f"The archive of {contents.made_at} is whole: {contents.rows} rows.")
    return contents


def _bring(archive: Reader, contents: Manifest, *, into: BaseDatabaseWrapper, say: Say) -> None:
    if not needs_steps(into):
        with transaction.atomic(using=into.alias), into.cursor() as cursor:
            _fill(cursor.cursor, archive, contents, makes=into, say=say)
        return
    whole = False
    with alone(into):  # so that nobody else clears away or migrates meanwhile
        try:
            make_tables(into, contents.migrations)
            with transaction.atomic(using=into.alias), into.cursor() as cursor:
                _fill(cursor.cursor, archive, contents, makes=None, say=say)
            whole = True
        finally:
            if not whole:
                with transaction.atomic(using=into.alias), into.cursor() as cursor:
                    clear_away(cursor.cursor)


def _fill(
    cursor: Cursor,
    archive: Reader,
    contents: Manifest,
    *,
    makes: BaseDatabaseWrapper | None,
    say: Say,
) -> None:
    """`makes` makes the tables, too; without it they stand there marked, and we are alone."""
    settle(cursor)
    if makes:
        # A workbench that starts on the same database meanwhile waits here.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
        refuse_unless_empty(cursor)
        build(makes, contents.migrations)
        settle(cursor)
    else:
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(RESTORING)))
    say("The tables are made.")
    there = _tables_of(cursor, contents)
    large = [table.name for table in contents.tables if table.rows >= MANY]
    with made_ready(cursor, large=large):
        for table in there:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
        for number, (table, kept) in enumerate(zip(there, contents.tables, strict=True), start=1):
            _load(cursor, archive, table, kept)
            say(f"{number}/{len(there)} {table.name}: {kept.rows} rows")
    _set_sequences(cursor, contents)
    for table, kept in zip(there, contents.tables, strict=True):
        _compare(cursor, table, kept)
    say("Every row is as it was kept.")


def _tables_of(cursor: Cursor, contents: Manifest) -> list[Table]:
    """The tables that were made, with the columns in the archive's order."""
    found = {table.name: table for table in tables(cursor)}
    if set(found) != {kept.name for kept in contents.tables}:
        odd = sorted(set(found) ^ {kept.name for kept in contents.tables})
        raise Unknown(f"This version makes other tables than the backup has: {', '.join(odd)}.")
    for kept in contents.tables:
        if set(found[kept.name].columns) != set(kept.columns):
            raise Unknown(f"This version makes {kept.name} with other columns than the backup has.")
    return [
        Table(kept.name, kept.columns, found[kept.name].key, found[kept.name].texts)
        for kept in contents.tables
    ]


def _load(cursor: Cursor, archive: Reader, table: Table, kept: KeptTable) -> None:
    if kept.rows:
        with cursor.copy(copy_in(table)) as copy:
            for piece in archive.pieces(kept.part):
                copy.write(piece)


def _set_sequences(cursor: Cursor, contents: Manifest) -> None:
    for name, (last, given) in contents.sequences.items():
        quoted = sql.Identifier(name).as_string(cursor)
        cursor.execute("SELECT setval(%s::regclass, %s, %s)", [quoted, last, given])


def _compare(cursor: Cursor, table: Table, kept: KeptTable) -> None:
    counting = Counting()
    for piece in rows_of(cursor, table):
        counting.add(piece)
    found = counting.sum()
    if (found.rows, found.sha256) != (kept.rows, kept.sha256):
        raise Different(
            f"What came back of {table.name} ({found.rows} rows) is not what was kept "
            f"({kept.rows} rows). The database is empty again."
        )
