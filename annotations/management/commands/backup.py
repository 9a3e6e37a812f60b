"""Everything that is kept, into one file."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from annotations.management.telling import TellingCommand, Told
from workbench.backup.keeping import folder, take_and_note
from workbench.backup.retention import name_of


class Command(TellingCommand):
    help = """Writes all rows of one moment into one archive, while people go on working.

The archive is a zip of parts compressed with zstd, sealed by a checksum: whole or not there at
all, for its owner's eyes only (0600), never written over another file. With WORKBENCH_BACKUP_DIR
the worker takes one every WORKBENCH_BACKUP_EVERY hours, and keeps those of the last
WORKBENCH_BACKUP_KEEP_DAILY days and WORKBENCH_BACKUP_KEEP_WEEKLY weeks.

In it: texts and the bytes they came as, everything coded, ruled and released, accounts with the
hashes of passwords and tokens and sealed second factors, the audit trail, jobs that wait.
Not in it: sessions and sign-in links (people sign in again), the secret key unless asked for,
figures and files that are built again (DATA/cache). It is not encrypted: keep it as you keep the
database. A document that is taken down later stays in older backups until these are deleted.

Second factors are sealed with the secret key. Keep that in another place than the backups: under
another key everything comes back but these, and people set up theirs anew."""

    def arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument(
            "place",
            nargs="?",
            help="a file that is not there yet, or a folder, in which the file is named by its time"
            " (default: WORKBENCH_BACKUP_DIR, or DATA/backups)",
        )
        parser.add_argument(
            "--secret-key",
            action="store_true",
            help="keep the secret key too; whoever has it and the database can sign in as anybody. "
            "Without it a restored workbench has its own, and second factors are set up anew",
        )

    def tell(self, *, place: str | None, secret_key: bool, **options: Any) -> Told:
        path = _path(place)
        taken = take_and_note(
            path,
            of=connection,
            clock=timezone.now,
            secret_key=settings.SECRET_KEY if secret_key else "",
            say=self.stderr.write if options["verbosity"] else lambda line: None,
        )
        contents = taken.manifest
        data = {
            "file": str(taken.path),
            "bytes": taken.size,
            "checksum": taken.checksum,
            "rows": contents.rows,
            "releases": len(contents.releases),
            "left_out": list(contents.left_out),
            "secret_key": contents.secret_key,
        }
        key = "with" if contents.secret_key else "without"
        text = (
            f"{taken.path}: {contents.rows} rows, {len(contents.releases)} releases, "
            f"{taken.size} bytes, checksum {taken.checksum}\n"
            "With the hashes of passwords and tokens and the sealed secrets of second factors, "
            f"{key} the secret key, without sessions and sign-in links. "
            "Keep it as you keep the database."
        )
        return Told(data, text)


def _path(place: str | None) -> Path:
    """The file to write, absolute."""
    if place is None:
        where = folder() or Path(settings.DATA_DIR) / "backups"
        return where.absolute() / name_of(timezone.now())
    where = Path(place).absolute()
    is_folder = where.is_dir() or place.endswith("/")  # one that is not there yet, too
    return where / name_of(timezone.now()) if is_folder else where
