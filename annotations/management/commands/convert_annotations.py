"""`workbench convert_annotations FORMAT FILES…`: files of other tools as lines for an import.

    workbench convert_annotations label-studio export.json > lines.ndjson
    workbench convert_annotations brat folder/ --coder ada --stance none --themes Pay=compensation
    workbench convert_annotations release documents.jsonl annotations.jsonl

Needs no database. Exit code 0: all was read. 1: some could not be, which stderr tells; the rest is on
stdout. 2: nothing was tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.coding.foreign import CONVERTERS, Unreadable, Words
from annotations.management.telling import FAILED, MISUSED


class Command(BaseCommand):
    help = "Turns files of other annotation tools into lines for import_annotations."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(CONVERTERS))
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--themes", default="", help="Their label=our theme,…")
        parser.add_argument("--coders", default="", help="their name=account or pseudonym,…")
        parser.add_argument("--coder", default="", help="whose it is where the file does not say")
        parser.add_argument("--stance", help="of labels without one")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = options["files"]
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no {missing[0]}.", returncode=MISUSED)
        words = Words(
            themes=_pairs(options["themes"]),
            coders=_pairs(options["coders"]),
            coder=options["coder"],
            stance=options["stance"],
        )
        unread = 0
        for line in CONVERTERS[options["format"]](paths, words):
            if isinstance(line, Unreadable):
                unread += 1
                self.stderr.write(str(line))
            else:
                self.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
        if unread:
            raise CommandError(f"not read: {unread}", returncode=FAILED)


def _pairs(said: str) -> dict[str, str]:
    """
    >>> _pairs("Pay=compensation,Long hours=long_hours")
    {'Pay': 'compensation', 'Long hours': 'long_hours'}
    """
    pairs: Iterable[list[str]] = (each.split("=", 1) for each in said.split(",") if each.strip())
    try:
        return {theirs.strip(): ours.strip() for theirs, ours in pairs}
    except ValueError as error:
        raise CommandError("Name them as theirs=ours,…", returncode=MISUSED) from error
