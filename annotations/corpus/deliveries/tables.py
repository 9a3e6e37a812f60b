"""Tables and JSON, cut into rows at their raw bytes. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from annotations.corpus.choices import Choices, Columns
from annotations.corpus.deliveries.limits import MOST_COLUMNS, PREVIEWED_COLUMNS, PREVIEWED_ROWS
from annotations.corpus.deliveries.lines import lines_of
from annotations.corpus.deliveries.pieces import Piece, Preview, Unpacked, too_long
from annotations.corpus.readers.columns import OWN_COLUMNS, PARTS, is_own, own, proposed, sniffed
from annotations.corpus.readers.rows import in_words
from annotations.corpus.texts.cells import TOO_DEEP, members, record
from annotations.corpus.texts.decoding import decode
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

WIDE = wording("The table has %(count)s columns; at most %(most)s are taken.")
NO_ROWS = wording("The table has no rows.")
NO_ARRAY = wording("This JSON is neither a list of objects nor an object: %(why)s")
NO_COLUMN = wording("The table has no column “%(column)s”.")
_SHOWN = 200
_SAMPLED = 20
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")


def table_pieces(name: str, data: bytes, reading: Mapping[str, Any], longest: int) -> Unpacked:
    """Records of a table, the first with the names of the columns where it has names.

    `delimiter` and `header` of `reading` are a person's; whoever said them sees the effect first.
    """
    choices = Choices.from_json(reading)
    text, decoding = decode(data, choices.encoding)
    delimiter = choices.columns.delimiter if choices.columns else ""
    delimiter = delimiter or reading.get("delimiter") or sniffed(text[:65_536], name)
    rows = _cut(data[decoding.bom :], text, decoding.encoding, delimiter)
    sample = [record(row, delimiter) for row in _sample(text, delimiter)]
    if not sample:
        raise Unreadable("table", NO_ROWS)
    _require_narrow(max(map(len, sample)))
    cells = [[field.value for field in row] for row in sample]
    found = proposed(cells, header=reading.get("header"))
    looks = "delimiter" in reading
    columns = choices.columns or (own(found.names) if is_own(found.names) and not looks else None)
    if columns is None:
        yield _preview(found.names, cells[found.header :], delimiter, found.header, found.columns)
        return
    by_number = _numbered(columns, found.names, delimiter)
    said = Choices(decoding.encoding, choices.repair, choices.replacements, by_number).as_json()
    yield from _pieces(name, rows, said, longest, skipped=int(found.header))


def line_pieces(name: str, data: bytes, reading: Mapping[str, Any], longest: int) -> Unpacked:
    """Lines, each a JSON object."""
    rows = ((number, raw) for number, _, raw in lines_of(BytesIO(data), len(data)))
    return _json_rows(name, data, ((n, raw or b"") for n, raw in rows), reading, longest)


def json_pieces(name: str, data: bytes, reading: Mapping[str, Any], longest: int) -> Unpacked:
    """The objects of a list, or one object."""
    text, decoding = decode(data, reading.get("encoding"))
    rows = (
        (number, text[start:end].encode(decoding.encoding, "surrogatepass"))
        for number, (start, end) in enumerate(_elements(text), start=1)
    )
    return _json_rows(name, data, rows, {**reading, "encoding": decoding.encoding}, longest)


def _json_rows(
    name: str,
    data: bytes,
    rows: Iterator[tuple[int, bytes]],
    reading: Mapping[str, Any],
    longest: int,
) -> Unpacked:
    choices = Choices.from_json(reading)
    held = [row for _, row in zip(range(_SAMPLED), rows, strict=False)]
    sample = [_fields(raw, choices) for _, raw in held]
    names = list(dict.fromkeys(key for each in sample for key in each))
    _require_narrow(len(names))
    cells = [[in_words(each.get(key)) for key in names] for each in sample]
    columns = choices.columns
    if columns is None:
        # Where no line can be read, each says why by itself.
        if names and not is_own(names):
            found = proposed([names, *cells], header=True)
            yield _preview(names, cells, "", True, found.columns)
            return
        columns = OWN_COLUMNS
    said = replace(choices, columns=columns).as_json()

    def every() -> Iterator[tuple[int, bytes]]:
        yield from held
        yield from rows

    yield from _pieces(name, every(), said, longest)


def _require_narrow(count: int) -> None:
    if count > MOST_COLUMNS:
        raise Unreadable("table", WIDE % {"count": f"{count:,}", "most": f"{MOST_COLUMNS:,}"})


def _fields(raw: bytes, choices: Choices) -> dict[str, Any]:
    try:
        row, _ = decode(raw, choices.encoding)
        return {key: field.value for key, field in members(row).items()}
    except Unreadable:  # Said of the row itself, when it is read.
        return {}


def _pieces(
    name: str,
    rows: Iterator[tuple[int, bytes]],
    said: dict[str, Any],
    longest: int,
    *,
    skipped: int = 0,
) -> Iterator[Piece]:
    for number, raw in rows:
        if number <= skipped or not raw.strip():
            continue
        piece = f"{name}#{number}"
        if len(raw) > longest:
            yield too_long(piece, len(raw), longest)
        else:
            yield Piece(piece, raw, len(raw), said)


def _numbered(columns: Columns, names: Sequence[str], delimiter: str) -> Columns:
    """By number, for a row has its columns' names no more. Raises `Unreadable` for an unknown one."""
    numbers = {name: str(number) for number, name in reversed(list(enumerate(names, start=1)))}

    def number_of(name: str) -> str:
        if name not in numbers:
            raise Unreadable("table", NO_COLUMN % {"column": name})
        return numbers[name]

    named = {part: number_of(getattr(columns, part)) for part in PARTS if getattr(columns, part)}
    attributes = {number_of(name): key for name, key in columns.attributes.items()}
    return Columns(**named, attributes=attributes, delimiter=delimiter)


def _preview(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    delimiter: str,
    header: bool,
    columns: Columns | None,
) -> Preview:
    return Preview(
        {
            "names": list(names[:PREVIEWED_COLUMNS]),
            "rows": [
                [cell[:_SHOWN] for cell in row[:PREVIEWED_COLUMNS]] for row in rows[:PREVIEWED_ROWS]
            ],
            "delimiter": delimiter,
            "header": bool(header),
            "proposed": Choices(columns=columns).as_json().get("columns"),
        }
    )


def _pattern(delimiter: str) -> str:
    """One record: fields that begin with a quote go on to its end, over line breaks too."""
    mark = re.escape(delimiter)
    field = rf'(?:"[^"]*+(?:""[^"]*+)*+"?)?[^{mark}\r\n]*+'
    return rf"{field}(?:{mark}{field})*+"


def _sample(text: str, delimiter: str) -> Iterator[str]:
    pattern = re.compile(_pattern(delimiter))
    at = 0
    taken = 0
    while at < len(text) and taken < _SAMPLED:
        found = pattern.match(text, at)
        end = found.end() if found else at
        if text[at:end].strip():
            taken += 1
            yield text[at:end]
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)


def _cut(data: bytes, text: str, encoding: str, delimiter: str) -> Iterator[tuple[int, bytes]]:
    """Records with their number, blank ones too. In bytes: quotes, delimiters and line breaks are
    never a part of another character in the encodings that are taken, but for UTF-16 and UTF-32.
    """
    pattern = re.compile(_pattern(delimiter).encode())
    if not encoding.startswith(("utf-16", "utf-32")):
        yield from _records(data, pattern)
        return
    for number, raw in _records(text.encode("utf-8", "surrogatepass"), pattern):
        yield number, raw.decode("utf-8", "surrogatepass").encode(encoding, "surrogatepass")


def _records(data: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, bytes]]:
    at = number = 0
    while at < len(data):
        number += 1
        found = pattern.match(data, at)
        end = found.end() if found else at
        yield number, data[at:end]
        at = end + (2 if data[end : end + 2] == b"\r\n" else 1)


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each element of a list, or of the one object."""
    at = _past_blanks(text, 0)
    if text[at : at + 1] != "[":
        yield at, _end_of(text, at)
        return
    at = _past_blanks(text, at + 1)
    while text[at : at + 1] != "]":
        end = _end_of(text, at)
        yield at, end
        at = _past_blanks(text, end)
        if text[at : at + 1] == ",":
            at = _past_blanks(text, at + 1)
        elif text[at : at + 1] != "]":
            raise Unreadable("json", NO_ARRAY % {"why": f"“,” was expected at {at}"})


def _end_of(text: str, at: int) -> int:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except RecursionError as error:
        raise Unreadable("json", TOO_DEEP) from error
    except ValueError as error:
        raise Unreadable("json", NO_ARRAY % {"why": str(error)}) from error


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
