"""Numbers as they are written in several languages, each as its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SCALES = {
    "thousand": 3, "mille": 3, "mil": 3, "tausend": 3,
    "million": 6, "millions": 6, "millionen": 6, "millones": 6, "milioni": 6, "mio": 6,
    "milliard": 9, "milliards": 9, "milliarde": 9, "milliarden": 9, "miliardi": 9, "mrd": 9, "bn": 9,
    "billion": 9, "billions": 9, "trillion": 12, "trillions": 12, "billionen": 12, "billon": 12,
    "千": 3, "万": 4, "萬": 4, "百万": 6, "亿": 8, "億": 8, "万亿": 12, "萬億": 12, "兆": 12,
}  # fmt: skip
# Where a thousand millions is a milliard, a billion is a thousand times more.
_LONG_SCALE = {"fr", "de", "es", "it", "nl", "pt", "da", "sv", "no", "pl"}
_BLANK = "\u00a0\u202f\u2009 "
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![^\W_])(?:(?P<grouped>\d{{1,3}}(?:[.,’'{_BLANK}]\d{{3}})+(?!\d))|(?P<plain>\d+))"
    rf"(?P<decimals>[.,]\d+)?(?:[{_BLANK}-]?(?P<scale>{_SCALE})(?![a-zà-ÿ])|(?P<short>[mk])\b)?"
    rf"(?P<percent>[{_BLANK}]?[%％])?",
    re.IGNORECASE,
)
_AMONG_HAN = re.compile(_NUMBER.pattern.removeprefix(r"(?<![^\W_])"), re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LEAST = 10


class Quantity(NamedTuple):
    """A number at `[start, end)`, with its value written out: "#3.5"."""

    value: str
    start: int
    end: int


def next_digit(text: str, at: int) -> int:
    """Where the first is from `at` on, without which there is no number; else the text's end.

    >>> next_digit("Of 90 men 3 left", 5), next_digit("They left", 0)
    (10, 9)
    """
    found = _DIGIT.search(text, at)
    return found.start() if found else len(text)


def quantities(text: str, start: int, end: int, language: str | None) -> Iterator[Quantity]:
    """The numbers of a stretch, but for small ones, which one writes as a word and one as a digit.

    >>> [each.value for each in quantities("$90 billion, 335,250 and 3.5 %, 6 times", 0, 39, "en")]
    ['#90000000000', '#335250', '#3.5']
    >>> [each.value for each in quantities("90 milliards, 335 250 et 3,5 %", 0, 30, "fr")]
    ['#90000000000', '#335250', '#3.5']
    >>> [each.value for each in quantities("约900亿", 0, 5, "zh")]
    ['#90000000000']
    """
    pattern = _AMONG_HAN if language in ("zh", "ja") else _NUMBER
    for found in pattern.finditer(text, start, end):
        said = bool(found["decimals"] or found["scale"] or found["short"] or found["percent"])
        value = _value(found, language)
        if said or value >= _LEAST:
            yield Quantity(f"#{value:.12g}", found.start(), found.end())


def _value(found: re.Match[str], language: str | None) -> float:
    whole = found["plain"] or re.sub(r"\D", "", found["grouped"])
    decimals = (found["decimals"] or "")[1:]
    if found["plain"] and len(decimals) == 3 and len(whole) <= 3 and whole != "0":
        whole, decimals = whole + decimals, ""  # 12,500 is grouped
    value = float(f"{whole[:30]}.{decimals[:30] or '0'}")
    return value * 10.0 ** _exponent(found, language)


def _exponent(found: re.Match[str], language: str | None) -> int:
    if found["short"]:
        return 6 if found["short"] in "mM" else 3
    scale = (found["scale"] or "").lower()
    if scale in ("billion", "billions", "trillion", "trillions") and language in _LONG_SCALE:
        return 12 if scale.startswith("b") else 18
    return _SCALES.get(scale, 0)
