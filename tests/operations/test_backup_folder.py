"""What else lies in the folder of backups is neither proven, nor counted, nor deleted."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as now_in_force
from django.utils import timezone
from pytest_django import Settings

from annotations.jobs.backups import take as job
from annotations.project.backups import BackupKind, BackupRun, last
from tests.cast import Cast
from tests.management.calling import run
from workbench.backup import manifest
from workbench.backup.archive import DIGITS, MARK, reading, writing
from workbench.backup.folders import look
from workbench.backup.keeping import is_due, newest_in, remove_old
from workbench.backup.manifest import Manifest
from workbench.backup.retention import name_of
from workbench.backup.taking import key_fingerprint

NOW = datetime(2026, 3, 15, 4, tzinfo=UTC)
DAY = timedelta(days=1)
MADE = Manifest("workbench 1", "18.0", "", (), (), {}, (), (), secret_key=False)
ANOTHER_KEY = "a secret key of somebody else's"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_DIR, settings.BACKUP_EVERY = str(tmp_path / "backups"), 24
    settings.BACKUP_KEEP_DAILY, settings.BACKUP_KEEP_WEEKLY = 1, 1
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def archive(path: Path, at: datetime | str, *, key: str = "") -> str:
    """With nothing in it but what it says of itself; gives its checksum."""
    said = at if isinstance(at, str) else at.isoformat()
    fingerprint = key_fingerprint(key or now_in_force.SECRET_KEY)
    with writing(path) as writer:
        contents = replace(MADE, made_at=said, key_fingerprint=fingerprint)
        writer.add(manifest.NAME, [contents.to_json()])
    with reading(path) as written:
        return written.checksum


def test_the_newest_is_the_one_that_says_so_whatever_it_is_called(folder: Path) -> None:
    archive(folder / name_of(NOW - 6 * DAY), NOW - 2 * DAY)
    archive(folder / name_of(NOW - 3 * DAY), NOW - 5 * DAY)
    assert newest_in(folder, now=NOW) == folder / name_of(NOW - 6 * DAY)


def test_one_that_a_wrong_clock_has_made_is_not_the_newest_for_ever(folder: Path) -> None:
    archive(folder / name_of(NOW + 900 * DAY), NOW + 900 * DAY)
    assert newest_in(folder, now=NOW) == folder / name_of(NOW + 900 * DAY)
    archive(folder / name_of(NOW), NOW)
    assert newest_in(folder, now=NOW) == folder / name_of(NOW)
    assert "the clock was ahead" in " ".join(look(folder).remarks(now=NOW))


def zipped(*, comment: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("a.txt", "of another program")
        other.comment = comment
    return file.getvalue()


def locked(whole: bytes) -> bytes:
    """As if its parts were encrypted."""
    flags = whole.index(b"PK\x01\x02") + 8
    return whole[:flags] + bytes([whole[flags] | 1]) + whole[flags + 1 :]


SEALED = MARK + b"0" * DIGITS
NONSENSE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "a text": lambda whole: b"Nights in the lab.\n" * 50,
    "half written": lambda whole: whole[: len(whole) // 2],
    "without its beginning": lambda whole: whole[20:],
    "a zip": lambda whole: zipped(comment=b""),
    "a zip that looks sealed": lambda whole: zipped(comment=SEALED),
    "nonsense that looks sealed": lambda whole: b"PK\x03\x04" + b"\xff" * 500 + SEALED,
    "a list that leads nowhere": lambda whole: whole.replace(b"PK\x01\x02", b"PK\xff\xff"),
    "locked": locked,
    "flipped": lambda whole: bytes(each ^ 4 for each in whole[:-71]) + whole[-71:],
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_what_cannot_be_read_is_told_and_in_nobodys_way(folder: Path, kind: str) -> None:
    whole, old = folder / name_of(NOW), folder / name_of(NOW - 2 * DAY)
    archive(whole, NOW)
    spoilt = NONSENSE[kind](whole.read_bytes())
    old.write_bytes(spoilt)
    (folder / "copied by hand.zip").write_bytes(spoilt)
    (folder / name_of(NOW - 3 * DAY)).mkdir()
    assert newest_in(folder, now=NOW) == whole
    told = "\n".join(look(folder).remarks(now=NOW))
    named = ("copied by hand.zip has not the name", name_of(NOW - 3 * DAY), old.name)
    assert [each for each in named if each not in told] == []


@pytest.mark.parametrize("said", ["yesterday", "", "2026-13-45", "9999-12-31T23:59:59-12:00"])
def test_one_that_does_not_say_its_time_has_that_of_its_name(folder: Path, said: str) -> None:
    archive(folder / name_of(NOW), said)
    (found,) = look(folder).ours
    assert found.at == NOW
    assert "when it was made" in found.amiss


def test_backups_of_another_installation_stay_and_stand_for_none_of_ours(
    db: None, folder: Path
) -> None:
    for days in range(5):
        archive(folder / name_of(NOW - days * DAY), NOW - days * DAY, key=ANOTHER_KEY)
    theirs = sorted(folder.iterdir())
    assert is_due(now=NOW)
    assert newest_in(folder, now=NOW) is None
    ours = [folder / name_of(NOW - timedelta(days=days, hours=1)) for days in (1, 3)]
    for path, days in zip(ours, (1, 3), strict=True):
        archive(path, NOW - timedelta(days=days, hours=1))
    assert newest_in(folder, now=NOW) == ours[0]
    assert remove_old(folder, now=NOW) == ours[1:]
    assert sorted(folder.iterdir()) == sorted([*theirs, ours[0]])


def test_under_a_new_secret_key_those_that_this_database_knows_are_its_own(
    db: None, folder: Path
) -> None:
    checksum = archive(folder / name_of(NOW), NOW, key=ANOTHER_KEY)
    BackupRun.objects.create(
        kind=BackupKind.TAKEN, succeeded=True, started_at=NOW, finished_at=NOW, checksum=checksum
    )
    assert newest_in(folder, now=NOW) == folder / name_of(NOW)
    assert not is_due(now=NOW)


def test_the_proof_names_what_it_passes_over_and_does_not_fall_back_in_silence(
    live_cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job(timestamp=0)
    (made,), now = folder.iterdir(), timezone.now()
    shutil.copy(made, folder / "a copy.zip")
    half = folder / name_of(now - DAY)
    half.write_bytes(b"half of")
    answer = run("prove_restore")
    assert answer.code == 0, answer.error
    assert made.name in answer.out
    told = capsys.readouterr().err
    assert "Passed over: a copy.zip" in told
    assert half.name in told

    spoilt = folder / name_of(now + timedelta(minutes=1))
    spoilt.write_bytes(made.read_bytes()[:1000])
    answer = run("prove_restore")
    assert answer.code == 1
    assert spoilt.name in answer.error
    assert "is no backup of the workbench, or its beginning or end is lost" in answer.error
    proof = last(BackupKind.PROVEN)
    assert proof is not None
    assert (proof.succeeded, proof.name) == (False, spoilt.name)
