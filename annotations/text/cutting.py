"""What stands around a stretch of text, cut between words and never inside a character."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST_WORD = 40
"""In code points. What goes on longer, such as an address, is cut between characters."""

# Scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAGS = range(0x1F1E6, 0x1F200)
_JAMO = range(0x1160, 0x1200)


class Around(NamedTuple):
    """`cut_…` says that the text goes on beyond; the white space at a cut is left out."""

    before: str
    after: str
    cut_before: bool
    cut_after: bool


def around(text: str, start: int, end: int, *, most: int) -> Around:
    """At most `most` code points on each side of `text[start:end]`.

    >>> around("Nobody asks why the lights stay on.", 12, 15, most=9)
    Around(before='asks ', after=' the', cut_before=True, cut_after=True)
    >>> around("没有人问为什么灯还亮着", 4, 7, most=2)
    Around(before='人问', after='灯还', cut_before=True, cut_after=True)
    """
    first = _forward(text, start - most, start) if start > most else 0
    last = _backward(text, end + most, end) if end + most < len(text) else len(text)
    return Around(text[first:start], text[end:last], first > 0, last < len(text))


def _forward(text: str, at: int, limit: int) -> int:
    """The first place from `at` on where a word begins, at most `limit`."""
    stop = min(limit, at + LONGEST_WORD)
    place = at
    while place < stop and _splits_word(text, place):
        place += 1
    if _splits_word(text, place):
        place = at
    while place < limit and (text[place].isspace() or _splits_character(text, place)):
        place += 1
    return place


def _backward(text: str, at: int, limit: int) -> int:
    """The last place up to `at` where a word ends, at least `limit`."""
    stop = max(limit, at - LONGEST_WORD)
    place = at
    while place > stop and _splits_word(text, place):
        place -= 1
    if _splits_word(text, place):
        place = at
    while place > limit and (text[place - 1].isspace() or _splits_character(text, place)):
        place -= 1
    return place


def _splits_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return not (_stands_alone(left) or _stands_alone(right))


def _stands_alone(char: str) -> bool:
    """White space, a character of a script without spaces, or a picture."""
    return char.isspace() or bool(_UNSPACED.match(char)) or unicodedata.category(char) == "So"


def _splits_character(text: str, at: int) -> bool:
    """Whether what people see as one character goes on from `text[at - 1]` to `text[at]`."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right == _JOINER or left == _JOINER or unicodedata.category(right).startswith("M"):
        return True
    code = ord(right)
    if code in _FLAGS:
        # Flags in a row stay together: which halves make one is known from the first of them only.
        return ord(left) in _FLAGS
    return code in _TONES or code in _TAGS or code in _JAMO
