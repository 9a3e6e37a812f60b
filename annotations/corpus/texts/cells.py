"""One row, a line of JSON or a record of a table: its fields, where each stands, and the way back. Pure.

A field's literal is what stands in the row: with its quotes and escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.scanner import make_scanner
from typing import Any, NamedTuple

from annotations.corpus.texts.refusals import Unreadable
from annotations.text.offset_map import OffsetMap, Run
from annotations.text.phrases import wording

NO_OBJECT = wording("This is no JSON object: %(why)s")
TOO_DEEP = wording("This JSON is nested too deeply.")
_DEEPEST = 32
_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_SCAN = make_scanner(_DECODER)  # type: ignore[arg-type]  # what it takes is described wrongly
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)


class Field(NamedTuple):
    """A value, and [start, end) of its literal in the row."""

    value: Any
    start: int
    end: int


def members(row: str) -> dict[str, Field]:
    """The members of a JSON object; of two with one name the later. Raises `Unreadable`.

    >>> members('{"text": "a\\\\u00e9"}')["text"]
    Field(value='aé', start=9, end=18)
    """
    if _depth(row) > _DEEPEST:
        raise Unreadable("row", TOO_DEEP)
    try:
        return _members(row)
    except (ValueError, StopIteration, IndexError) as error:
        raise Unreadable("row", NO_OBJECT % {"why": _why(error)}) from error


def _members(row: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    at = _after(row, _past_blanks(row, 0), "{")
    if row[at] == "}":
        return found
    while True:
        key, at = _scanned(row, at)
        if not isinstance(key, str):
            raise ValueError(f"a name was expected at {at}")
        start = _after(row, _past_blanks(row, at), ":")
        value, end = _scanned(row, start)
        found[key] = Field(value, start, end)
        at = _past_blanks(row, end)
        if row[at] == "}":
            if row[at + 1 :].strip():
                raise ValueError("something follows the object")
            return found
        at = _after(row, at, ",")


def _scanned(row: str, at: int) -> tuple[Any, int]:
    try:
        return _SCAN(row, at)
    except StopIteration:
        return _DECODER.raw_decode(row, at)  # which says what is wrong


def _after(row: str, at: int, expected: str) -> int:
    if row[at] != expected:
        raise ValueError(f"“{expected}” was expected at {at}")
    return _past_blanks(row, at + 1)


def _past_blanks(row: str, at: int) -> int:
    if row[at : at + 1] > " ":
        return at
    found = _BLANKS.match(row, at)
    return found.end() if found else at


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) and str(error) else "it ends too early"


def _depth(row: str) -> int:
    """At most: brackets inside strings count too, when there are very many of them."""
    deepest = row.count("{") + row.count("[")
    if deepest <= _DEEPEST:
        return deepest
    deepest = depth = 0
    for bracket in re.finditer(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', row):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(bracket.group()[0], 0)
        deepest = max(deepest, depth)
    return deepest


def record(row: str, delimiter: str) -> list[Field]:
    """The fields of one record of a table, which may hold line breaks inside quotes.

    >>> [field.value for field in record('1,"He said ""no"", twice",', ",")]
    ['1', 'He said "no", twice', '']
    """
    found: list[Field] = []
    at = 0
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    while True:
        end = _quoted_end(row, at) if row[at : at + 1] == '"' else at
        # What follows a closing quote belongs to the field, as spreadsheets read it.
        rest = plain.match(row, end)
        end = rest.end() if rest else end
        found.append(Field(unquoted(row[at:end]), at, end))
        if row[end : end + 1] != delimiter:
            return found
        at = end + 1


def _quoted_end(row: str, at: int) -> int:
    """Behind the closing quote of the field that begins at `at`; the end of the row if it has none."""
    at += 1
    while True:
        at = row.find('"', at)
        if at < 0:
            return len(row)
        if row[at + 1 : at + 2] != '"':
            return at + 1
        at += 2


def unquoted(literal: str) -> str:
    return "".join(new for _, _, new in _pieces_of_record(literal))


def replay(row: str, step: Mapping[str, Any]) -> tuple[str, OffsetMap]:
    """The text of a field from `{"step": "cell", "format": "json" | "csv", "at": [start, end]}`."""
    start, end = step["at"]
    pieces = _pieces_of_json if step["format"] == "json" else _pieces_of_record
    text: list[str] = []
    runs = [Run(1, 0, start)]
    for times, old, new in pieces(row[start:end]):
        text.append(new)
        runs.append(Run(times, len(new) // times, old // times))
    runs.append(Run(1, 0, len(row) - end))
    return "".join(text), OffsetMap(runs)


Piece = tuple[int, int, str]
"""How often one atom repeats, the length of the old stretch, and the new text."""


def _kept(text: str) -> Iterator[Piece]:
    if text:
        yield len(text), len(text), text


def _pieces_of_json(literal: str) -> Iterator[Piece]:
    inner = literal[1:-1]
    yield 1, 1, ""
    at = 0
    for escape in _ESCAPE.finditer(inner):
        yield from _kept(inner[at : escape.start()])
        yield 1, len(escape.group()), json.loads(f'"{escape.group()}"')
        at = escape.end()
    yield from _kept(inner[at:])
    yield 1, 1, ""


def _pieces_of_record(literal: str) -> Iterator[Piece]:
    if not literal.startswith('"'):
        yield from _kept(literal)
        return
    end = _quoted_end(literal, 0)
    closed = end > 1 and literal[end - 1] == '"' and _closes(literal, end)
    yield 1, 1, ""
    inner = literal[1 : end - 1 if closed else end]
    for number, part in enumerate(inner.split('""')):
        if number:
            yield 1, 2, '"'
        yield from _kept(part)
    if closed:
        yield 1, 1, ""
    yield from _kept(literal[end:])


def _closes(literal: str, end: int) -> bool:
    """Whether the quote before `end` closes, and is not the second of an escaped pair."""
    return (len(literal[1:end]) - len(literal[1:end].rstrip('"'))) % 2 == 1
