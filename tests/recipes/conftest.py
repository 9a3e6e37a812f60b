"""A running server with two releases, once for all recipes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from tests import cast
from tests.databases import address, administer, close_all, point_django_at
from tests.recipes import gold
from tests.servers import Server


@pytest.fixture(scope="module")
def release_database(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """As own_database is, for a whole module. Gives its name."""
    name, before = f"wbt_{uuid4().hex[:12]}", connection.settings_dict["NAME"]
    named = {"name": sql.Identifier(name), "template": sql.Identifier(template_database)}
    with django_db_blocker.unblock():
        close_all()
        administer(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**named))
        point_django_at(name)
        try:
            yield name
        finally:
            point_django_at(before)
            administer(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**named))


@pytest.fixture(scope="module")
def released(release_database: str) -> gold.Gold:
    return gold.assemble(cast.assemble())


@pytest.fixture(scope="module")
def serving(
    released: gold.Gold,
    release_database: str,
    static_root: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    yield from _serve(release_database, static_root, tmp_path_factory.mktemp("data"))


@pytest.fixture
def strict_server(
    released: gold.Gold,
    release_database: str,
    static_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Server]:
    """Answers a token once in two seconds."""
    monkeypatch.setenv("WORKBENCH_LIMIT_USUAL", "1/2")
    yield from _serve(release_database, static_root, tmp_path / "data")


def _serve(database: str, static_root: Path, data: Path) -> Iterator[Server]:
    running = Server(address(database), static_root=static_root, data=data)
    running.start()
    try:
        yield running
    finally:
        running.kill()
