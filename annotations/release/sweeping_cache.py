"""Files of the cache that nobody is to have any more, or that nobody has asked for in a while.

What was taken back is never served, whatever lies in the cache: a file's name follows what is left
of its release. But the bytes have to leave every machine that has them, so each looks whether
something was taken back since it swept last: on a takedown, before it serves, and when it is asked
whether it is ready.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from .cache import releases_folder
from .models import Release, ReleaseDocument
from .present import less

MARK = ".swept"
OURS = re.compile(r"([0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[.-]", re.ASCII)
"""How the names begin that are of a release; locks of builders are not."""

NEWEST = """
concat(coalesce((SELECT max(id) FROM annotations_takedown), 0), ' ',
       coalesce((SELECT max(id) FROM annotations_retraction), 0))
"""
"""What was taken back last, in SQL."""


def keep_up() -> None:
    """Sweeps where something was taken back since this machine did so last."""
    if not has_kept_up(_newest()):
        sweep()


def has_kept_up(newest: str) -> bool:
    """Whether this machine has swept since that, as NEWEST says it, was taken back."""
    with suppress(FileNotFoundError):
        return (releases_folder() / MARK).read_text() == newest
    return False


def sweep() -> None:
    """Deletes what is of no release as it is given today."""
    folder = releases_folder()
    folder.mkdir(parents=True, exist_ok=True)
    newest, wanted = _newest(), _wanted()
    for path in folder.iterdir():
        named = OURS.match(path.name)
        if named and named[1] not in wanted:
            _delete(path)
    beginning = folder / f"{MARK}.{os.getpid()}"
    beginning.write_text(newest)
    beginning.replace(folder / MARK)


def sweep_old(*, now: datetime) -> list[Path]:
    """Deletes files that are older than settings say, then the oldest until the rest fits in."""
    before = (now - timedelta(days=settings.RELEASE_CACHE_DAYS)).timestamp()
    files = sorted(_files(), key=lambda found: found[0])
    size = sum(each[1] for each in files)
    deleted = []
    for made, weight, path in files:
        if made >= before and size <= settings.RELEASE_CACHE_BYTES:
            break
        size -= weight
        _delete(path)
        deleted.append(path)
    return deleted


def sweep_old_daily(*, now: datetime) -> list[Path]:
    """The same, where this machine has not done so for a day: the job of each night has one machine."""
    mark = releases_folder() / f"{MARK}.old"
    with suppress(FileNotFoundError):
        if mark.stat().st_mtime > (now - timedelta(days=1)).timestamp():
            return []
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    os.utime(mark, (now.timestamp(), now.timestamp()))
    return sweep_old(now=now)


def _files() -> Iterator[tuple[float, int, Path]]:
    """(when it was made, its size, where it is) of whole files; what is being built is left alone."""
    for folder, _folders, names in os.walk(releases_folder()):
        for name in names:
            path = Path(folder, name)
            if path.suffix not in {".part", ".lock"} and not name.startswith(MARK):
                with suppress(FileNotFoundError):
                    stat = path.stat()
                    yield stat.st_mtime, stat.st_size, path


def _newest() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NEWEST}")
        return str(cursor.fetchone()[0])


def _wanted() -> set[str]:
    """What the names of files may begin with: hash and id of every release that is not retracted."""
    gone: dict[int, list[str]] = {}
    rows = ReleaseDocument.objects.filter(document__taken_down=True).order_by("position")
    for release, uuid in rows.values_list("release", "document__uuid"):
        gone.setdefault(release, []).append(str(uuid))
    releases = Release.objects.filter(retraction__isnull=True)
    return {
        less(of, gone.get(pk, ()))
        for pk, sha256, uuid in releases.values_list("pk", "sha256", "uuid")
        for of in (sha256, str(uuid))
    }


def _delete(path: Path) -> None:
    """Also while somebody else does, or reads it: whoever has it open reads on."""
    with suppress(FileNotFoundError):
        if path.is_dir():
            for each in path.iterdir():
                _delete(each)
            with suppress(OSError):
                path.rmdir()
        else:
            path.unlink()
