"""`workbench import_annotations PROJECT FILE`: annotations of other tools, a line each.

    workbench import_annotations labs lines.ndjson --batch "Old study" --judged-all --submit
    workbench convert_annotations doccano all.jsonl | workbench import_annotations labs -

On stdout an outcome a line, as the API answers them. Exit code 0: all lines are in, now or before.
1: some were refused. 2: nothing was tried.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotations.codebook.reading import edition_to_read
from annotations.coding.import_lines import LONGEST_LINE
from annotations.coding.import_seats import Round
from annotations.coding.importing import Import, Outcome, import_annotations
from annotations.corpus.deliveries.lines import lines_of
from annotations.management.commands.freeze_release import first_manager
from annotations.management.telling import FAILED, MISUSED, project_named, user_named
from annotations.project.models import Project
from annotations.project.refusals import Refusal
from annotations.project.speaking import spoken


class Command(BaseCommand):
    help = "Takes annotations from other tools into a project, a line of JSON each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("file", help="the lines, - for standard input")
        parser.add_argument("--batch", default="Imported", help="the round, made if there is none")
        parser.add_argument("--kind", help="of a round that is made (main)")
        parser.add_argument("--edition", help="number of its codebook edition (the one in use)")
        parser.add_argument("--coder", default="", help="whose lines are that name nobody")
        parser.add_argument("--prefix", default="", help="stands before every name of a coder")
        parser.add_argument("--judged-all", action="store_true", help="they judged every passage")
        parser.add_argument("--submit", action="store_true", help="what they coded is submitted")
        parser.add_argument("--by", metavar="USER", help="the manager (default: the first one)")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        try:
            project = project_named(options["project"])
            by = user_named(options["by"]) if options["by"] else first_manager(project)
            with ExitStack() as closing:
                lines = sys.stdin.buffer
                if options["file"] != "-":
                    lines = closing.enter_context(Path(options["file"]).open("rb"))
                outcomes = import_annotations(
                    project,
                    lines_of(lines, LONGEST_LINE),
                    _how(project, options),
                    by=by,
                    now=timezone.now(),
                )
                for outcome in outcomes:
                    refused += outcome.outcome == "refused"
                    self.stdout.write(json.dumps(_told(outcome), ensure_ascii=False))
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=MISUSED) from refusal
        except OSError as error:
            raise CommandError(
                f"{options['file']}: {error.strerror}", returncode=MISUSED
            ) from error
        if refused:
            raise CommandError(f"refused: {refused}", returncode=FAILED)


def _how(project: Project, options: dict[str, Any]) -> Import:
    edition = options["edition"] and edition_to_read(project, options["edition"])
    return Import(
        into=Round(options["batch"], kind=options["kind"], edition=edition or None),
        coder=options["coder"],
        prefix=options["prefix"],
        judged_all=options["judged_all"],
        submit=options["submit"],
    )


def _told(outcome: Outcome) -> dict[str, Any]:
    """Only what there is to say."""
    refusal = spoken(outcome.refusal) if outcome.refusal else None
    said = {
        "line": outcome.line,
        "outcome": outcome.outcome,
        "id": outcome.annotation,
        "document": outcome.document,
        "coder": outcome.coder,
        "detail": refusal and refusal.message,
        "counts": outcome.counts,
    }
    strings = {
        key: str(value) for key, value in said.items() if key in ("id", "document") and value
    }
    return {key: value for key, value in {**said, **strings}.items() if value is not None}
