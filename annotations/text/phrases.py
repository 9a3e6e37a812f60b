"""What pure modules say to people, so that a page can say it in its reader's language.

The English is in the source, marked with `wording` or `phrase`; the catalogue is gathered by these
marks. What is stored is the English, and `recognised` finds the wording of a stored text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Self

_PLACE = re.compile(r"%\((\w+)\)s")


class Phrase(str):
    """A text in English that remembers its wording and what fills the wording's places."""

    wording: str
    filling: dict[str, object]

    def __new__(cls, wording: str, **filling: object) -> Self:
        made = super().__new__(cls, wording % filling if filling else wording)
        made.wording = wording
        made.filling = filling
        return made


def wording(english: str) -> str:
    """Marks a text for the catalogue; its places are like `%(count)s`."""
    return english


def phrase(wording: str, **filling: object) -> Phrase:
    """
    >>> phrase("%(count)s × %(what)s, kept.", count=2, what="soft hyphens")
    '2 × soft hyphens, kept.'
    """
    return Phrase(wording, **filling)


def joined(phrases: Iterable[str]) -> str:
    """One sentence of several; empty for none.

    >>> joined(["start is missing.", "end is missing."])
    'start is missing.; end is missing.'
    """
    said = ""
    for each in phrases:
        said = phrase("%(said)s; %(more)s", said=said, more=each) if said else each
    return said


def recognised(text: str, wordings: Iterable[str]) -> Phrase | None:
    """The text as a phrase of the first of the wordings that it may have come from.

    >>> recognised("2 × soft hyphens, kept.", ["%(count)s × %(what)s, kept."]).filling
    {'count': '2', 'what': 'soft hyphens'}
    """
    for each in wordings:
        if found := _pattern(each).fullmatch(text):
            return Phrase(each, **found.groupdict())
    return None


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    """Wordings are few and come from the source only, so that the cache stays small."""
    pieces = _PLACE.split(wording)
    names = (f"(?P<{name}>.+?)" for name in pieces[1::2])
    texts = map(re.escape, pieces[::2])
    return re.compile(
        "".join(piece for pair in zip(texts, (*names, ""), strict=True) for piece in pair), re.S
    )
