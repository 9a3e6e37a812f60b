"""Taking a backup: all rows of one moment, into one archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import salted_hmac
from psycopg import sql

from annotations.release.counting import software
from workbench.backup import manifest
from workbench.backup.archive import Writer, reading, writing
from workbench.backup.manifest import KeptRelease, KeptTable, Manifest
from workbench.backup.refusals import NotMade, UnderWay
from workbench.backup.tables import LEFT_OUT, Cursor, Table, kept_rows_of, settle, tables

SECRET_KEY = "secret_key"  # noqa: S105 - the name of a part
_ALONE = 0x6261636B  # any number, the same in every process

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is whole: `size` in bytes, `checksum` the one that it ends with."""

    path: Path
    size: int
    checksum: str
    manifest: Manifest


def take(
    path: Path,
    *,
    of: BaseDatabaseWrapper,
    now: datetime,
    secret_key: str = "",
    say: Say = lambda line: None,
) -> Taken:
    """One archive of the database as it is at one moment; nobody who works in it waits.

    Never two of a database at once (UnderWay). Rows of releases are not proven here.
    """
    try:
        with snapshot(of) as cursor, writing(path) as writer:
            contents = _write(cursor, writer, now=now, secret_key=secret_key, say=say)
    except psycopg.Error as error:
        raise NotMade(f"The database did not let a backup be made: {str(error).strip()}") from error
    with reading(path) as written:
        return Taken(path, path.stat().st_size, written.checksum, contents)


@contextmanager
def snapshot(of: BaseDatabaseWrapper) -> Iterator[Cursor]:
    """A connection of its own, in a transaction that sees one moment and changes nothing."""
    parameters: dict[str, Any] = of.get_connection_params()
    with psycopg.connect(**{**parameters, "autocommit": False}) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.cursor() as cursor:
            settle(cursor)
            row = cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ALONE]).fetchone()
            if row is None or not row[0]:
                raise UnderWay("Another backup of this database is being made. Wait for its end.")
            yield cursor


def _write(cursor: Cursor, writer: Writer, *, now: datetime, secret_key: str, say: Say) -> Manifest:
    found = tables(cursor)
    _hold(cursor, found)
    kept = []
    for number, table in enumerate(found, start=1):
        counted = writer.add(f"tables/{table.name}.tsv", kept_rows_of(cursor, table))
        kept.append(
            KeptTable(table.name, table.columns, counted.rows, counted.size, counted.sha256)
        )
        say(f"{number}/{len(found)} {table.name}: {counted.rows} rows")
    if secret_key:
        writer.add(SECRET_KEY, [secret_key.encode()])
    contents = Manifest(
        product=software(),
        postgresql=_server(cursor),
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        migrations=_migrations(cursor),
        tables=tuple(kept),
        sequences=_sequences(cursor),
        releases=_releases(cursor),
        left_out=LEFT_OUT,
        secret_key=bool(secret_key),
        key_fingerprint=key_fingerprint(settings.SECRET_KEY),
    )
    writer.add(manifest.NAME, [contents.to_json()])
    return contents


def key_fingerprint(key: str) -> str:
    """16 hex digits."""
    return salted_hmac("workbench.backup", "fingerprint", secret=key).hexdigest()[:16]


def _hold(cursor: Cursor, found: list[Table]) -> None:
    """A migration waits until the backup is done, instead of changing tables under it."""
    if not any(table.name == "django_migrations" for table in found):
        raise NotMade("The database holds no workbench; there is nothing to back up.")
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in found)
    cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))


def _server(cursor: Cursor) -> str:
    number = cursor.connection.info.server_version
    return f"{number // 10000}.{number % 10000}"


def _migrations(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    return tuple(cursor.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall())


def _sequences(cursor: Cursor) -> dict[str, tuple[int, bool]]:
    """Read after the rows are fixed: a sequence only ever runs ahead of them."""
    names = cursor.execute(
        "SELECT c.relname::text FROM pg_class AS c WHERE c.relkind = 'S'"
        " AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        query = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        last, given = cursor.execute(query).fetchone() or (1, False)
        found[name] = (last, given)
    return found


def _releases(cursor: Cursor) -> tuple[KeptRelease, ...]:
    rows = cursor.execute(
        "SELECT p.slug, r.number, r.sha256, r.documents_total, r.spans_total"
        " FROM annotations_release AS r JOIN annotations_project AS p ON p.id = r.project_id"
        " ORDER BY r.id"
    ).fetchall()
    return tuple(KeptRelease(*row) for row in rows)
