"""Backups are made when they are due, old ones go, and a proof says that one comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import OperationalError
from pytest_django import DjangoDbBlocker, Settings

from annotations.desk.admin.backups import backup_lines
from annotations.jobs.backups import take as job
from annotations.management.demo import load_demo
from annotations.project.backups import BackupKind, BackupRun, failed
from annotations.project.refusals import Refusal
from tests.cast import Cast
from tests.databases import connect, connect_as_owner
from tests.management.calling import run
from workbench.backup.keeping import is_due, newest_in, remove_old, take_if_due
from workbench.backup.refusals import NotMade
from workbench.backup.retention import kept, name_of
from workbench.backup.scratch import address, beside


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.BACKUP_EVERY, settings.PROOF_DAYS = 24, 30
    return tmp_path / "backups"


def wrong(*, now: datetime) -> str:
    return " ".join(line.words for line in backup_lines(now=now) if line.wrong)


@pytest.mark.parametrize(("daily", "weekly", "expected"), [(0, 0, 1), (7, 0, 7), (7, 5, 11)])
def test_days_and_weeks_are_kept(daily: int, weekly: int, expected: int) -> None:
    newest = datetime(2026, 3, 15, 4, tzinfo=UTC)  # a Sunday
    times = [newest - timedelta(hours=6 * each) for each in range(400)]
    keep = kept(times, daily=daily, weekly=weekly)

    assert newest in keep
    assert len(keep) == expected


def test_nothing_is_made_where_no_folder_is_set(db: None, settings: Settings) -> None:
    settings.BACKUP_DIR = ""
    assert take_if_due(of=connection, clock=timezone.now) is None
    assert not BackupRun.objects.exists()


def test_one_is_made_when_it_is_due_and_not_again(live_cast: Cast, folder: Path) -> None:
    job(timestamp=0)
    job(timestamp=0)

    (path,) = folder.iterdir()
    run_ = BackupRun.objects.get()
    assert (run_.name, run_.size, run_.succeeded) == (path.name, path.stat().st_size, True)
    assert not is_due(now=timezone.now() + timedelta(hours=20))
    assert is_due(now=timezone.now() + timedelta(hours=24))


def test_a_failure_is_kept_told_on_the_front_page_and_over_once_one_succeeds(
    live_cast: Cast, folder: Path, client: Client
) -> None:
    folder.write_text("in the way")
    with pytest.raises(NotMade):
        job(timestamp=0)
    assert "failed" in wrong(now=timezone.now())
    assert str(folder) in wrong(now=timezone.now())
    live_cast.mia.is_staff = live_cast.mia.is_superuser = True
    live_cast.mia.save()
    client.force_login(live_cast.mia)
    page = client.get(reverse("admin:index")).content.decode()
    assert 'class="errornote"' in page
    assert str(folder) in page

    folder.unlink()
    job(timestamp=0)
    assert "failed" not in wrong(now=timezone.now())


def test_old_ones_go_and_files_of_people_stay(folder: Path, settings: Settings) -> None:
    settings.BACKUP_KEEP_DAILY, settings.BACKUP_KEEP_WEEKLY = 2, 1
    folder.mkdir()
    now = datetime(2026, 3, 15, 4, tzinfo=UTC)
    names = [name_of(now - timedelta(days=each)) for each in range(5)]
    left_behind = folder / ".workbench-20260301T000000Z.zip.x.unfinished"
    for path in (*(folder / name for name in names), left_behind, folder / "before-the-move.zip"):
        path.write_bytes(b"x")
    os.utime(left_behind, (0, 0))

    remove_old(folder, now=now)

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*names[:2], "before-the-move.zip"]
    )
    assert newest_in(folder, now=now) == folder / names[0]


def test_old_ones_that_cannot_be_removed_are_told(
    live_cast: Cast, folder: Path, settings: Settings
) -> None:
    settings.BACKUP_KEEP_DAILY, settings.BACKUP_KEEP_WEEKLY = 1, 1
    (folder / "workbench-20200101T000000Z.zip").mkdir(parents=True)  # no file
    job(timestamp=0)
    assert "cannot be removed" in wrong(now=timezone.now())


def test_the_front_page_warns_of_what_nobody_has_proven_for_long(db: None, folder: Path) -> None:
    now = timezone.now()
    assert "never proven" in wrong(now=now)
    assert "No backup has been made" in wrong(now=now)
    for kind in BackupKind.values:
        BackupRun.objects.create(
            kind=kind, succeeded=True, name="a.zip", started_at=now, finished_at=now, rows=1234
        )
    assert wrong(now=now) == ""
    assert "1,234" in " ".join(line.words for line in backup_lines(now=now))
    assert "late" in wrong(now=now + timedelta(days=3))
    assert "more than 30 days" in wrong(now=now + timedelta(days=31))
    failed(BackupKind.PROVEN, "a.zip", started=now, now=now, detail="lost rows")
    assert "lost rows" in wrong(now=now)


@pytest.fixture
def demo(own_database: str) -> str:
    load_demo(now=timezone.now())
    return own_database


@pytest.mark.slow
def test_a_backup_is_proven_and_the_scratch_database_is_gone(demo: str, folder: Path) -> None:
    job(timestamp=0)
    answer = run("prove_restore", "--json")

    assert answer.code == 0, answer.error
    proof = BackupRun.objects.get(kind=BackupKind.PROVEN)
    assert proof.succeeded
    assert answer.json["releases"] == proof.releases == 1
    assert answer.json["rows"] == proof.rows > 1000
    assert scratch_databases(demo) == []


def test_a_damaged_backup_is_not_proven_and_that_is_kept(live_cast: Cast, folder: Path) -> None:
    job(timestamp=0)
    (path,) = folder.iterdir()
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 3] ^= 4
    path.write_bytes(damaged)

    answer = run("prove_restore")

    assert answer.code == 1
    assert "damaged" in answer.error
    assert "damaged" in wrong(now=timezone.now())
    assert scratch_databases(str(connection.settings_dict["NAME"])) == []


def scratch_databases(own: str) -> list[str]:
    with connect("postgres") as admin:
        query = "SELECT datname FROM pg_database WHERE datname LIKE %s"
        return [name for (name,) in admin.execute(query, [f"{own}_proof_%"]).fetchall()]


def test_a_scratch_database_of_a_killed_proof_is_dropped_by_the_next(own_database: str) -> None:
    left = f"{own_database}_proof_0123456789ab"
    with connect("postgres") as admin:
        admin.execute(f"CREATE DATABASE {left} TEMPLATE template0")
    with beside(connection) as made:
        assert made.rpartition("/")[2].split("?")[0] in scratch_databases(own_database)
        assert left not in scratch_databases(own_database)
    assert scratch_databases(own_database) == []


@pytest.fixture
def without_createdb(own_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The test's database as an account sees it that may make no other."""
    role = f"{own_database}_plain"
    before = connection.settings_dict["USER"]
    try:
        owner = connect_as_owner()
    except OperationalError:
        pytest.skip("The account of this server may make no other account, nor is its owner open.")
    with owner as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'plain'")
        connection.close()
        connection.close_pool()
        connection.settings_dict["USER"] = role
        connection.settings_dict["PASSWORD"], kept_ = "plain", connection.settings_dict["PASSWORD"]
        try:
            yield role
        finally:
            connection.close()
            connection.close_pool()
            connection.settings_dict.update(USER=before, PASSWORD=kept_)
            admin.execute(f"DROP ROLE {role}")


def test_an_account_that_may_make_no_database_is_told_what_to_do(without_createdb: str) -> None:
    with pytest.raises(NotMade, match="--into"), beside(connection):
        pass


def test_addresses_of_other_databases_keep_their_server() -> None:
    class Named:
        settings_dict = {
            "HOST": "/run/post gres",
            "PORT": "5433",
            "USER": "wörk",
            "PASSWORD": "a/b@c",
            "NAME": "one",
            "OPTIONS": {"sslmode": "require", "pool": {"min_size": 1}},
        }

    assert address(Named(), "two") == (  # type: ignore[arg-type]  # what it reads of one
        "postgresql://w%C3%B6rk:a%2Fb%40c@:5433/two?sslmode=require&host=%2Frun%2Fpost%20gres"
    )


def test_refusals_of_backups_are_refusals() -> None:
    assert issubclass(NotMade, Refusal)
