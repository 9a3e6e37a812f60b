"""Restoring to PostgreSQL 15 and 16, where tables cannot be made in the transaction of the rows.

There a value added to an enum may be used only after a commit. So the tables are made step by step,
beside a mark, and the transaction that fills them takes the mark away. Whoever finds the mark knows
that there is nothing in the tables yet, and clears them away.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from workbench.backup.refusals import NotEmpty
from workbench.backup.schema import build, refuse_unless_empty
from workbench.backup.tables import Cursor
from workbench.preparation import RESTORING

_MADE_WITH_TABLES = {"auth_permission", "django_content_type", "django_migrations", RESTORING}
_OURS = (
    "NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = o.oid AND d.deptype IN ('e', 'i'))"
)
_TABLES = f"""
  SELECT o.relname::text FROM pg_class AS o
  WHERE o.relnamespace = current_schema()::regnamespace AND o.relkind = 'r' AND {_OURS} ORDER BY 1
"""  # noqa: S608 - our own words
_REST = f"""
  SELECT 'ROUTINE', o.oid::regprocedure::text FROM pg_proc AS o
  WHERE o.pronamespace = current_schema()::regnamespace AND {_OURS}
  UNION ALL SELECT 'TYPE', o.oid::regtype::text FROM pg_type AS o
  WHERE o.typnamespace = current_schema()::regnamespace AND {_OURS} AND (o.typtype IN ('e', 'd')
    OR EXISTS (SELECT 1 FROM pg_class AS c WHERE c.oid = o.typrelid AND c.relkind = 'c'))
  UNION ALL SELECT 'SEQUENCE', o.oid::regclass::text FROM pg_class AS o
  WHERE o.relnamespace = current_schema()::regnamespace AND o.relkind = 'S' AND {_OURS}
"""  # noqa: S608 - our own words


def needs_steps(connection: BaseDatabaseWrapper) -> bool:
    """Whether the server is older than PostgreSQL 17."""
    with connection.cursor() as cursor:
        version: int = cursor.cursor.connection.info.server_version
    return version < 170000


def make_tables(connection: BaseDatabaseWrapper, applied: Iterable[tuple[str, str]]) -> None:
    """Marks an empty database and makes the tables; what another attempt left is cleared away."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        clear_away(cursor.cursor)
        refuse_unless_empty(cursor.cursor)
        cursor.execute(f"CREATE TABLE {RESTORING} ()")
    build(connection, applied)


def is_marked(cursor: Cursor) -> bool:
    row = cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [RESTORING]).fetchone()
    return bool(row and row[0])


def clear_away(cursor: Cursor) -> None:
    """Removes tables that a restore made and did not fill; refuses where somebody did since."""
    if not is_marked(cursor):
        return
    names = [name for (name,) in cursor.execute(_TABLES).fetchall()]
    filled = [name for name in names if name not in _MADE_WITH_TABLES and _has_rows(cursor, name)]
    if filled:
        raise NotEmpty(cursor.connection.info.dbname, filled)
    for name in names:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))
    # The catalogue answers with names that are quoted where they have to be.
    for kind, name in cursor.execute(_REST).fetchall():
        cursor.execute(f"DROP {kind} IF EXISTS {name} CASCADE".encode())


def _has_rows(cursor: Cursor, table: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))
    row = cursor.execute(query).fetchone()
    return bool(row and row[0])
