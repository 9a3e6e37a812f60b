"""Where the passages behind a cell can stand: what must have been said of a text.

Never too few; which of the texts' passages it is, `selecting` tells from the submissions themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.coding.sayings import apart, of_theme

from .cell_names import NOTHING, Asked


@dataclass(frozen=True, slots=True)
class Places:
    """Names of sayings, one of which is to be found: where coders `differ` in the cell, where they
    are `alike`. None is any text, an empty set is none."""

    differ: frozenset[str]
    alike: frozenset[str] | None


def places_of(asked: Asked, roots: Mapping[str, str]) -> Places:
    """`roots` leads from each theme's key to that of the root that it stands under."""
    if not asked.theme:
        return _places("theme", roots)
    if asked.other or asked.theme == NOTHING:
        return _confused(asked.theme, asked.other or asked.theme, roots)
    family = [key for key, root in roots.items() if asked.theme in {key, root}]
    if not asked.stance:
        return _places(asked.on or "theme", family)
    if asked.stance == (asked.other_stance or asked.stance):
        return Places(frozenset(), frozenset(map(of_theme, family)))
    return Places(_places("stance", family).differ, frozenset())


def _places(on: str, family: list[str] | Mapping[str, str]) -> Places:
    return Places(frozenset(apart(on, key) for key in family), frozenset(map(of_theme, family)))


def _confused(one: str, other: str, roots: Mapping[str, str]) -> Places:
    """Where one coder gave the one and another the other; each differs, or none does."""
    if one == other == NOTHING:
        return Places(frozenset(), None)
    given = other if one == NOTHING else one
    family = [key for key, root in roots.items() if root == given]
    if one == other:
        return Places(frozenset(), frozenset(map(of_theme, family)))
    return Places(_places("theme", family).differ, frozenset())
