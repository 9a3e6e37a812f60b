"""Whether a text quotes another: a run of its words, however they are cased and spaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotations.text.folding import searchable

WORDS = 5
SIGNS = 8
"""In scripts that set no spaces between words: so many signs are a quote."""
SHORT = 3
"""What is shorter than a quote is one if all of it stands in the text, from so many words on."""
_SIGN = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
_TOKEN = re.compile(f"{_SIGN}|(?:(?!{_SIGN})\\w)+")
_IS_SIGN = re.compile(_SIGN)


class Quotable:
    """The words of some texts, by which quotes of them are known again.

    >>> text = Quotable(["“Nights are long here,” she said, “and the pay is good.”"])
    >>> text.quoted_in("As in: she said, AND THE PAY is good, for instance")
    (7, 36)
    >>> text.quoted_in("the pay is good")
    (0, 15)
    >>> text.quoted_in("what she said of the pay") is None
    True
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [[word for word, _, _ in _tokens(text)] for text in texts]
        self._runs: dict[int, set[tuple[str, ...]]] = {}

    def quoted_in(self, said: str) -> tuple[int, int] | None:
        """[start, end) of the first quote in `said`, in code points; None where there is none."""
        tokens = _tokens(said)
        words = [word for word, _, _ in tokens]
        for at in range(len(words)):
            length = self._match(words, at)
            if length:
                return tokens[at][1], tokens[at + length - 1][2]
        return None

    def _match(self, words: Sequence[str], at: int) -> int:
        """How many words from there on are a quote; 0 for none."""
        wanted = _enough(words[at])
        if len(words) < wanted and at == 0:
            return len(words) if self._has(words) and len(words) >= SHORT else 0
        if len(words) - at < wanted or not self._has(words[at : at + wanted]):
            return 0
        end = at + wanted
        while end < len(words) and self._has(words[end + 1 - wanted : end + 1]):
            end += 1
        return end - at

    def _has(self, words: Sequence[str]) -> bool:
        size = len(words)
        if size not in self._runs:
            self._runs[size] = {
                tuple(text[at : at + size])
                for text in self._texts
                for at in range(len(text) + 1 - size)
            }
        return tuple(words) in self._runs[size]


def _enough(word: str) -> int:
    return SIGNS if _IS_SIGN.match(word) else WORDS


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Words as search compares them, with where they stand."""
    return [(searchable(each[0]), each.start(), each.end()) for each in _TOKEN.finditer(text)]
