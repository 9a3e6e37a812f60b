"""Reliability data as people keep them: CSV → arrays, sets, continua. Pure.

What is wrong with a file is said with its line, and nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .coefficients.figures import MISSING
from .coefficients.unitizing import Continuum, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNIT = "unit"
SPAN_COLUMNS = ("document", "length", "coder", "label", "start", "end")
NO_VALUES = "{}"
BETWEEN_VALUES = "|"


class BadTable(ValueError):
    """The file is not such a table; the message says what to do, and on which line."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Units × coders of codes into `values`, MISSING where a cell is blank; values ascending."""

    coders: tuple[str, ...]
    codes: NDArray[np.int_]
    values: tuple[str, ...]

    def numbers(self) -> NDArray[np.float64]:
        """What each code stands for, as a number."""
        import numpy as np

        return np.array([float(value) for value in self.values])


@dataclass(frozen=True, slots=True)
class JudgedSets:
    """Units × coders of codes into `sets`."""

    coders: tuple[str, ...]
    codes: NDArray[np.int_]
    sets: tuple[frozenset[str], ...]


def judged(text: str, *, numeric: bool) -> Judged:
    """A table with the column `unit` first and one column a coder; blank cells are missing."""
    coders, rows = _units(text)
    cells = [(line, cell) for line, row in rows for cell in row if cell]
    if numeric:
        for line, cell in cells:
            _number(cell, line)
        values = sorted({cell for _, cell in cells}, key=float)
        values = [value for n, value in enumerate(values) if not n or _differs(values, n)]
        codes = {float(value): code for code, value in enumerate(values)}
        table = [[codes[float(cell)] if cell else MISSING for cell in row] for _, row in rows]
    else:
        values = sorted({cell for _, cell in cells})
        places = {value: code for code, value in enumerate(values)}
        table = [[places[cell] if cell else MISSING for cell in row] for _, row in rows]
    return Judged(coders, _array(table, coders), tuple(values))


def judged_sets(text: str) -> JudgedSets:
    """The same with sets in its cells: `a|b`, `{}` the empty set that was seen, blank missing."""
    coders, rows = _units(text)
    found = {cell: _set(cell, line) for line, row in rows for cell in row if cell}
    sets = sorted(set(found.values()), key=sorted)
    codes = {one: code for code, one in enumerate(sets)}
    table = [[codes[found[cell]] if cell else MISSING for cell in row] for _, row in rows]
    return JudgedSets(coders, _array(table, coders), tuple(sets))


def continua(text: str) -> dict[str, Continuum]:
    """Documents by name, of spans in columns `document,length,coder,label,start,end`.

    Spans are half-open. A coder who marked nothing in a document has a row with an empty label.
    """
    header, rows = _rows(text)
    missing = [name for name in SPAN_COLUMNS if name not in header]
    if missing:
        raise BadTable(
            f"Line 1 has to name the columns {', '.join(SPAN_COLUMNS)}: {missing[0]} is missing."
        )
    lengths: dict[str, int] = {}
    coders: dict[str, dict[str, list[Segment]]] = {}
    for line, cells in rows:
        row = dict(zip(header, cells, strict=False))
        document, length = row["document"], _whole(row["length"], "length", line)
        if not document or not row["coder"]:
            raise BadTable(f"Line {line} names no document or no coder.")
        if length < 1 or lengths.setdefault(document, length) != length:
            raise BadTable(
                f"Line {line}: the length of {document} is {length}, and has to be one and the same number above 0."
            )
        own = coders.setdefault(document, {}).setdefault(row["coder"], [])
        if row["label"]:
            own.append(_segment(row, length, line))
        elif row["start"] or row["end"]:
            raise BadTable(f"Line {line} has a start or an end and no label.")
    return {name: Continuum(length, coders[name]) for name, length in lengths.items()}


def _segment(row: dict[str, str], length: int, line: int) -> Segment:
    start, end = _whole(row["start"], "start", line), _whole(row["end"], "end", line)
    if not 0 <= start < end <= length:
        raise BadTable(f"Line {line}: [{start}, {end}) is not a span in [0, {length}).")
    return (start, end, row["label"])


def _units(text: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    header, rows = _rows(text)
    if not header or header[0].lower() != UNIT:
        raise BadTable(f"The first column has to be called “{UNIT}”; the others are the coders.")
    coders = tuple(header[1:])
    if len(set(coders)) < len(coders) or not all(coders):
        raise BadTable("Every coder needs a column with a name of its own.")
    seen: dict[str, int] = {}
    for line, row in rows:
        if row[0] and (before := seen.setdefault(row[0], line)) != line:
            raise BadTable(f"Lines {before} and {line} are both about the unit “{row[0]}”.")
    return coders, [(line, row[1:]) for line, row in rows]


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and every row that is not blank with its line, as long as the header."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True
    )
    rows = list(_cells(reader))
    if not rows:
        raise BadTable("The file is empty.")
    header = rows[0][1]
    for line, row in rows[1:]:
        if len(row) > len(header):
            raise BadTable(f"Line {line} has {len(row)} cells, the first line {len(header)}.")
    return header, [(line, row + [""] * (len(header) - len(row))) for line, row in rows[1:]]


def _cells(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells  # type: ignore[attr-defined]  # a csv reader's
    except csv.Error as error:
        raise BadTable(f"This is not CSV: {error}.") from error


def _set(cell: str, line: int) -> frozenset[str]:
    if cell == NO_VALUES:
        return frozenset()
    values = [value.strip() for value in cell.split(BETWEEN_VALUES)]
    if not all(values):
        raise BadTable(
            f"Line {line}: “{cell}” has an empty value. The empty set is written {NO_VALUES}."
        )
    return frozenset(values)


def _number(cell: str, line: int) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadTable(f"Line {line}: “{cell}” is not a number, which this metric needs.")
    return number


def _whole(cell: str, column: str, line: int) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise BadTable(f"Line {line}: “{cell}” in {column} is not a whole number from 0.")
    return int(cell)


def _differs(values: Sequence[str], n: int) -> bool:
    return float(values[n]) != float(values[n - 1])


def _array(table: list[list[int]], coders: Sequence[str]) -> NDArray[np.int_]:
    import numpy as np

    return np.array(table, dtype=int).reshape(len(table), len(coders))
