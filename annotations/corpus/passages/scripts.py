"""What the script alone says about a language."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_LATIN_RUN = re.compile(f"{_LATIN.pattern}+")
# Letters of any other script, with the signs that stand among them.
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2e80-\U0010ffff]")
_LETTERS: dict[str, re.Pattern[str]] = {
    "latin": _LATIN,
    "han": _HAN,
    "kana": re.compile("[\u3041-\u309f\u30a1-\u30fa]"),
    "hangul": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "devanagari": re.compile("[\u0904-\u0939]"),
    "thai": re.compile("[\u0e01-\u0e30]"),
}
# One Han character or kana says about as much as this many Latin letters.
_WEIGHTS = {"han": 3, "kana": 2, "hangul": 2}
# The languages that each script is looked up in, the commonest first.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "latin": ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ro", "sv", "da", "tr", "vi", "id"),
    "han": ("zh",),
    "kana": ("ja",),
    "hangul": ("ko",),
    "cyrillic": ("ru", "uk", "bg", "sr"),
    "arabic": ("ar", "fa", "ur"),
    "hebrew": ("he",),
    "greek": ("el",),
    "devanagari": ("hi",),
    "thai": ("th",),
}


def script(text: str) -> str | None:
    """The script that carries most of the text; None where it has no letter.

    >>> script("AI研究者看似风光"), script("TechCrunch 01月25日"), script("12 %")
    ('han', 'latin', None)
    """
    if text.isascii() or not _BEYOND_LATIN.search(text):
        return "latin" if _LATIN.search(text) else None
    if sum(map(len, _LATIN_RUN.findall(text))) * 2 > len(text):
        return "latin"
    counts = {
        name: len(pattern.findall(text)) * _WEIGHTS.get(name, 1)
        for name, pattern in _LETTERS.items()
    }
    if counts["kana"] * 5 > counts["han"]:  # Japanese writes with both
        counts["kana"] += counts["han"]
        counts["han"] = 0
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def writes(language: str, text: str) -> bool:
    """Whether the text holds letters of a script that the language is written in.

    >>> writes("zh", "iPhone 15 售价"), writes("zh", "iPhone 15")
    (True, False)
    """
    return any(
        pattern.search(text) for name, pattern in _LETTERS.items() if language in LANGUAGES[name]
    )


def script_language(text: str) -> str | None:
    """The language, where the script has only one.

    >>> script_language("你好。"), script_language("Bonjour.")
    ('zh', None)
    """
    name = script(text)
    return LANGUAGES[name][0] if name and len(LANGUAGES[name]) == 1 else None
