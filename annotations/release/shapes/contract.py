"""What a shape beside `documents` is: a head, and a piece a document, so that it streams. Pure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from annotations.release.formats.contract import PLAIN, Options
from annotations.release.formats.encoding import compact
from annotations.release.formats.spans_csv import BOM, safe
from annotations.release.schema import DocumentRow
from annotations.text.phrases import Phrase, phrase

from .evidence import Evidence

Value = str | int | bool | None | list[str] | list[int] | list["Fields"]
Fields = dict[str, Value]
"""One row: every key on every row, in one order."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Root themes and stances of a release by their keys, in the codebook's order."""

    themes: tuple[str, ...]
    stances: tuple[str, ...]


Documents = Iterable[tuple[DocumentRow, Evidence]]
"""Sorted by the document's id."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release beside documents.jsonl, as a page lists it. Its offsets are code points."""

    name: str
    extension: str
    media_type: str
    title: Phrase
    loses: Phrase
    takes: frozenset[str]

    @property
    def file(self) -> str:
        """As it is asked for: `passages.csv`."""
        return f"{self.name}.{self.extension}"


@dataclass(frozen=True, slots=True)
class Shape(File):
    """`head` comes once before the pieces, one of each document."""

    head: Callable[[Columns, Options], bytes]
    piece: Callable[[DocumentRow, Evidence, Columns, Options], bytes]

    def pieces(
        self,
        documents: Documents,
        columns: Columns,
        options: Options = PLAIN,
    ) -> Iterator[bytes]:
        """The whole file."""
        yield self.head(columns, options)
        for document, evidence in documents:
            yield self.piece(document, evidence, columns, options)


Rows = Callable[[DocumentRow, Evidence, Columns, Options], Iterator[Fields]]
Flat = Callable[[Fields], dict[str, str | int | None]]
Names = Callable[[Columns], list[str]]


def jsonl(name: str, rows: Rows, *, title: Phrase) -> Shape:
    """A row a line, `\\n` after each and nowhere else."""

    def piece(
        document: DocumentRow, evidence: Evidence, columns: Columns, options: Options
    ) -> bytes:
        made = (f"{compact(row)}\n" for row in rows(document, evidence, columns, options))
        return "".join(made).encode()

    return Shape(
        name=name,
        extension="jsonl",
        media_type="application/x-ndjson",
        title=title,
        loses=phrase("The whole texts."),
        takes=frozenset({"offsets"}),
        head=lambda _columns, _options: b"",
        piece=piece,
    )


def table(name: str, rows: Rows, *, title: Phrase, names: Names, flat: Flat) -> Shape:
    """CSV (RFC 4180): lists are flattened to columns or joined by a blank; null is empty."""

    def head(columns: Columns, options: Options) -> bytes:
        keys = map(safe, names(columns)) if options.formula_safe else names(columns)
        return ((BOM if options.bom else "") + _csv([keys])).encode()

    def piece(
        document: DocumentRow, evidence: Evidence, columns: Columns, options: Options
    ) -> bytes:
        keys = names(columns)
        made = []
        for row in rows(document, evidence, columns, options):
            cells = flat(row)
            values = [cells[key] for key in keys]
            made.append([safe(each) for each in values] if options.formula_safe else values)
        return _csv(made).encode()

    return Shape(
        name=name,
        extension="csv",
        media_type="text/csv; charset=utf-8",
        title=title,
        loses=phrase("The whole texts, and whether a field is empty or not said."),
        takes=frozenset({"offsets", "formulas", "bom"}),
        head=head,
        piece=piece,
    )


def cell(value: Value) -> str | int | None:
    """As it stands in a table: `true` or `false`, a list joined by blanks, nothing for null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return value


def _csv(rows: Iterable[Iterable[str | int | None]]) -> str:
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
