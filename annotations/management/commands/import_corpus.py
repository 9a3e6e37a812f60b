"""`workbench import_corpus PROJECT FILES…`: files into a project, without waiting for the worker.

    workbench import_corpus labs press/            every file in the folder that can be read
    workbench import_corpus labs a.txt b.zip --json
    workbench import_corpus labs rows.csv --columns text=body,title=headline,outlet=paper

Exit code 0: every file is in, now or before. 1: some were refused, or need an answer. 2: nothing
was tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.deliveries import delivering
from annotations.corpus.deliveries.delivering import Item
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.corpus.speaking import reason_in_words
from annotations.corpus.stories import gathering
from annotations.project.models import Project

SUFFIXES = frozenset(
    [
        ".txt",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".ndjson",
        ".zip",
    ]
)
ASKED = "It is not known which column is what: name them with --columns text=…, or on the page."
_FIELDS = frozenset(Columns.__slots__) - {"attributes"}
_SAID_EVERY = timedelta(seconds=1)


class Command(BaseCommand):
    help = "Takes files into a project: kept as they came, read, and split into passages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's short name, as in its address")
        parser.add_argument("files", nargs="+", type=Path, help="files, or folders of them")
        parser.add_argument("--columns", default="", help="for tables: text=body,title=headline,…")
        parser.add_argument("--json", action="store_true", help="one JSON object a file on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        project = _project(options["project"])
        paths = _paths(options["files"])
        reading = _reading(options["columns"])
        items = (_item(path, reading) for path in paths)
        delivery = delivering.kept(project, items, by=None, now=timezone.now())
        self._read(delivery)
        counts = dict.fromkeys((Outcome.ADDED, Outcome.ALREADY_THERE, Outcome.REFUSED), 0)
        files = delivery.files.select_related("document").defer("content", "document__text")
        for file in files.iterator(chunk_size=500):
            counts[Outcome(file.outcome)] = counts.get(Outcome(file.outcome), 0) + 1
            shown = _shown(paths[file.position]) if file.container_id is None else file.name
            self._say(shown, file, as_json=options["json"])
        summary = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items())
        self.stderr.write(f"{summary}.", self.style.NOTICE)
        if counts[Outcome.REFUSED] or counts.get(Outcome.ASKED):
            raise SystemExit(1)

    def _read(self, delivery: Import) -> None:
        more = True
        while more:
            until = timezone.now() + _SAID_EVERY
            more = run_import(delivery.pk, clock=timezone.now, until=until)
            progress = delivering.progress_of(delivery)
            self.stderr.write(f"[{progress.done}/{progress.total}]", str)
        gathering.gather_later(delivery.pk)

    def _say(self, shown: str, file: ImportFile, *, as_json: bool) -> None:
        if as_json:
            said = {
                "file": shown,
                "outcome": file.outcome,
                "reason": file.reason or None,
                "document": str(file.document.uuid) if file.document else None,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        asked = ASKED if file.outcome == Outcome.ASKED else ""
        reason = reason_in_words(file.reason) or asked
        self.stdout.write(f"{file.outcome:13} {shown}{reason and f': {reason}'}")


def _project(slug: str) -> Project:
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        known = ", ".join(Project.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no project “{slug}”. Projects: {known}.", returncode=2)
    return project


def _reading(columns: str) -> dict[str, Any]:
    """
    >>> _reading("text=body,outlet=paper")["columns"]
    {'text': 'body', 'attributes': {'paper': 'outlet'}}
    """
    if not columns:
        return {}
    pairs = [pair.partition("=") for pair in columns.split(",")]
    named = {key.strip(): name.strip() for key, _, name in pairs}
    if not named.get("text") or not all(named.values()):
        raise CommandError("--columns is text=COLUMN, and others like it.", returncode=2)
    own = {key: name for key, name in named.items() if key in _FIELDS}
    rest = {name: key for key, name in named.items() if key not in _FIELDS}
    return Choices(columns=Columns(**own, attributes=rest)).as_json()


def _paths(given: list[Path]) -> list[Path]:
    """The files, those of folders in order of their names; each one once."""
    missing = [_shown(path) for path in given if not path.exists()]
    if missing:
        raise CommandError(f"There is no such file: {', '.join(missing)}", returncode=2)
    found = list(dict.fromkeys(path for each in given for path in _files_of(each)))
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise CommandError(f"These folders hold no file of these kinds: {kinds}.", returncode=2)
    return found


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_dir():
        files = (below for below in sorted(path.rglob("*")) if below.is_file())
        yield from (below for below in files if below.suffix.lower() in SUFFIXES)
    else:
        yield path


def _item(path: Path, reading: dict[str, Any]) -> Item:
    try:
        with path.open("rb") as stream:
            item = delivering.item_of((path.name, stream))
        return Item(item.name, item.size, item.data, reading)
    except OSError as error:
        return Item(path.name, 0, None, refused=f"The file cannot be opened: {error.strerror}.")


def _shown(path: Path) -> str:
    """A name that a terminal can show: no controls, and U+FFFD for bytes that are not UTF-8."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
