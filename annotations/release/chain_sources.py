"""Where a chain comes from: the text, the repairs that made it, the bytes of the file. Pure.

Offsets are code points of the text unless a name says bytes; all are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass

from .chain_checks import Check


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage that the label touches."""

    index: int
    start: int
    end: int
    paragraph: int
    sentence: int
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Written:
    """The text: what stands at the label's place, and around it. All None after a takedown."""

    document: str
    title: str
    language: str
    length: int
    text_sha256: str
    before: str | None
    quote: str | None
    after: str | None
    passages: tuple[Sentence, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the label's stretch that a step wrote otherwise; offsets in the text after it."""

    start: int
    end: int
    was: str
    now: str
    rule: str
    certainty: float | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """One recorded step from the bytes to the text, and what it did here."""

    step: str
    touches: bool
    was: str
    now: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring bytes in hexadecimal, the characters that begin in them, and whether they are the label's."""

    hex: str
    text: str
    of_label: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Sixteen bytes at most, from the offset `at` in the file on."""

    at: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """Under which name it came, when, and in which container."""

    name: str
    at: str
    container: str | None
    container_sha256: str | None


@dataclass(frozen=True, slots=True)
class Original:
    """The file: `[start_byte, end_byte)` of it is the label's. None where the bytes are gone."""

    name: str
    size: int
    sha256: str
    encoding: str
    start_byte: int | None
    end_byte: int | None
    decoded: str | None
    rows: tuple[Row, ...]
    left_out_bytes: int
    delivered: tuple[Delivered, ...]
    taken_down_at: str | None
    takedown_reason: str
    checks: tuple[Check, ...]
