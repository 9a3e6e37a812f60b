"""Real PostgreSQL for every test.

`db` rolls back. Tests that need several connections or a server of their own take `own_database`:
a copy of a template, because the triggers that keep history stand in the way of TRUNCATE.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from playwright.sync_api import expect
from psycopg import sql
from pytest_django import DjangoDbBlocker, Settings

from tests import cast as _cast
from tests.chromium import LAUNCH, executable
from tests.databases import (
    address,
    administer,
    close_all,
    point_django_at,
    send_off,
    template_of,
)
from tests.second_tries import give_second_try
from tests.second_tries import pytest_runtest_setup as pytest_runtest_setup
from tests.second_tries import pytest_terminal_summary as pytest_terminal_summary
from tests.servers import ROOT, Server

# How long an example takes depends on who else is working on the machine.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")
expect.set_options(timeout=60_000)  # ms; a page may have to send something twice

# The browser driver keeps an event loop in the tests' own thread; our queries there are not async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives a browser can be left out with `-m "not browser"`, and has a second try."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        give_second_try(item)


@pytest.fixture(autouse=True)
def in_no_language_of_another_test() -> Iterator[None]:
    """A request leaves its language to the thread, and verbs speak the language in force."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def data_of_this_process(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A data folder in which no other run, and no process beside this one, leaves or sweeps files."""
    folder = tmp_path_factory.mktemp("data")
    django_settings.DATA_DIR = folder
    for name in ("counts", "figures"):
        kept = django_settings.CACHES[name]
        kept.update(LOCATION=folder / "cache" / name, OPTIONS={"MAX_ENTRIES": 100_000})


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The migrated test database, also where no test takes `db` and all bring their own.

    Tests that run side by side have one in each process, which its name tells apart.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        close_all()
        _drop(made)


def _drop(made: list[Any], *, tries: int = 60) -> None:
    """The test databases; a vacuum of the server's own may be in the way for a moment."""
    while True:
        send_off(connection.settings_dict["NAME"])
        try:
            return teardown_databases(made, verbosity=0)
        except OperationalError:
            tries -= 1
            if not tries:
                raise
            time.sleep(1)


@pytest.fixture(scope="session")
def template_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of the migrated test database that nobody is connected to."""
    with django_db_blocker.unblock():
        close_all()
        name = template_of(connection.settings_dict["NAME"])
    yield name
    administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def own_database(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of the test's own; Django's connection points at it. Gives its name."""
    name = f"wbt_{uuid4().hex[:12]}"
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        close_all()
        administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template_database)
            )
        )
        point_django_at(name)
        try:
            yield name
        finally:
            point_django_at(before)
            administer(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Pages asked for in this process name static files as they are; servers hash them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def cast(db: None) -> _cast.Cast:
    """ada and ben code, cleo adjudicates, mia manages, rita reads, dag is refused."""
    return _cast.assemble()


@pytest.fixture
def live_cast(own_database: str) -> _cast.Cast:
    """The cast in a database of its own, committed, for servers and several connections."""
    return _cast.assemble()


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as they are served, under hashed names."""
    root = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "WORKBENCH_STATIC_ROOT": str(root), "WORKBENCH_DEBUG": "false"},
        check=True,
    )
    return root


@pytest.fixture
def server(own_database: str, static_root: Path, tmp_path: Path) -> Iterator[Server]:
    """A running web server on the test's own database."""
    running = Server(address(own_database), static_root=static_root, data=tmp_path)
    running.start()
    try:
        yield running
    finally:
        running.kill()  # politely, it would wait for what browsers keep open


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `make test` found on the machine, kept off the network."""
    found = executable()
    return {
        **browser_type_launch_args,
        **({"executable_path": found} if found else {}),
        "args": LAUNCH,
    }
