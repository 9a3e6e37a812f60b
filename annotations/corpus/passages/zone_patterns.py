"""What a paragraph is worded like: patterns of its whole text, tried only where they may match. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from annotations.corpus.passages.small_letters import in_small


class Somewhere(NamedTuple):
    """A pattern that begins anywhere in the text: searching for it costs forty times as much as one
    that begins with words of its own. So it is tried only where one of `words` stands.
    """

    words: str
    pattern: str


def somewhere(words: str, pattern: str) -> Somewhere:
    """`words` by "|"; whatever the pattern matches holds one of them."""
    return Somewhere(words, pattern)


class Wording(NamedTuple):
    """Alternatives, one of which matches the whole of a paragraph, whatever its case."""

    begins: re.Pattern[str] | None
    elsewhere: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]

    def fits(self, text: str, small: str) -> bool:
        """`small` is `in_small(text)`.

        >>> sharing = worded("share this.{0,9}", somewhere("to share", ".{0,9}to share"))
        >>> [sharing.fits(each, in_small(each)) for each in ("Share this", "Easy to SHARE", "Shared")]
        [True, True, False]
        """
        if self.begins and self.begins.fullmatch(text):
            return True
        return any(
            pattern.fullmatch(text)
            for words, pattern in self.elsewhere
            if any(word in small for word in words)
        )


class Wordings:
    """Several of them in order; the first that fits counts."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._every = tuple(wordings)
        begin = [each.begins.pattern for each in self._every if each.begins]
        self._begins = re.compile("|".join(begin), re.IGNORECASE)
        needed = (words for each in self._every for words, _pattern in each.elsewhere)
        self._needed = tuple(dict.fromkeys(word for words in needed for word in words))
        self._plain = tuple(word for word in self._needed if word.isascii())

    def place_of(self, text: str) -> int | None:
        """Which of them is the first to fit; most texts are none, which is known from one look."""
        small = in_small(text)
        needed = self._plain if small.isascii() else self._needed
        if not any([word in small for word in needed]) and not self._begins.fullmatch(text):
            return None
        return next((at for at, each in enumerate(self._every) if each.fits(text, small)), None)


def worded(*alternatives: str | Somewhere) -> Wording:
    begin = [each for each in alternatives if isinstance(each, str)]
    return Wording(
        re.compile("|".join(begin), re.IGNORECASE) if begin else None,
        tuple(_elsewhere(each for each in alternatives if isinstance(each, Somewhere))),
    )


def _elsewhere(found: Iterable[Somewhere]) -> Iterable[tuple[tuple[str, ...], re.Pattern[str]]]:
    for words, pattern in found:
        needed = tuple(in_small(word) for word in words.split("|"))
        yield needed, re.compile(pattern, re.IGNORECASE)
