"""A codebook as a table, one row a theme, and back without loss. Pure.

First column `part` (theme, stance or edition), then a column for each clause, named by its path:
`code`, `name.en`, `exclude.fr`, `stance_labels.against.en`. `examples` and `counter_examples` hold
one example a line, `text | stance: favor | why.en: …`, in which a bar is `\\p`, a backslash `\\\\` and
a line's end `\\n`. A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotations.codebook.checking import LANGUAGE, Fault
from annotations.codebook.clauses import LABELS, Clauses, clauses_of, entry_of, fields_of
from annotations.text import formulas
from annotations.text.phrases import phrase

PARTS = {"theme": "themes", "stance": "stances", "edition": "edition"}
GUARDED = (*formulas.BEGINNINGS, "'")
BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = (",", ";", "\t")
MOST_ROWS = 2_000
ENTRY = re.compile(r"((?:themes|stances)(?:\[\d+\]|\.[^.]*))\.(.*)", re.S)


class BadSheet(Exception):
    """Each fault's `field` is like `row 3, column code`."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults[0]["detail"])
        self.faults = faults


def sheet_of(book: Mapping[str, Any]) -> str:
    """CSV with a byte order mark, without which spreadsheets misread accents."""
    rows = [("edition", clauses_of("edition", book))]
    for name in ("stances", "themes"):
        rows += [(name[:-1], clauses_of(name, each)) for each in book[name]]
    columns = _columns(clauses for _, clauses in rows)
    told = io.StringIO(newline="")
    written = csv.writer(told, lineterminator="\r\n")
    written.writerow(["part", *map(guarded, columns)])
    for part, clauses in rows:
        written.writerow([part, *(guarded(clauses.get(column, "")) for column in columns)])
    return BYTE_ORDER_MARK + told.getvalue()


def _columns(rows: Iterable[Clauses]) -> list[str]:
    """Keys first, then fields in the order in which a theme is read, languages together."""
    fields = (*fields_of("themes"), *fields_of("stances"), *fields_of("edition"))
    order = {field: place for place, field in reversed([*enumerate(fields)])}
    seen = dict.fromkeys(path for clauses in rows for path in clauses)
    return sorted(seen, key=lambda path: order[path.partition(".")[0]])


def guarded(cell: str) -> str:
    """
    >>> guarded("=1+1"), guarded("’tis"), guarded("'-")
    ("'=1+1", '’tis', "''-")
    """
    return f"'{cell}" if cell.startswith(GUARDED) else cell


def unguarded(cell: str) -> str:
    """
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell


def book_of(sheet: str) -> dict[str, Any]:
    """The codebook a table says, not yet checked; `note` and `stances` only where it has rows for them.

    Raises BadSheet where it is no such table at all.
    """
    rows = _rows(sheet)
    columns = [unguarded(cell.strip()) for cell in rows[0]] if rows else []
    faults = _columns_wrong(columns)
    book: dict[str, Any] = {"themes": []}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: unguarded(cell) for name, cell in zip(columns, row, strict=False)}
        part = cells.pop("part", "theme").strip() or "theme"
        if part not in PARTS or len(row) > len(columns):
            faults.append(_row_wrong(number, part, row, columns))
        elif part == "edition":
            book["note"] = entry_of("edition", cells)["note"]
        else:
            book.setdefault(PARTS[part], []).append(_entry(PARTS[part], cells))
    if faults:
        raise BadSheet(faults)
    return book


def _entry(part: str, cells: Clauses) -> dict[str, Any]:
    return entry_of(part, {path: cell for path, cell in cells.items() if cell.strip()})


def _rows(sheet: str) -> list[list[str]]:
    text = sheet.removeprefix(BYTE_ORDER_MARK)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BadSheet(
            [_fault("", phrase("This is no table: %(error)s.", error=str(error)))]
        ) from error
    if len(rows) > MOST_ROWS:
        detail = phrase("A codebook has at most %(most)s rows.", most=MOST_ROWS)
        raise BadSheet([_fault("", detail)])
    return rows


def _fault(field: str, detail: str) -> Fault:
    return {"field": field, "code": "sheet-malformed", "detail": detail}


def _columns_wrong(columns: Sequence[str]) -> list[Fault]:
    known = {*fields_of("themes"), *fields_of("stances"), *fields_of("edition"), "part"}
    faults = []
    if "key" not in columns:
        faults.append(_fault("row 1", phrase("Row 1 names no column “key”.")))
    for column in columns:
        if columns.count(column) > 1:
            detail = phrase("Row 1 names the column “%(column)s” twice.", column=column)
            faults.append(_fault(f"row 1, column {column}", detail))
        elif column and not _is_known(column, known):
            detail = phrase(
                "Row 1, column “%(column)s”: a codebook has no such field.", column=column
            )
            faults.append(_fault(f"row 1, column {column}", detail))
    return faults


def _is_known(column: str, known: set[str]) -> bool:
    field, _, language = column.partition(".")
    if field == LABELS:
        language = language.rpartition(".")[2]
    return field in known and (not language or LANGUAGE.fullmatch(language) is not None)


def _row_wrong(number: int, part: str, row: Sequence[str], columns: Sequence[str]) -> Fault:
    if part not in PARTS:
        detail = phrase(
            "Row %(row)s, column “part”: “%(part)s” is none of theme, stance, edition.",
            row=number,
            part=part,
        )
        return _fault(f"row {number}, column part", detail)
    detail = phrase(
        "Row %(row)s has %(cells)s cells where row 1 names %(columns)s columns.",
        row=number,
        cells=len(row),
        columns=len(columns),
    )
    return _fault(f"row {number}", detail)


def placed(faults: Iterable[Fault], sheet: str) -> list[Fault]:
    """Faults of the codebook with the cell that each is about, where one row has it."""
    rows = _rows(sheet)
    columns = [unguarded(cell.strip()) for cell in rows[0]]
    lines = _lines(rows, columns)
    return [_placed(fault, lines, columns) for fault in faults]


def _lines(rows: list[list[str]], columns: list[str]) -> dict[str, int]:
    """`themes.pay` → its row, and `themes[0]` likewise; codes lead to the last row that has one."""
    found: dict[str, int] = {}
    counts = dict.fromkeys(PARTS.values(), 0)
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(columns, map(unguarded, row), strict=False))
        part = PARTS.get(cells.get("part", "").strip() or "theme")
        if part is None or not any(cell.strip() for cell in row):
            continue
        found[f"{part}[{counts[part]}]"] = number
        counts[part] += 1
        found[f"{part}.{cells.get('code', '')}"] = number
        found[f"{part}.{cells.get('key', '')}"] = number
    return found


def _placed(fault: Fault, lines: Mapping[str, int], columns: Sequence[str]) -> Fault:
    found = ENTRY.fullmatch(fault["field"])
    if found is None:
        return fault
    entry, path = found.groups()
    row = lines.get(entry)
    if row is None:
        return fault
    column = next((each for each in columns if each == path), path.partition("[")[0])
    detail = phrase(
        "Row %(row)s, column “%(column)s”: %(fault)s", row=row, column=column, fault=fault["detail"]
    )
    return {**fault, "field": f"row {row}, column {column}", "detail": detail}
