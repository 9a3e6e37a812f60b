"""A PostgreSQL that somebody else runs, named by DATABASE_URL."""

from __future__ import annotations

import time

import psycopg
from psycopg.pq import PGconn, Ping

from workbench.supervisor.refusals import CannotStart
from workbench.supervisor.terminal import say

OLDEST = 15
_TRIED_EVERY, _SAID_EVERY = 1.0, 30.0  # seconds


def wait_for(url: str) -> None:
    """Returns once a server answers there, be it with a refusal; says meanwhile what it waits for.

    After a power cut everything starts at once, and a database server has its recovery to do first.
    """
    say_next = time.monotonic()
    while (found := PGconn.ping(_patient(url))) in {Ping.NO_RESPONSE, Ping.REJECT}:
        if time.monotonic() >= say_next:
            where = psycopg.conninfo.conninfo_to_dict(url)
            why = "is not ready yet" if found == Ping.REJECT else "does not answer"
            place = f"{where.get('host', 'localhost')}:{where.get('port', 5432)}"
            say(f"The database server at {place} {why}; waiting for it.")
            say_next = time.monotonic() + _SAID_EVERY
        time.sleep(_TRIED_EVERY)


def _patient(url: str) -> bytes:
    return psycopg.conninfo.make_conninfo(url, connect_timeout=5).encode()


def check(url: str) -> None:
    """Waits for the server; refuses where it will not have us, or is none for us."""
    try:
        wait_for(url)
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.Error as error:
        raise CannotStart(
            f"DATABASE_URL names a database that cannot be used:\n    {str(error).strip()}\n"
            "Correct DATABASE_URL, or unset it to use the embedded PostgreSQL."
        ) from error
    if version < OLDEST * 10000:
        raise CannotStart(
            f"DATABASE_URL names a PostgreSQL {version // 10000}; {OLDEST} or newer is needed."
        )
    if encoding != "UTF8":
        raise CannotStart(
            f"The database of DATABASE_URL stores text as {encoding}, which cannot hold every\n"
            "script. Create it with: createdb --encoding=UTF8 --template=template0 NAME"
        )
