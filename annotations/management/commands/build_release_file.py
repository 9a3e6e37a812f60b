"""Builds a file of a release into the cache, from which it is served."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.management.commands.verify_release import release_named
from annotations.management.telling import TellingCommand, Told, project_named
from annotations.release.building_here import be_modest
from annotations.release.cache import Kept
from annotations.release.choosing import wanted
from annotations.release.wanting import UNITS, Asked
from workbench.replicas import elsewhere


class Command(TellingCommand):
    help = "Builds a file of a release, where it is not there yet, and says where it is."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("version", help="such as v1")
        parser.add_argument("file", help="such as documents.jsonl, spans.csv or brat.zip")
        parser.add_argument("--offsets", choices=UNITS, default="codepoint")
        parser.add_argument("--formula-safe", action="store_true", help="no cell is a formula")
        parser.add_argument("--bom", action="store_true", help="with a byte order mark")
        parser.add_argument("--held", action="store_true", help="the file's lock was handed over")

    def tell(self, *, project: str, version: str, file: str, **options: Any) -> Told:
        asked = Asked(options["offsets"], options["formula_safe"], options["bom"])
        if options["held"]:
            be_modest()

        def built() -> Kept:
            found = wanted(release_named(project_named(project), version), file, asked)
            return found.built() if options["held"] else found.kept()

        kept = elsewhere(built)
        said = {"path": str(kept.path), "size": kept.size, "sha256": kept.sha256}
        return Told(said, f"{kept.path}: {kept.size} bytes, sha256 {kept.sha256}")
