"""A backup that was never restored is a hope; this makes it a fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from annotations.management.telling import TellingCommand, Told
from annotations.project.refusals import Invalid
from workbench.backup.folders import look
from workbench.backup.keeping import folder, newest_in
from workbench.backup.proving import prove


class Command(TellingCommand):
    help = (
        "Restores a backup to a scratch database, compares every row and the hash of every release, "
        "drops it, and keeps the date for the administration's front page, which warns when it is "
        "older than WORKBENCH_PROOF_DAYS days."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "archive",
            nargs="?",
            help="default: the newest of WORKBENCH_BACKUP_DIR, or of DATA/backups",
        )
        parser.add_argument(
            "--into",
            metavar="URL",
            help="an empty database to restore to, which is left as it is then, for an account that "
            "may not make databases; without it one is made on the same server, and dropped",
        )

    def tell(self, *, archive: str | None, into: str | None, **options: Any) -> Told:
        path = Path(archive).absolute() if archive else self._newest()
        run = prove(path, of=connection, clock=timezone.now, into=into)
        seconds = (run.finished_at - run.started_at).total_seconds()
        data = {
            "archive": run.name,
            "checksum": run.checksum,
            "rows": run.rows,
            "releases": run.releases,
            "seconds": round(seconds, 1),
        }
        text = (
            f"{run.name} comes back: {run.rows} rows as they were kept, {run.releases} releases "
            f"with their hashes, in {seconds:.0f} s."
        )
        return Told(data, text)

    def _newest(self) -> Path:
        """Says what else lies there, so that nobody takes it for what was proven."""
        place, now = folder() or Path(settings.DATA_DIR) / "backups", timezone.now()
        for remark in look(place).remarks(now=now):
            self.stderr.write(f"Passed over: {remark}")
        newest = newest_in(place, now=now)
        if newest is None:
            raise Invalid(f"There is no backup in {place}. Make one with `backup`, or name one.")
        return newest
