"""An edition as others need it: keys to ids for saving, and one language for reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations.codebook.models import Edition, StanceValue, Theme, in_language
from annotations.project.models import Project
from annotations.project.refusals import NotVisible


@dataclass(frozen=True)
class Lookup:
    """Theme and stance keys to primary keys, in the edition's order.

    `parents` is theme key to parent's key or None, `positions` stance key to its place on the
    scale, None outside of it.
    """

    themes: dict[str, int]
    stances: dict[str, int]
    memo_required: frozenset[str]
    parents: dict[str, str | None]
    positions: dict[str, int | None]

    def theme_of(self, pk: int) -> str:
        return next(key for key, known in self.themes.items() if known == pk)

    def stance_of(self, pk: int | None) -> str | None:
        return next((key for key, known in self.stances.items() if known == pk), None)


class _StillDrafted(Exception):
    """Keeps the cache from keeping what may change: lru_cache remembers no exceptions."""


def lookup(edition_id: int) -> Lookup:
    """Without a query once an edition is frozen; read again each time while it is a draft."""
    try:
        # The name of the database: ids count from one in each, and a process may see several.
        return _frozen(connection.settings_dict["NAME"], edition_id)
    except _StillDrafted:
        return _read(edition_id)


@lru_cache(maxsize=64)
def _frozen(database: str, edition_id: int) -> Lookup:
    if not Edition.objects.filter(pk=edition_id, frozen_at__isnull=False).exists():
        raise _StillDrafted
    return _read(edition_id)


def _read(edition_id: int) -> Lookup:
    themes = list(
        Theme.objects.filter(edition_id=edition_id)
        .order_by("order", "pk")
        .values_list("key", "pk", "memo_required", "parent__key")
    )
    scale = StanceValue.objects.filter(edition_id=edition_id).order_by("order", "pk")
    stances = list(scale.values_list("key", "pk", "position"))
    return Lookup(
        themes={key: pk for key, pk, _, _ in themes},
        stances={key: pk for key, pk, _ in stances},
        memo_required=frozenset(key for key, _, needed, _ in themes if needed),
        parents={key: parent for key, _, _, parent in themes},
        positions={key: position for key, _, position in stances},
    )


def edition_to_read(project: Project, number: str | None = None) -> Edition:
    """The edition of that number, else the one in use, else the draft of the first one."""
    editions = Edition.objects.filter(project=project).order_by("-number")
    if number is not None:
        known = number.isdecimal() and len(number) < 6
        found = editions.filter(number=int(number)).first() if known else None
    else:
        found = editions.filter(frozen_at__isnull=False).first() or editions.first()
    if found is None:
        raise NotVisible(_("There is no such codebook edition."))
    return found


def for_page(edition: Edition, language: str) -> dict[str, Any]:
    """`{"edition", "themes": […], "stances": […]}` with every text in one language.

    Sub-themes come with their parent's proposition and stance labels; every theme has a label
    for every stance, the scale's own where the theme has none.
    """
    themes = list(edition.themes.select_related("parent").order_by("order", "pk"))
    stances = list(edition.stances.order_by("order", "pk"))
    with override(language):
        return {
            "edition": edition.number,
            "themes": [_theme(theme, stances) for theme in themes],
            "stances": [_stance(stance) for stance in stances],
        }


def _theme(theme: Theme, stances: Iterable[StanceValue]) -> dict[str, Any]:
    return {
        "key": theme.key,
        "code": theme.code,
        "name": str(theme),
        "definition": in_language(theme.definition),
        "include": in_language(theme.include),
        "exclude": in_language(theme.exclude),
        "examples": [_example(example) for example in theme.examples],
        "counter_examples": [_example(example) for example in theme.counter_examples],
        "colour": theme.colour,
        "hotkey": theme.hotkey,
        "parent": theme.parent.key if theme.parent else None,
        "proposition": _inherited(theme, "proposition"),
        "stance_labels": {stance.key: _label(theme, stance) for stance in stances},
        "memo_required": theme.memo_required,
    }


def _example(example: dict[str, Any]) -> dict[str, Any]:
    return {**example, "why": in_language(example.get("why"))}


def _inherited(theme: Theme, field: str) -> str:
    own = in_language(getattr(theme, field))
    return own or (_inherited(theme.parent, field) if theme.parent else "")


def _label(theme: Theme, stance: StanceValue) -> str:
    own = in_language(theme.stance_labels.get(stance.key))
    if own:
        return own
    return _label(theme.parent, stance) if theme.parent else str(stance)


def _stance(stance: StanceValue) -> dict[str, Any]:
    return {
        "key": stance.key,
        "label": str(stance),
        "glyph": stance.glyph,
        "hotkey": stance.hotkey,
        "position": stance.position,
        "definition": in_language(stance.definition),
    }
