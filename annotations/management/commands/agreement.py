"""Agreement of a project's coders, or of any table of judgements."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.agreement import stating, tables
from annotations.agreement.choosing import chosen
from annotations.agreement.report_json import of_report, of_stability
from annotations.agreement.reports import across, report
from annotations.agreement.stability import stability
from annotations.agreement.stating import METRICS
from annotations.management.telling import MISUSED, TellingCommand, Told, project_named


class Command(TellingCommand):
    help = (
        "Prints every coefficient that applies as one JSON object, each {value, reason}: of a "
        "project's first submissions, or of a CSV file."
    )

    def arguments(self, parser: CommandParser) -> None:
        of = parser.add_mutually_exclusive_group(required=True)
        of.add_argument("project", nargs="?", help="slug of a project")
        of.add_argument(
            "--table",
            metavar="FILE",
            help="CSV: first the column `unit`, then one a coder; a blank cell is missing",
        )
        of.add_argument(
            "--sets",
            metavar="FILE",
            help="the same with sets: values between `|`, `{}` the empty set that was seen",
        )
        of.add_argument(
            "--spans",
            metavar="FILE",
            help=f"CSV with the columns {','.join(tables.SPAN_COLUMNS)}; half-open; a coder "
            "without a span has a row with an empty label",
        )
        parser.add_argument("--batch", metavar="UUID", help="of a project: one round")
        parser.add_argument("--edition", metavar="NUMBER", help="of a project: another edition")
        parser.add_argument("--metric", choices=METRICS, default="nominal", help="of --table")

    def tell(self, *, metric: str, **options: Any) -> Told:
        found = self._found(metric, **options)
        return Told(found, json.dumps(found, ensure_ascii=False, indent=2))

    def _found(self, metric: str, **options: Any) -> dict[str, Any]:
        if options["table"]:
            return _of(
                options["table"],
                lambda text: stating.of_values(
                    tables.judged(text, numeric=metric != "nominal"), metric=metric
                ),
            )
        if options["sets"]:
            return _of(options["sets"], lambda text: stating.of_sets(tables.judged_sets(text)))
        if options["spans"]:
            return _of(options["spans"], lambda text: stating.of_spans(tables.continua(text)))
        project = project_named(options["project"])
        what = chosen(project, batch=options["batch"], edition=options["edition"])
        found = report(project, **what)
        said = of_report(found, project=project.slug, editions=across(project, found))
        return said | {"stability": of_stability(stability(found.batch))}


def _of(name: str, find: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    try:
        return find(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", returncode=MISUSED) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8.", returncode=MISUSED) from error
    except tables.BadTable as error:
        raise CommandError(f"{name}: {error}", returncode=MISUSED) from error
