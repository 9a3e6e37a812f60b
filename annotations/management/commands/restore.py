"""A backup back into an empty database."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection

from annotations.management.telling import TellingCommand, Told
from workbench.backup.proving import Verified, child_environment, verify_releases
from workbench.backup.restoring import Restored, restore
from workbench.backup.schema import migrate_on
from workbench.backup.taking import key_fingerprint
from workbench.supervisor.secret_key import put_secret_key


class Command(TellingCommand):
    help = """Brings a backup back into an empty database, all of it or nothing.

First the whole archive is read and its checksums compared; then tables, rows and a comparison of
every row with the archive are one transaction, so that whatever ends it half way leaves the
database empty (on PostgreSQL 15 and 16: tables without rows, which nothing starts on, and which
the next attempt clears away). Then newer steps of this version are applied, and every release is built again
from its rows and compared by its hash.

It needs no superuser: the database's owner is enough. A backup of an older version goes into any
later one, of any PostgreSQL from 15 into any other. Where the server has no pg_trgm, search is
slower and nothing else. Jobs that waited or were under way wait again."""

    def arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("file", help="an archive made by `backup`")
        parser.add_argument(
            "--into",
            metavar="URL",
            help="an empty database, postgresql://user:password@host/database"
            " (default: DATABASE_URL, or that of the data folder)",
        )
        parser.add_argument(
            "--secret-key",
            action="store_true",
            help="put the secret key of the archive into the data folder, in place of its own",
        )
        parser.add_argument(
            "--unverified", action="store_true", help="do not build the releases again"
        )

    def tell(self, *, file: str, into: str | None, **options: Any) -> Told:
        path = Path(file).absolute()
        if into:
            return _elsewhere(path, into, options)
        say = self.stderr.write if options["verbosity"] else lambda line: None
        restored = restore(path, into=connection, say=say)
        migrate_on(connection)
        verified = [] if options["unverified"] else verify_releases(restored.manifest)
        faults = [f"{_named(each)}: {fault}" for each in verified for fault in each.faults]
        text = [
            f"Restored {restored.manifest.rows} rows of {restored.manifest.made_at}, "
            f"{len(restored.manifest.releases)} releases.",
            *(f"{_named(each)}: sha256 {each.sha256}" for each in verified if not each.faults),
            *faults,
            _about_key(restored, wanted=options["secret_key"]),
        ]
        data = {
            "checksum": restored.checksum,
            "rows": restored.manifest.rows,
            "made_at": restored.manifest.made_at,
            "releases": [asdict(each) for each in verified],
        }
        return Told(data, "\n".join(filter(None, text)), "\n".join(faults))


def _named(release: Verified) -> str:
    return f"{release.project} v{release.number}"


def _about_key(restored: Restored, *, wanted: bool) -> str:
    contents = restored.manifest
    if wanted and restored.secret_key:
        put_secret_key(Path(settings.DATA_DIR), restored.secret_key)
        return "The secret key is in the data folder. A WORKBENCH_SECRET_KEY that is set goes before it."
    if contents.key_fingerprint in {"", key_fingerprint(settings.SECRET_KEY)}:
        return ""
    factors = contents.rows_of("mfa_authenticator")
    remedy = (
        "restore with --secret-key" if restored.secret_key else "set WORKBENCH_SECRET_KEY to it"
    )
    return "This workbench has another secret key than the one that the backup was made under" + (
        f"; {factors} second factors need that one: {remedy}." if factors else "."
    )


def _elsewhere(path: Path, address: str, options: dict[str, Any]) -> Told:
    """In a process of its own, because a process has one database."""
    typed = [sys.executable, "-m", "django", "restore", str(path), "-v", str(options["verbosity"])]
    typed += [
        f"--{name.replace('_', '-')}" for name in ("secret_key", "unverified") if options[name]
    ]
    typed += ["--json"] if options["json"] else []
    done = subprocess.run(  # noqa: S603 - our own words
        typed, env=child_environment(address), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        # What kept it was said by the other process.
        raise CommandError(done.stdout.strip() or "Not restored.", returncode=done.returncode)
    said = done.stdout.strip()
    return Told(json.loads(said) if options["json"] else None, said)
