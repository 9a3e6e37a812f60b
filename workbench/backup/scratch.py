"""Databases that are made beside another one for a while, and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from workbench.backup.refusals import NotMade

_SUFFIX = r"_proof_[0-9a-f]{12}"


@contextmanager
def beside(of: BaseDatabaseWrapper) -> Iterator[str]:
    """The address of an empty database on the same server; gone afterwards.

    What an earlier process left that was killed is dropped first, unless somebody is in it.
    """
    own = str(of.settings_dict["NAME"])
    name = f"{own[:40]}_proof_{uuid4().hex[-12:]}"
    try:
        with _administration(of) as admin:
            _drop_left_behind(admin, own)
            create = "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0"
            admin.execute(sql.SQL(create).format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise NotMade(
            f"No scratch database can be made on this server ({str(error).strip()}). Let the "
            "account make databases (ALTER ROLE … CREATEDB), or name an empty one with --into."
        ) from error
    try:
        yield address(of, name)
    finally:
        with _administration(of) as admin:
            drop = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
            admin.execute(sql.SQL(drop).format(sql.Identifier(name)))


def _administration(of: BaseDatabaseWrapper) -> psycopg.Connection[Any]:
    parameters: dict[str, Any] = of.get_connection_params()
    return psycopg.connect(**{**parameters, "autocommit": True})


def _drop_left_behind(admin: psycopg.Connection[Any], own: str) -> None:
    found = admin.execute(
        "SELECT d.datname FROM pg_database AS d WHERE d.datname ~ %s"
        " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity AS a WHERE a.datname = d.datname)",
        [f"^{re.escape(own[:40])}{_SUFFIX}$"],
    ).fetchall()
    for (name,) in found:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def address(of: BaseDatabaseWrapper, name: str) -> str:
    """The DATABASE_URL of another database on the same server."""
    own = of.settings_dict
    options = {
        key: str(value)
        for key, value in own["OPTIONS"].items()
        if key.startswith(("ssl", "channel_binding", "gss"))
    }
    host, port = str(own["HOST"] or ""), str(own["PORT"] or "")
    if host.startswith("/"):  # a socket's folder, which the address itself has no place for
        options = {**options, "host": host}
        host = ""
    login = ":".join(quote(str(part), safe="") for part in (own["USER"], own["PASSWORD"]) if part)
    place = f"[{host}]" if ":" in host else host
    query = f"?{urlencode(options, quote_via=quote, safe='')}" if options else ""
    at = f"{login}@" if login else ""
    return f"postgresql://{at}{place}{f':{port}' if port else ''}/{quote(name, safe='')}{query}"
