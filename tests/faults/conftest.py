"""A web server whose database is at the other end of a line that can be cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from tests.databases import address
from tests.faults.lines import Line, line
from tests.servers import Server


def way_to(url: str) -> tuple[str, int] | str:
    """Where the server of a DATABASE_URL listens: host and port, or a socket's path."""
    asked = parse_qs(urlsplit(url).query)
    if "host" in asked:
        return f"{asked['host'][0]}/.s.PGSQL.{asked.get('port', ['5432'])[0]}"
    found = urlsplit(url)
    return (found.hostname or "127.0.0.1", found.port or 5432)


def through(url: str, port: int) -> str:
    """The same database, by way of a port of this machine."""
    found = urlsplit(url)
    login = found.netloc.rpartition("@")[0]
    return f"postgresql://{login}@127.0.0.1:{port}{found.path}"


@pytest.fixture
def to_database(own_database: str) -> Iterator[Line]:
    with line(way_to(address(own_database))) as made:
        yield made


@pytest.fixture
def web(
    own_database: str, to_database: Line, static_root: Path, tmp_path: Path
) -> Iterator[Server]:
    """A web server on the test's own database, not started yet."""
    url = through(address(connection.settings_dict["NAME"]), to_database.port)
    server = Server(url, static_root=static_root, data=tmp_path)
    try:
        yield server
    finally:
        server.kill()
