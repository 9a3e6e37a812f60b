"""The codebook of a release as the writers of formats need it."""

from __future__ import annotations

from annotations.codebook.models import Edition, StanceValue, Theme

from .formats.contract import Codebook, StanceEntry, ThemeEntry
from .models import Release, ReleaseDocument

EIGHT = (
    *("#1a959a", "#b74772", "#291ba1", "#936d2a"),
    *("#295443", "#7d5fc5", "#780808", "#4a2048"),
)
TWELVE = (
    *("#437246", "#8f4b0f", "#174dc9", "#b47c3a", "#40300d", "#9871fd"),
    *("#5e013e", "#503c5e", "#83806c", "#1e3473", "#7d5b9f", "#875f70"),
)
"""The slots of a theme's colour on a light page, as tokens.css has them."""


def codebook_of(release: Release) -> Codebook:
    """Themes and stances of all editions that the release's documents were coded by.

    What several editions have is as the newest has it. In English where there is English, whoever
    asks.
    """
    used = ReleaseDocument.objects.filter(release=release).values("edition_id").distinct()
    themes: dict[str, ThemeEntry] = {}
    stances: dict[str, StanceEntry] = {}
    for edition in Edition.objects.filter(pk__in=used).order_by("-number"):
        for theme in _themes(edition):
            themes.setdefault(theme.key, theme)
        for stance in StanceValue.objects.filter(edition=edition).order_by("order", "pk"):
            entry = StanceEntry(stance.key, english(stance.label) or stance.key)
            stances.setdefault(stance.key, entry)
    return Codebook(tuple(themes.values()), tuple(stances.values()))


def english(texts: dict[str, str] | None) -> str:
    """The English text, else the first by its language's code; empty for none."""
    known = {language: text for language, text in (texts or {}).items() if text}
    return known.get("en") or next((known[language] for language in sorted(known)), "")


def _themes(edition: Edition) -> list[ThemeEntry]:
    rows = list(
        Theme.objects.filter(edition=edition).select_related("parent").order_by("order", "pk")
    )
    palette = TWELVE if any(row.colour > len(EIGHT) for row in rows) else EIGHT
    return [
        ThemeEntry(
            key=row.key,
            code=row.code,
            name=english(row.name) or row.key,
            colour=palette[row.colour - 1],
            parent=row.parent.key if row.parent else None,
            proposition=english(row.proposition),
        )
        for row in rows
    ]
