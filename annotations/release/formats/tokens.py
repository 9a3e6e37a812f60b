"""Tokens of our own, for formats that count in them: the same text gives the same tokens. Pure.

A Han character is a token, with what combines with it; so is a run of letters, digits and marks, and
every other sign, an emoji with its modifiers and joiners as one. A token ends wherever a span begins
or ends, so that no label moves by a character: a span that stops inside a word cuts the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from annotations.text.spans import Span

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAN += "\U00020000-\U0003ffff"
JOINERS = "\u200c\u200d"
SKIN = "\U0001f3fb-\U0001f3ff"
TAGS = "\U000e0020-\U000e007f"
_WITH_MARKS = (*range(0x20000), *range(0xE0000, 0xE1000))
"""The other planes have none, and are most of Unicode."""
FLAG = "[\U0001f1e6-\U0001f1ff]"


class Token(NamedTuple):
    """`[start, end)` in code points; `space` says that one U+0020 follows, which is no token."""

    start: int
    end: int
    space: bool


def tokens(text: str, within: Span, spans: Iterable[Span]) -> list[Token]:
    """The tokens of a stretch, white space included, so that they and their spaces are its text.

    >>> text = "Pay 薪酬 up"
    >>> [text[token.start : token.end] for token in tokens(text, Span(0, 9), [])]
    ['Pay', '薪', '酬', 'up']
    >>> [text[token.start : token.end] for token in tokens(text, Span(0, 9), [Span(1, 4)])]
    ['P', 'ay', ' ', '薪', '酬', 'up']
    """
    inside = [span for span in spans if within.contains(span)]
    starts, ends = {span.start for span in inside}, {span.end for span in inside}
    places = {within.start, within.end, *starts, *ends}
    places.update(*(found.span() for found in _pattern().finditer(text, within.start, within.end)))
    made: list[Token] = []
    last: tuple[int, int] | None = None
    for start, end in pairwise(sorted(places)):
        if last is not None:
            alone = text[start:end] == " " and start not in starts and end not in ends
            follows = alone and not text[last[1] - 1].isspace()
            made.append(Token(*last, follows))
            if follows:
                last = None
                continue
        last = start, end
    return [*made, Token(*last, False)] if last is not None else made


def learn_tokens() -> None:
    """What a token looks like, which takes a moment: once for this process and those it forks."""
    _pattern()


@cache
def _pattern() -> re.Pattern[str]:
    marks = _marks()
    sign = rf"[^\s\w][{marks}{SKIN}{TAGS}]*"
    return re.compile(
        rf"[{HAN}][{marks}]*"
        rf"|{FLAG}{FLAG}"
        rf"|(?:(?![{HAN}])\w|[{marks}{JOINERS}])+"
        rf"|{sign}(?:\u200d{sign})*"
        r"|\s"
    )


def _marks() -> str:
    """All that combines (Mn, Mc, Me), as ranges of a character class."""
    points = [point for point in _WITH_MARKS if unicodedata.category(chr(point))[0] == "M"]
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(points), 1) if b - a > 1), len(points)]
    return "".join(f"{chr(points[a])}-{chr(points[b - 1])}" for a, b in pairwise(breaks))
