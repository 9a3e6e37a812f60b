"""Backups in the folder that settings name: taken when they are due, and old ones removed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from annotations.project.backups import BackupKind, BackupRun, failed, last_good
from annotations.project.refusals import Refusal
from workbench.backup.archive import UNFINISHED
from workbench.backup.folders import AHEAD, look
from workbench.backup.refusals import NotMade, UnderWay
from workbench.backup.retention import kept, name_of
from workbench.backup.taking import Taken, take

Clock = Callable[[], datetime]
Say = Callable[[str], None]

log = logging.getLogger(__name__)

_LEFT_BEHIND = timedelta(days=1)


def folder() -> Path | None:
    """Where backups are taken by themselves; None where they are not."""
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else None


def take_and_note(
    path: Path,
    *,
    of: BaseDatabaseWrapper,
    clock: Clock,
    secret_key: str = "",
    say: Say = lambda line: None,
) -> Taken:
    """A backup, and a row that says what became of it. Raises what kept it from being made."""
    started = clock()
    try:
        make_folder(path.parent)
        taken = take(path, of=of, now=started, secret_key=secret_key, say=say)
    except UnderWay:
        raise
    except Refusal as refusal:
        _note_failure(path.name, refusal.message, started=started, clock=clock)
        raise
    BackupRun.objects.create(
        kind=BackupKind.TAKEN,
        succeeded=True,
        name=path.name[:200],
        started_at=started,
        finished_at=clock(),
        checksum=taken.checksum,
        size=taken.size,
        rows=taken.manifest.rows,
        releases=len(taken.manifest.releases),
    )
    return taken


def _note_failure(name: str, detail: str, *, started: datetime, clock: Clock) -> None:
    log.error("The backup %s was not made: %s", name, detail)
    try:
        failed(BackupKind.TAKEN, name, started=started, now=clock(), detail=detail)
    except DatabaseError:  # which may be why there is no backup either
        log.exception("Nor could that be noted in the database.")


def take_if_due(*, of: BaseDatabaseWrapper, clock: Clock) -> Taken | None:
    """None where no folder is set, where it is too early, or where one is being made."""
    place = folder()
    if place is None or not is_due(now=clock()):
        return None
    started = clock()
    try:
        taken = take_and_note(place / name_of(started), of=of, clock=clock)
    except UnderWay:
        return None
    try:
        remove_old(place, now=clock())
    except OSError as error:
        detail = f"it was made, but older ones cannot be removed ({error})"
        _note_failure(taken.path.name, detail, started=started, clock=clock)
    return taken


def make_folder(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise NotMade(f"The folder {place} cannot be made: {error.strerror}.") from error


def is_due(*, now: datetime) -> bool:
    """A scheduled one that stands in the folder counts, and nothing else."""
    place = folder()
    known = [found.at for found in look(place).ours] if place else []
    made = max((at for at in known if at <= now + AHEAD), default=None)
    # A quarter of an hour early rather than a whole turn late.
    return made is None or now - made >= timedelta(hours=settings.BACKUP_EVERY, minutes=-15)


def newest_in(place: Path, *, now: datetime) -> Path | None:
    """The latest backup that was taken here, by what it says of its time."""
    newest = look(place).newest(now=now)
    return newest.path if newest else None


def remove_old(place: Path, *, now: datetime) -> list[Path]:
    """Files with names that people gave are theirs, and stay; so do backups of others."""
    ours = look(place).ours
    keep = kept(
        (each.at for each in ours),
        daily=settings.BACKUP_KEEP_DAILY,
        weekly=settings.BACKUP_KEEP_WEEKLY,
    )
    old = [each.path for each in ours if each.at not in keep]
    before = (now - _LEFT_BEHIND).timestamp()
    old += [
        path
        for path in place.glob(f".workbench-*{UNFINISHED}")
        if path.stat().st_mtime < before  # of a process that was killed
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def is_late(*, now: datetime) -> bool:
    """Whether two turns have passed without a backup, where backups are to be taken."""
    if folder() is None:
        return False
    good = last_good(BackupKind.TAKEN, until=now + AHEAD)
    return good is None or now - good.finished_at > 2 * timedelta(hours=settings.BACKUP_EVERY)
