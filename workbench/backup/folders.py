"""What lies in a folder of backups: those of this installation by their time, and what else there is.

Of each file only the end and the list of contents are read; whether it is whole, restoring says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from annotations.project.backups import BackupKind, BackupRun
from annotations.project.refusals import Refusal
from workbench.backup import manifest
from workbench.backup.archive import reading
from workbench.backup.manifest import Manifest
from workbench.backup.refusals import Unknown
from workbench.backup.retention import made_at
from workbench.backup.taking import key_fingerprint

AHEAD = timedelta(hours=1)
"""What was made later than this from now was made while the clock was wrong."""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup that was taken here, by its name; `amiss` says why it cannot be one.

    It was made when it says so itself; what cannot be read, when its name says.
    """

    path: Path
    at: datetime
    amiss: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """`others` are the files that nobody here has made, a sentence each."""

    ours: list[Found]
    others: list[str]

    def newest(self, *, now: datetime) -> Found | None:
        """Of those that a wrong clock has not made, where there are any."""
        sound = [each for each in self.ours if each.at <= now + AHEAD]
        return max(sound or self.ours, key=lambda each: (each.at, each.path.name), default=None)

    def remarks(self, *, now: datetime) -> list[str]:
        """What lies beside the newest and is not what it looks like."""
        beside = [each for each in self.ours if each != self.newest(now=now)]
        ahead = [
            f"{each.path.name} was made while the clock was ahead."
            for each in beside
            if each.at > now + AHEAD
        ]
        return [*(each.amiss for each in beside if each.amiss), *ahead, *self.others]


def look(place: Path) -> Folder:
    """What is under way, or was left behind by whoever was killed, has a hidden name."""
    found = Folder([], [])
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        named = made_at(path.name)
        if named is not None:
            _sort(path, named, into=found)
        elif path.is_file() and not path.name.startswith("."):
            found.others.append(f"{path.name} has not the name of a backup that was taken here.")
    return found


def _sort(path: Path, named: datetime, *, into: Folder) -> None:
    try:
        with reading(path, whole=False) as archive:
            contents = manifest.from_json(b"".join(archive.pieces(manifest.NAME)))
        if _is_of_another(contents, archive.checksum):
            into.others.append(f"{path.name} is a backup of another installation.")
        else:
            into.ours.append(Found(path, _moment(path, contents)))
    except Refusal as refusal:
        into.ours.append(Found(path, named, refusal.message))


def _moment(path: Path, contents: Manifest) -> datetime:
    try:
        return datetime.fromisoformat(contents.made_at).astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise Unknown(f"{path} does not say when it was made.") from error


def _is_of_another(contents: Manifest, checksum: str) -> bool:
    """Made under another secret key, and not by this database under an earlier one of its own."""
    ours = key_fingerprint(settings.SECRET_KEY)
    if contents.key_fingerprint in {"", ours}:
        return False
    return not BackupRun.objects.filter(kind=BackupKind.TAKEN, checksum=checksum).exists()
