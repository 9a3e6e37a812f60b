"""JSON as the writers put it: UTF-8, nothing escaped that need not be, in a fixed order. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def compact(value: Any) -> str:
    """One line without blanks, keys in the order in which they were given."""
    return _ENCODER.encode(value)


def lines(values: Iterable[Any]) -> Iterator[bytes]:
    """JSON lines, `\\n` after each."""
    for value in values:
        yield f"{compact(value)}\n".encode()


def array(values: Iterable[Any]) -> Iterator[bytes]:
    """One JSON array, an element a line, none of them held."""
    before = "[\n"
    for value in values:
        yield f"{before}{compact(value)}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"
