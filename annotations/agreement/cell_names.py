"""The name of a figure's cell, as it stands in an address, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from annotations.project.refusals import Invalid

from .judging import Codings, numbered
from .selecting import NO_VALUE, Aspect, Cell

NOTHING = "nothing"
"""How a cell's name says that a coder gave nothing further."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell by name, as it stands in an address; empty is any."""

    theme: str = ""
    other: str = ""
    stance: str = ""
    other_stance: str = ""
    on: str = ""
    pair: tuple[str, ...] = ()
    language: str = ""
    titles: bool = False


class _Where(TypedDict):
    pair: tuple[int, int] | None
    language: int | None
    titles: bool


def cell_of(codings: Codings, asked: Asked, roots: Mapping[str, str]) -> Cell:
    """The names of a cell as numbers; Invalid for one that is not known."""
    themes, stances = numbered(codings.themes), numbered(codings.stances)
    where: _Where = {
        "pair": _pair(asked.pair, numbered(codings.coders)),
        "language": _number("language", asked.language, numbered(codings.languages)),
        "titles": asked.titles,
    }
    theme = _number("theme", asked.theme, themes | {NOTHING: NO_VALUE})
    other = _number("with", asked.other, themes | {NOTHING: NO_VALUE})
    if theme is None or other is not None or theme == NO_VALUE:
        return Cell(value=theme, other=other, **where)
    family = tuple(n for key, n in themes.items() if asked.theme in {key, roots[key]})
    stance = _number("stance", asked.stance, stances | {NOTHING: NO_VALUE})
    if stance is not None:
        beside = _number("with_stance", asked.other_stance, stances | {NOTHING: NO_VALUE})
        return Cell(family, "stance", stance, beside, **where)
    aspects: dict[str, Aspect] = {"": "theme", "stance": "stance", "voice": "voice"}
    if asked.on not in aspects:
        raise unknown("on")
    return Cell(family, aspects[asked.on], **where)


def _pair(named: tuple[str, ...], coders: Mapping[str, int]) -> tuple[int, int] | None:
    if not named:
        return None
    if len(set(named)) != 2 or not set(named) <= set(coders):
        raise unknown("pair")
    first, second = named
    return coders[first], coders[second]


def _number(field: str, name: str, known: Mapping[str, int]) -> int | None:
    if not name:
        return None
    if name not in known:
        raise unknown(field)
    return known[name]


def unknown(field: str) -> Invalid:
    """The refusal of a name that nothing which was submitted has."""
    said = _("There is no such %(field)s among what was submitted.") % {"field": field}
    return Invalid.field(field, "filter-value", said)
