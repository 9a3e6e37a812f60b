"""What comes out of a container. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.text.phrases import wording

NESTED = wording("An archive inside an archive is not opened. Send it by itself.")
LONGER_PIECE = wording("It has %(size)s bytes; at most %(longest)s are taken.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that stood in another. `refused` says why it is not to be read; it has no `data` then.

    `reading` are its choices, as JSON.
    """

    name: str
    data: bytes = b""
    size: int = 0
    reading: dict[str, Any] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A table whose columns nobody has named: what a person needs to name them."""

    said: dict[str, Any]


Unpacked = Iterator[Piece | Preview]


def too_long(name: str, size: int, longest: int) -> Piece:
    reason = LONGER_PIECE % {"size": f"{size:,}", "longest": f"{longest:,}"}
    return Piece(name, size=size, refused=reason)
