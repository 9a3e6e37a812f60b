"""What comes back is what was kept: every row, every rule, every release. Or nothing comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql
from pytest_django import DjangoDbBlocker

from annotations.management.demo import load_demo
from annotations.project.accounts import create_token, new_sign_in_link
from annotations.project.models import ApiToken, Project, SignInLink, User
from annotations.release.models import Release, ReleaseSpan
from tests.databases import address, close_all
from tests.operations.keeping import empty_database, half_way, kill, pointing_at, rows, shape
from workbench.backup.proving import verify_releases
from workbench.backup.refusals import Damaged, NotEmpty, UnderWay, Unknown
from workbench.backup.restoring import restore
from workbench.backup.schema import migrate_on
from workbench.backup.tables import LEFT_OUT
from workbench.backup.taking import Taken, take


@dataclass(frozen=True)
class Kept:
    """A backup, and the name and shape of the database that it is of."""

    taken: Taken
    database: str
    shape: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def kept(
    template_database: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kept]:
    """A backup of the demonstration, with a session, a sign-in link, a token and jobs."""
    with django_db_blocker.unblock(), empty_database(like=template_database) as name:
        load_demo(now=timezone.now())
        ada = User.objects.get(username="ada")
        new_sign_in_link(ada, now=timezone.now())
        create_token(ada, name="notebook", scopes=["read"], now=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
            cursor.execute("INSERT INTO workbench_limit VALUES ('192.0.2.1', now())")
        _jobs()
        path = tmp_path_factory.mktemp("kept") / "kept.zip"
        taken = take(path, of=connection, now=timezone.now())
        yield Kept(taken, name, shape(name))


def _jobs() -> None:
    """One that waits, one under way that waits only once, its successor, and one that is done."""
    for task, lock, state in (
        ("imports.wake", "", "todo"),
        ("upkeep.remove_old", "once", "doing"),
        ("upkeep.remove_old", "once", "todo"),
        ("imports.run", "", "doing"),
        ("imports.run", "", "succeeded"),
    ):
        job = app.configure_task(task, queueing_lock=lock or None).defer(timestamp=1)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [state, job])


@pytest.fixture(scope="module")
def restored(kept: Kept, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database that the backup was restored to; Django's connection points at it."""
    with django_db_blocker.unblock(), empty_database() as name:
        restore(kept.taken.path, into=connection)
        yield name


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), empty_database() as name:
        yield name


def test_every_row_comes_back(kept: Kept, restored: str, tmp_path: Path) -> None:
    again = take(tmp_path / "again.zip", of=connection, now=timezone.now()).manifest

    assert rows(again) == rows(kept.taken.manifest)
    assert again.sequences == kept.taken.manifest.sequences
    assert again.releases == kept.taken.manifest.releases
    assert again.rows > 1000


def test_every_rule_comes_back(kept: Kept, restored: str) -> None:
    assert shape(restored) == kept.shape


def test_releases_are_proven(kept: Kept, restored: str) -> None:
    (verified,) = verify_releases(kept.taken.manifest)

    assert verified.faults == ()
    assert verified.sha256 == Release.objects.get().sha256


def test_what_lets_somebody_in_stays_out_but_tokens_keep_working(kept: Kept, restored: str) -> None:
    assert not SignInLink.objects.exists()
    assert ApiToken.objects.get().name == "notebook"
    with connection.cursor() as cursor:
        for table in LEFT_OUT:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            assert cursor.fetchone() == (0,), table


def test_jobs_under_way_wait_again_and_done_ones_are_history(kept: Kept, restored: str) -> None:
    jobs = ProcrastinateJob.objects.order_by("id").values_list(
        "task_name", "status", "queueing_lock"
    )

    assert list(jobs) == [
        ("imports.wake", "todo", "imports.wake"),
        ("upkeep.remove_old", "todo", "once"),
        ("imports.run", "todo", None),
    ]


def test_work_goes_on_after_the_last_number_given_out(kept: Kept, restored: str) -> None:
    with transaction.atomic():
        user = User.objects.create(username="eve")
        assert user.pk > max(User.objects.exclude(pk=user.pk).values_list("pk", flat=True))
        transaction.set_rollback(True)


def test_a_release_stays_sealed_elsewhere(kept: Kept, restored: str) -> None:
    span = ReleaseSpan.objects.earliest("pk")
    assert span.release.transaction == 0  # nobody's
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseSpan.objects.filter(pk=span.pk).update(label="other")
    span.pk, span.uuid = None, Project.objects.model().uuid
    with pytest.raises(DatabaseError), transaction.atomic():
        span.save(force_insert=True)


def test_a_database_that_holds_something_is_refused(kept: Kept, restored: str) -> None:
    with pytest.raises(NotEmpty, match=restored):
        restore(kept.taken.path, into=connection)
    assert Release.objects.count() == 1


def test_a_damaged_archive_changes_nothing(kept: Kept, empty: str, tmp_path: Path) -> None:
    damaged = bytearray(kept.taken.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path = tmp_path / "damaged.zip"
    path.write_bytes(damaged)

    with pytest.raises(Damaged):
        restore(path, into=connection)
    assert shape(empty) == []


def test_a_backup_of_a_later_version_is_refused(kept: Kept, empty: str, tmp_path: Path) -> None:
    with pointing_at(kept.database), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('annotations', '9999_of_tomorrow', now())"
        )
        later = take(tmp_path / "later.zip", of=connection, now=timezone.now())
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_of_tomorrow'")

    with pytest.raises(Unknown, match=r"annotations\.9999_of_tomorrow"):
        restore(later.path, into=connection)
    assert shape(empty) == []


@pytest.mark.slow
def test_a_restore_that_is_killed_half_way_leaves_nothing(kept: Kept, empty: str) -> None:
    close_all()
    with half_way("restore", kept.taken.path, address(empty), at="40/") as process:
        kill(process, database=empty)

    assert shape(empty) == []
    restore(kept.taken.path, into=connection)
    assert Release.objects.count() == 1


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_no_file_that_looks_whole(
    kept: Kept, tmp_path: Path
) -> None:
    path = tmp_path / "workbench-20260301T040506Z.zip"
    with half_way("take", path, address(kept.database), at="40/") as process:
        with pointing_at(kept.database), pytest.raises(UnderWay):  # never two at once
            take(tmp_path / "second.zip", of=connection, now=timezone.now())
        process.kill()
        process.wait()

    (left,) = tmp_path.iterdir()
    assert left.name.startswith(f".{path.name}.")
    assert left.name.endswith(".unfinished")


@pytest.mark.slow
def test_a_backup_of_an_older_version_is_brought_forward(own_database: str, tmp_path: Path) -> None:
    load_demo(now=timezone.now())
    call_command("migrate", "annotations", "0016", verbosity=0)
    older = take(tmp_path / "older.zip", of=connection, now=timezone.now())
    close_all()

    with empty_database():
        restore(older.path, into=connection)
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM annotations_backuprun")
        migrate_on(connection)
        (verified,) = verify_releases(older.manifest)
        assert verified.faults == ()
        call_command("migrate", check_unapplied=True, verbosity=0)
