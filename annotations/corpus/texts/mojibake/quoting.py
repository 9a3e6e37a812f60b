"""What a line shows on purpose: stands between quotation marks that were read well."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left

from annotations.corpus.texts.mojibake.tables import ASCII_QUOTES, CLOSING, OPENING

_ASCII = "".join((*ASCII_QUOTES, *ASCII_QUOTES.values()))
_SIGNS = re.compile(f"[{re.escape(OPENING + CLOSING + _ASCII)} ]")
_ONLY_CLOSING = [sign for sign in CLOSING if sign not in OPENING]
_NOWHERE = sys.maxsize


class Quotations:
    """The quotation marks of a line, found once: a long line asks for thousands of places."""

    def __init__(self, line: str) -> None:
        self._places: dict[str, list[int]] = {}
        for sign in _SIGNS.finditer(line):
            self._places.setdefault(sign.group(), []).append(sign.start())

    def around(self, start: int, end: int, *, trusting: bool) -> bool:
        """Whether `[start, end)` is quoted; `trusting` does not look at ASCII marks around its word."""
        if not self._places:
            return False
        opened = max(self._before(sign, start) for sign in OPENING)
        closed = max(self._before(sign, start) for sign in _ONLY_CLOSING)
        if opened > closed and any(self._behind(sign, end) < _NOWHERE for sign in CLOSING):
            return True
        if trusting:
            return False
        left, right = self._before(" ", start), self._behind(" ", end)
        return any(
            self._before(opening, start) > left and self._behind(closing, end) < right
            for opening, closing in ASCII_QUOTES.items()
        )

    def _before(self, sign: str, at: int) -> int:
        places = self._places.get(sign, ())
        count = bisect_left(places, at)
        return places[count - 1] if count else -1

    def _behind(self, sign: str, at: int) -> int:
        places = self._places.get(sign, ())
        count = bisect_left(places, at)
        return places[count] if count < len(places) else _NOWHERE
