"""Databases for backups to come from and to go into, and a restore that stands still half way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection
from psycopg import sql

from tests.databases import administer, close_all, connect, point_django_at
from tests.operations.workplaces import PATIENCE, wait_until
from workbench.backup.manifest import Manifest
from workbench.backup.proving import child_environment

HELD = """
import sys, time, django
django.setup()
from pathlib import Path
from datetime import UTC, datetime
from django.db import connection
from workbench.backup.restoring import restore
from workbench.backup.taking import take

def say(line):
    if sys.argv[3] in line:
        print("held", flush=True)
        time.sleep(600)

path = Path(sys.argv[2])
if sys.argv[1] == "take":
    take(path, of=connection, now=datetime.now(UTC), say=say)
else:
    restore(path, into=connection, say=say)
"""


@contextmanager
def empty_database(*, like: str = "template0") -> Iterator[str]:
    """A database with nothing in it, or a copy; Django's connection points at it. Gives its name."""
    name = f"wbt_{uuid4().hex[:12]}"
    before = connection.settings_dict["NAME"]
    close_all()
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    administer(create.format(sql.Identifier(name), sql.Identifier(like)))
    point_django_at(name)
    try:
        yield name
    finally:
        point_django_at(before)
        administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def pointing_at(name: str) -> Iterator[None]:
    """Django's connection, for a while."""
    before = connection.settings_dict["NAME"]
    point_django_at(name)
    try:
        yield
    finally:
        point_django_at(before)


@contextmanager
def half_way(what: str, path: Path, address: str, *, at: str) -> Iterator[subprocess.Popen[str]]:
    """A process that takes or restores a backup, and stands still once it has said `at`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HELD, what, str(path), at],
        env=child_environment(address),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def kill(process: subprocess.Popen[str], *, database: str) -> None:
    """As `kill -9`; afterwards the server has noticed."""
    process.kill()
    process.wait(timeout=PATIENCE)
    with connect("postgres") as admin:
        wait_until(lambda: sessions(admin, database) == 0, "the end of the killed session")


def sessions(admin: Any, database: str) -> int:
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = %s"
    return int(admin.execute(query, [database, "client backend"]).fetchone()[0])


def rows(contents: Manifest) -> dict[str, tuple[int, str]]:
    """Count and hash of the rows of each table."""
    return {table.name: (table.rows, table.sha256) for table in contents.tables}


def shape(name: str) -> list[tuple[Any, ...]]:
    """What a database has beside rows: columns, keys and checks, indexes, triggers, functions."""
    with connect(name) as session:
        return session.execute(SHAPE).fetchall()


SHAPE = """
  SELECT 'column', table_name || '.' || column_name,
         concat_ws(' ', data_type, is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname,
         pg_get_constraintdef(oid) || convalidated::text
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname,
         tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function', p.oid::regprocedure::text, md5(prosrc) FROM pg_proc AS p
    WHERE pronamespace = 'public'::regnamespace
  ORDER BY 1, 2, 3
"""
