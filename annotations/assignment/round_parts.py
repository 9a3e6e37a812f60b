"""What an allocation is made of, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from annotations.text.phrases import wording

Pair = tuple[int, int]
"""Two coders, the smaller number first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document to be coded by `slots` people; `passages` is how much there is to read in it."""

    document: int
    passages: int
    slots: int
    language: str = ""
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Someone who takes part: so many documents at most (None: any), in these languages (none: any).

    `known` are the only ones that they can be given, None for any.
    """

    coder: int
    most: int | None = None
    languages: frozenset[str] = frozenset()
    excluded: frozenset[int] = frozenset()
    known: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A slot of a document, counted from 1, and whose it is."""

    document: int
    slot: int
    coder: int


class Why(Enum):
    """What keeps someone from a document."""

    LANGUAGE = wording("not in their languages")
    EXCLUDED = wording("excluded for them")
    UNKNOWN = wording("they have not coded it before")
    STORY = wording("they have one of its story")
    MOST = wording("they have as many as they take")


@dataclass(frozen=True, slots=True)
class Load:
    """What one coder has in the round, from before and now."""

    coder: int
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Unseated:
    """Slots of a document that nobody could be given, and how many people each reason keeps away.

    Without reasons all who take part have it: there are too few of them.
    """

    document: int
    slots: int
    reasons: tuple[tuple[Why, int], ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """New seats in the order of documents; `pairs` counts the documents that two coders share."""

    seats: tuple[Seat, ...]
    loads: tuple[Load, ...]
    pairs: Mapping[Pair, int]
    unseated: tuple[Unseated, ...]
