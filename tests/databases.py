"""Databases for tests: a template, copies of it, and connections that let go."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection, connections
from psycopg import sql

PATIENCE = 180  # seconds: the server's own vacuum ends by itself, and nobody of ours may end it


def administer(statement: sql.Composed | sql.SQL) -> None:
    """Runs a statement that no transaction may hold, such as CREATE DATABASE."""
    until = time.monotonic() + PATIENCE
    with psycopg.connect(**_parameters("postgres"), autocommit=True) as admin:
        while True:
            try:
                admin.execute(statement)
                return
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


def _parameters(name: str) -> dict[str, Any]:
    settings = connection.settings_dict
    given = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    return {"dbname": name, **{key: value for key, value in given.items() if value}}


def connect(name: str | None = None) -> psycopg.Connection[Any]:
    """A raw autocommit connection to the test's database."""
    return psycopg.connect(**_parameters(name or connection.settings_dict["NAME"]), autocommit=True)


def connect_as_owner() -> psycopg.Connection[Any]:
    """As whom accounts may be made: ourselves, else the owner of the embedded server."""
    admin = connect("postgres")
    query = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if admin.execute(query).fetchone() == (True,):
        return admin
    admin.close()
    return psycopg.connect(**{**_parameters("postgres"), "user": "postgres"}, autocommit=True)


def address(name: str) -> str:
    """The DATABASE_URL of a database on the test server."""
    settings = connection.settings_dict
    login = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        login += ":" + quote(settings["PASSWORD"], safe="")
    query = {"host": settings["HOST"]} if settings["HOST"].startswith("/") else {}
    host = "" if query else settings["HOST"]
    port = f":{settings['PORT']}" if settings["PORT"] and not query else ""
    if query and settings["PORT"]:
        query["port"] = settings["PORT"]
    return f"postgresql://{login}@{host}{port}/{name}" + (f"?{urlencode(query)}" if query else "")


def close_all() -> None:
    """Closes the connection and the pool, so that a database can be copied or dropped."""
    for each in connections.all():
        each.close()
        each.close_pool()


def send_off(name: str) -> None:
    """Ends our connections to the database, those of threads that are not done yet too.

    A vacuum that the server runs there is not ours to end; it lets go by itself.
    """
    administer(
        sql.SQL(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = {} AND usename = current_user AND backend_type = 'client backend'"
        ).format(sql.Literal(name))
    )


def template_of(name: str) -> str:
    """Copies the database; whoever is still connected to it, such as another thread, is sent off."""
    template = f"{name}_template"
    send_off(name)
    administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(template)))
    administer(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(template), sql.Identifier(name)
        )
    )
    return template


def point_django_at(name: str) -> None:
    close_all()
    connection.settings_dict["NAME"] = name
