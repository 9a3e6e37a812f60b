"""A document as it is compared: what it tells, as words and as anchors. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from typing import TYPE_CHECKING, NamedTuple

from annotations.corpus.sketching.anchors import Mention, Piece, mentions
from annotations.corpus.sketching.shingling import WORD, shingles
from annotations.corpus.sketching.sketch import told_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A pair of longer texts is compared by its beginnings.
MOST_WORDS = 20_000
MOST_MENTIONS = 600
# Names come back in the next story about the same people; figures hardly.
FIGURE = 2.0


class Word(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Told:
    """Text, passages and what is known of a document; nothing is computed before it is needed."""

    text: str
    passages: Sequence[Piece]
    language: str
    published_on: date | None = None

    @cached_property
    def _pieces(self) -> list[Piece]:
        return told_in(self.passages)

    @cached_property
    def words(self) -> list[Word]:
        found = (
            Word(match.group(), *match.span())
            for piece in self._pieces
            for match in WORD.finditer(self.text, piece.start, piece.end)
        )
        return [word for word, _place in zip(found, range(MOST_WORDS), strict=False)]

    @cached_property
    def shingles(self) -> NDArray[np.uint64]:
        """In the order of the text; the i-th begins at the i-th word."""
        return shingles([word.text for word in self.words])

    @cached_property
    def mentions(self) -> list[Mention]:
        return mentions(self.text, self._pieces)[:MOST_MENTIONS]


@dataclass(frozen=True)
class Rarity:
    """How many of a project's documents have each anchor."""

    documents: int
    counts: Mapping[str, int]

    def weights(self, first: Told, second: Told) -> dict[str, float]:
        """The squared inverse document frequency of each anchor of a pair.

        Counted among the other documents only, so that it works from the first pair of a project
        on; ln((n + 2) / (df + 1)) is never nought. Figures count double.
        """
        here, there = _keys(first), _keys(second)
        others = max(self.documents - 2, 0)
        found: dict[str, float] = {}
        for key in here | there:
            known = max(self.counts.get(key, 0) - (key in here) - (key in there), 0)
            rarity = log((others + 2) / (min(known, others) + 1)) ** 2
            found[key] = rarity * FIGURE if key.startswith("#") else rarity
        return found


def _keys(told: Told) -> set[str]:
    return {mention.key for mention in told.mentions}
