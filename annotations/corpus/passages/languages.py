"""The language of a document, and of the passages that are in another one.

Script decides first. Where several languages share a script, the model of py3langid is asked, among
the likely ones only. A passage keeps its document's language unless the model is sure of another;
one that uses the words of passages that are plainly in it is not asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from annotations.corpus.passages.function_words import (
    Words,
    has_small_words,
    plain_language,
    words_of,
)
from annotations.corpus.passages.identifying import identified
from annotations.corpus.passages.scripts import LANGUAGES, script, writes

_SAMPLE = 400
# Below this many letters a passage is too short to contradict its document.
_FEW_LETTERS = 12
_FEW_HAN = 24
_SURE = 0.9
_ADDRESS_HINT = re.compile(r"[@/\\]|www\.|\.[a-z]{3,4}\b")
_ASCII_TOKEN = re.compile("[!-~]{3,2000}")
_ADDRESS = re.compile(
    r"https?:|www\.|[^@]+@[^@]+\.\w|[^/\\]*[/\\][^/\\]*[/\\]"
    r"|[\w%~-]+\.(?:html?|php|aspx?|jsp|pdf|jpe?g|png|gif|docx?|txt)\b"
)


class _Doubt(NamedTuple):
    """A passage that nothing cheap decides; it is in `otherwise` unless the model is sure."""

    plain: str
    script: str
    otherwise: str | None = None
    words: Words | None = None

    def is_familiar(self, known: Set[str]) -> bool:
        return self.words is not None and self.words.are_familiar(known)


def language_of_document(text: str) -> str | None:
    """ISO 639-1 code of most of the text; None where there is nothing but digits and addresses."""
    plain = _without_addresses(_sampled(text))
    name = script(plain)
    if name == "latin" and (language := plain_language(plain)):
        return language
    return _of_script([plain], name)[0][0] if name else None


def languages_of_passages(passages: Sequence[str], document: str | None) -> list[str | None]:
    """One code or None a passage, given the document's language.

    >>> languages_of_passages(["Le prix est élevé.", "他说：好。", "12 %"], "fr")
    ['fr', 'zh', None]
    """
    known: set[str] = set()
    said = [_doubt(passage, document, known) for passage in passages]
    said = [
        each.otherwise if isinstance(each, _Doubt) and each.is_familiar(known) else each
        for each in said
    ]
    settled = iter(_settled([each for each in said if isinstance(each, _Doubt)]))
    return [next(settled) if isinstance(each, _Doubt) else each for each in said]


def by_frequency(languages: Sequence[str | None], sizes: Sequence[int]) -> tuple[str, ...]:
    """The languages, the one with most characters first."""
    totals: Counter[str] = Counter()
    for language, size in zip(languages, sizes, strict=True):
        if language:
            totals[language] += size
    return tuple(sorted(totals, key=lambda language: (-totals[language], language)))


def _doubt(passage: str, document: str | None, known: set[str]) -> str | _Doubt | None:
    """The language of a passage, or what the model is to be asked about it.

    Words of what is plainly in the document's language become known.
    """
    plain = _without_addresses(passage)
    name = script(plain)
    if name is None:
        return None
    # A line of Japanese may well have no kana: a date, a name, a heading.
    if name == "han" and document == "ja" and len(plain) <= _FEW_HAN:
        return document
    if document is None or document not in LANGUAGES[name]:
        # “iPhone 15 Pro Max 售价上涨” is Chinese, though most of its letters are not.
        names_only = name == "latin" and document and writes(document, plain)
        if names_only and not has_small_words(plain):
            return document
        return _Doubt(plain, name)
    words = words_of(plain, document) if name == "latin" else None
    if words and words.are_plainly_own:
        known |= words.every
        return document
    if sum(map(str.isalpha, plain)) < _FEW_LETTERS:
        return document
    return _Doubt(plain, name, document, words)


def _settled(doubts: Sequence[_Doubt]) -> list[str]:
    """The language of each, the model asked once a script."""
    found = [""] * len(doubts)
    for name in {doubt.script for doubt in doubts}:
        places = [at for at, doubt in enumerate(doubts) if doubt.script == name]
        answers = _of_script([doubts[at].plain for at in places], name)
        for at, (language, certainty) in zip(places, answers, strict=True):
            otherwise = doubts[at].otherwise
            found[at] = language if otherwise is None or certainty >= _SURE else otherwise
    return found


def _of_script(texts: Sequence[str], name: str) -> list[tuple[str, float]]:
    candidates = LANGUAGES[name]
    if len(candidates) == 1:
        return [(candidates[0], 1.0)] * len(texts)
    return identified(texts, candidates)


def _without_addresses(text: str) -> str:
    if not (_may_hold_address(text) and _ADDRESS_HINT.search(text)):
        return text
    return _ASCII_TOKEN.sub(_blank_if_address, text)


def _may_hold_address(text: str) -> bool:
    """Most sentences have none of these signs, but a full stop at their end."""
    if "@" in text or "/" in text or "\\" in text:
        return True
    return "." in text[:-1] or text.endswith("www.")


def _blank_if_address(token: re.Match[str]) -> str:
    return " " if _ADDRESS.match(token.group()) else token.group()


def _sampled(text: str) -> str:
    """Beginning, middle and end: enough for one language, whatever the length."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = (len(text) - _SAMPLE) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
