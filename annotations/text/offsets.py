"""Code points ↔ UTF-16 units ↔ UTF-8 bytes of one text.

Built once per text. Only characters that are wider than the narrowest are remembered, so that a
look-up is a bisection and an ASCII text costs nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import Literal

from annotations.text.spans import Span

Unit = Literal["codepoint", "utf16", "utf8"]


class OffsetInsideCharacter(ValueError):
    """An offset between the halves of a surrogate pair, or inside a UTF-8 sequence."""

    def __init__(self, offset: int, unit: Unit) -> None:
        inside = "a surrogate pair" if unit == "utf16" else "a UTF-8 sequence"
        super().__init__(f"Offset {offset} ({unit}) is inside {inside}.")
        self.offset = offset
        self.unit = unit


class OffsetOutsideText(IndexError):
    """A negative offset, or one after the end of the text."""

    def __init__(self, offset: int, unit: Unit, length: int) -> None:
        super().__init__(f"Offset {offset} ({unit}) is outside the text of length {length}.")
        self.offset = offset
        self.unit = unit
        self.length = length


class _Widths:
    """One unit's positions: where the wide characters are, and what was added before them."""

    def __init__(self, text: str, wide: re.Pattern[str], unit: Unit) -> None:
        self.unit: Unit = unit
        extra = _extra_utf16 if unit == "utf16" else _extra_utf8
        self.places: list[int] = [found.start() for found in wide.finditer(text)]
        extras = [extra(text[place]) for place in self.places]
        self.before: list[int] = list(accumulate(extras, initial=0))
        # Where each wide character starts, counted in the unit itself.
        self.starts: list[int] = [
            place + added for place, added in zip(self.places, self.before, strict=False)
        ]
        self.codepoints = len(text)
        self.length = self.codepoints + self.before[-1]

    def to_unit(self, codepoint: int) -> int:
        if not 0 <= codepoint <= self.codepoints:
            raise OffsetOutsideText(codepoint, "codepoint", self.codepoints)
        return codepoint + self.before[bisect_left(self.places, codepoint)]

    def to_codepoint(self, offset: int) -> int:
        if not 0 <= offset <= self.length:
            raise OffsetOutsideText(offset, self.unit, self.length)
        passed = bisect_left(self.starts, offset)
        codepoint = offset - self.before[passed]
        if passed and codepoint <= self.places[passed - 1]:
            raise OffsetInsideCharacter(offset, self.unit)
        return codepoint


class Offsets:
    """The three counts of one text.

    >>> offsets = Offsets("A😀é")
    >>> offsets.to_utf16(2), offsets.to_utf8(2)
    (3, 5)
    >>> offsets.from_utf16(3)
    2
    >>> offsets.from_utf16(2)
    Traceback (most recent call last):
    ...
    annotations.text.offsets.OffsetInsideCharacter: Offset 2 (utf16) is inside a surrogate pair.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._utf16: _Widths | None = None
        self._utf8: _Widths | None = None

    def to_utf16(self, codepoint: int) -> int:
        return self._widths_utf16().to_unit(codepoint)

    def from_utf16(self, offset: int) -> int:
        return self._widths_utf16().to_codepoint(offset)

    def to_utf8(self, codepoint: int) -> int:
        return self._widths_utf8().to_unit(codepoint)

    def from_utf8(self, offset: int) -> int:
        return self._widths_utf8().to_codepoint(offset)

    def span_to_utf16(self, span: Span) -> tuple[int, int]:
        """`(start, end)` in UTF-16 units, half-open."""
        return self.to_utf16(span.start), self.to_utf16(span.end)

    def span_from_utf16(self, start: int, end: int) -> Span:
        return Span(self.from_utf16(start), self.from_utf16(end))

    def span_to_utf8(self, span: Span) -> tuple[int, int]:
        """`(start, end)` in UTF-8 bytes, half-open."""
        return self.to_utf8(span.start), self.to_utf8(span.end)

    def span_from_utf8(self, start: int, end: int) -> Span:
        return Span(self.from_utf8(start), self.from_utf8(end))

    def _widths_utf16(self) -> _Widths:
        if self._utf16 is None:
            self._utf16 = _Widths(self._text, _ASTRAL, "utf16")
        return self._utf16

    def _widths_utf8(self) -> _Widths:
        if self._utf8 is None:
            self._utf8 = _Widths(self._text, _BEYOND_ASCII, "utf8")
        return self._utf8


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def _extra_utf16(_char: str) -> int:
    return 1


def _extra_utf8(char: str) -> int:
    point = ord(char)
    return 1 if point < 0x800 else 2 if point < 0x10000 else 3
