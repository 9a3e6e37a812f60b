"""One comparison of a chain, and how it ended. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["holds", "broken", "gone"]


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison, made as the chain is read.

    `gone` where nothing is left to compare with, after a takedown: that is no fault. `expected` and
    `found` are the two sides where they are not the same, or the one that both are.
    """

    name: str
    state: State
    expected: str = ""
    found: str = ""


def same(name: str, expected: object, found: object) -> Check:
    """Whether two sides are the same.

    >>> same("votes", 2, 2), same("votes", 2, 3).state
    (Check(name='votes', state='holds', expected='2', found='2'), 'broken')
    """
    return Check(name, "holds" if expected == found else "broken", str(expected), str(found))


def gone(name: str, expected: str = "") -> Check:
    """What cannot be compared any more."""
    return Check(name, "gone", expected)
