"""How likely a text is in any of the languages that an encoding is used for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import log
from typing import NamedTuple

from annotations.corpus.texts.letters import models

_LATIN = ("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "is")
_EAST = ("pl", "cs", "hu", "ro", "hr", "de")
LANGUAGES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("cp1252", "iso8859_15", "mac_roman", "cp850"), _LATIN),
    **dict.fromkeys(("cp1250", "iso8859_2"), _EAST),
    **dict.fromkeys(("cp1251", "iso8859_5"), ("ru", "uk", "bg")),
    **dict.fromkeys(("koi8_r", "cp866"), ("ru",)),
    "cp1253": ("el",),
    "cp1254": ("tr",),
    "cp1255": ("he",),
    **dict.fromkeys(("cp1256", "iso8859_6"), ("ar",)),
    "gb18030": ("zh",),
    "big5": ("zh-Hant",),
    **dict.fromkeys(("cp932", "euc_jp"), ("ja",)),
    "cp949": ("ko",),
}
_RARE = 1e-5
_NEVER = 1e-8
_SIGN = 0.01
_SIGNS = frozenset("«»‹›“”„‘’‚–—…€§°·•\u00a0\u202f©®™½²×£¡¿，。、：；？！（）「」『』《》·؟،؛")
# Where ISO-8859-15 has œ, Œ, Ÿ, Ž, š and their like.
_NOT_BEFORE_LETTERS = frozenset("½¼¾´¦¨¸")
_CAPITAL = 0.08
# Letters that are words by themselves.
_WORDS = frozenset("àÀéÉèÈóÓòÒáÁíÍúÚýÝåÅöÖøØôÔêÊæÆùÙ")
REPLACEMENT = "\ufffd"
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")


class Likelihood(NamedTuple):
    """Natural logarithm, for the whole text, and in which language."""

    total: float
    language: str


@cache
def _models() -> dict[str, dict[str, float]]:
    return models()


def likelihood(text: str, encoding: str) -> Likelihood:
    """Of the characters beyond ASCII, given what stands before and after each.

    >>> likelihood("l'été", "cp1252") > likelihood("l'ŽtŽ", "cp1252")
    True
    """
    seen = Counter(_seen(text))
    return max(
        Likelihood(sum(n * _log(each, _models()[language]) for each, n in seen.items()), language)
        for language in LANGUAGES[encoding]
    )


class _Seen(NamedTuple):
    """A character, and whether it is where it has no business."""

    char: str
    odd: bool


def _seen(text: str) -> Iterator[_Seen]:
    padded = f" {text} "
    for before, char, after in zip(padded, text, padded[2:], strict=False):
        if char > "\x7f":
            odd = _is_odd_letter if char.isalpha() else _is_odd_sign
            yield _Seen(char, odd(char, before, after))


def _log(seen: _Seen, model: dict[str, float]) -> float:
    char = seen.char
    share = model.get(char)
    if not char.isalpha():
        return log(_sign(seen, share))
    if share is None:
        share = model.get(char.lower(), 0.0) * _CAPITAL or _unknown(char)
    return log(share * 1e-3 if seen.odd else share)


def _sign(seen: _Seen, share: float | None) -> float:
    if seen.odd:
        return _RARE
    if share is None:
        share = _SIGN if seen.char in _SIGNS else _RARE
    return share if seen.char != REPLACEMENT else _NEVER


def _is_odd_sign(char: str, before: str, after: str) -> bool:
    """Between two letters there is an apostrophe, or a sign of the East; and no “½illets”."""
    if char in _NOT_BEFORE_LETTERS and after.isalpha():
        return True
    return char < "\u3000" and char not in "’‘" and before.isalpha() and after.isalpha()


def _unknown(char: str) -> float:
    if "\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3":
        return 3e-5
    return _NEVER if _HALF_WIDTH.match(char) else _RARE


def _is_odd_letter(char: str, before: str, after: str) -> bool:
    """A capital inside a word, a letter beside one of another script, or one that is no word."""
    if char.isupper() and (before.islower() or (before.isupper() and after.islower())):
        return True
    if char < "\u0250":
        return not (before.isalpha() or after.isalpha() or char in _WORDS)
    mixed = any(each.isalpha() and each.isascii() for each in (before, after))
    return mixed and char < "\u2e80"
