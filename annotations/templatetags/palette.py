"""Which of the two palettes a page wears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()

SLOTS_OF_EIGHT = 8


@register.filter
def palette(themes: Iterable[Any]) -> str:
    """A class for the body: a codebook with a colour beyond the eighth takes the twelve as a whole.

    Asked of all themes of the edition, not of those in sight, so that a theme looks alike everywhere.

    >>> palette([{"colour": 9}]), palette([{"colour": 8}]), palette([])
    ('pal12', '', '')
    """
    slots = (each["colour"] if isinstance(each, Mapping) else each.colour for each in themes)
    return "pal12" if max(slots, default=0) > SLOTS_OF_EIGHT else ""
