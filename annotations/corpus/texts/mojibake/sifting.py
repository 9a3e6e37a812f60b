"""Which misreadings are worth a look: what cannot be the best is known by counting alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotations.corpus.texts.mojibake.units import SPACED, Misreading, misreading

# What was misread has at least two of these in a row; most good texts in Latin letters have none.
_TOGETHER = re.compile("[^\x00-\x7f]{2,}")
_BEFORE_SPACE = re.compile("[^\x00-\x7f] ")
_NEVER_WRITTEN_SO = frozenset(("Mn", "Me", "Mc", "Cc"))


@dataclass(frozen=True, slots=True)
class Suspects:
    """What of lines is not ASCII: stretches of two and more, characters, how many before a space."""

    stretches: str
    characters: frozenset[str]
    before_space: int

    def may_have(self, name: str) -> int:
        """At most so many sequences speak for the encoding, whatever stands around them.

        None begins inside another, so that a search finds all there are.
        """
        own = misreading(name)
        seen = Counter(own.whole.findall(self.stretches))
        whole = sum(count for each, count in seen.items() if _may_speak(own.said(each)))
        return whole + (self.before_space if SPACED in own.byte_of else 0)

    def alike(self, names: Iterable[str]) -> dict[str, str]:
        """Each encoding → the first of those under which these lines look the same."""
        first: dict[tuple[object, ...], str] = {}
        return {name: first.setdefault(self._under(misreading(name)), name) for name in names}

    def _under(self, own: Misreading) -> tuple[object, ...]:
        """All that what is found in these lines depends on."""
        parts = (each for each in own.partial.items() if self.characters.issuperset(each[0]))
        return (
            frozenset((each, own.byte_of.get(each)) for each in self.characters),
            frozenset(parts),
            own.byte_of.get(SPACED),
            bool(own.partial),
            "â" in own.partial,
        )


def together(text: str) -> str:
    """What may be sequences: none has ASCII in it, so no more of a text need be looked through."""
    return " ".join(_TOGETHER.findall(text))


def suspects(lines: Iterable[str]) -> Suspects:
    text = "\n".join(lines)
    return Suspects(
        together(text),
        frozenset(each for each in set(text) if not each.isascii()),
        len(_BEFORE_SPACE.findall(text)),
    )


def _may_speak(said: str) -> bool:
    """No mark that goes on another letter, and no control: nobody wrote them so."""
    return said != "" and unicodedata.category(said) not in _NEVER_WRITTEN_SO
