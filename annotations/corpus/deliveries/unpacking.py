"""What holds others: an archive, a table, JSON. Its pieces, each with bytes of its own. Pure.

Nothing is written anywhere, and no name inside is ever a path of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from annotations.corpus.deliveries.pieces import NESTED, Unpacked
from annotations.corpus.deliveries.tables import json_pieces, line_pieces, table_pieces
from annotations.corpus.deliveries.zips import members
from annotations.corpus.texts.refusals import Unreadable

Unpacker = Callable[[str, bytes, Mapping[str, Any], int], Unpacked]


def kind_of(name: str, data: bytes) -> str:
    """ "" for what is no container, such as the row of a table.

    >>> kind_of("a.csv", b""), kind_of("a.csv#2", b""), kind_of("a.txt", b"PK\\x03\\x04")
    ('table', '', 'zip')
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not _is_office(name):
        return "zip"
    # Most files are none, and a path is made of a name in ten times the time.
    if not name.rstrip("/.").lower().endswith(_SUFFIXES):
        return ""
    return _KINDS.get(PurePath(name).suffix.lower(), "")


_KINDS = {
    ".zip": "zip",
    ".csv": "table",
    ".tsv": "table",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
}
_SUFFIXES = tuple(_KINDS)


def _is_office(name: str) -> bool:
    """Office files are archives too, with a text of their own to be read."""
    return PurePath(name).suffix.lower() in {".docx", ".odt", ".epub", ".xlsx", ".pptx", ".ods"}


def unpack(
    name: str, data: bytes, reading: Mapping[str, Any], *, longest: int, inside: bool
) -> Unpacked:
    """The pieces in their order, or a preview. `inside`: the file came out of an archive itself.

    Raises `Unreadable` where the whole cannot be unpacked, also after some pieces.
    """
    kind = kind_of(name, data)
    if kind == "zip":
        if inside:
            raise Unreadable("nested", NESTED)
        return members(data, longest=longest)
    unpacker: dict[str, Unpacker] = {
        "table": table_pieces,
        "lines": line_pieces,
        "json": json_pieces,
    }
    return unpacker[kind](name, data, reading, longest)
