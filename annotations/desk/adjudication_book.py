"""The codebook of a case in the reader's language, and labels in its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language

from annotations.adjudication.aligning import CodedSpan
from annotations.adjudication.cases import root_of, themes_of
from annotations.adjudication.models import Ruling
from annotations.codebook.models import Edition
from annotations.codebook.reading import for_page
from annotations.coding.models import HolderKind

CITED = ("definition", "include", "exclude")
LONGEST_HINT = 80


class Book:
    """The codebook in the reader's language, by key."""

    def __init__(self, edition: Edition) -> None:
        book = for_page(edition, get_language() or "en")
        self.themes: dict[str, dict[str, Any]] = {theme["key"]: theme for theme in book["themes"]}
        self.stances: dict[str, dict[str, Any]] = {each["key"]: each for each in book["stances"]}
        known = themes_of(edition)
        self.families = {key: root_of(key, known) for key in self.themes}

    @property
    def clauses(self) -> Iterator[tuple[str, str]]:
        """Names by which a ruling cites a clause, as the codebook's page finds them, with words."""
        for key, theme in self.themes.items():
            yield key, theme["name"]
            for field in CITED:
                if theme[field]:
                    yield f"{key}.{field}", Truncator(theme[field]).chars(LONGEST_HINT)
        for key, stance in self.stances.items():
            yield f"stances.{key}", stance["label"]

    def colour(self, theme: str) -> int:
        """The colour slot, which a sub-theme shares with its theme."""
        return int(self.themes[theme]["colour"])

    def label(self, theme: str, stance: str | None) -> dict[str, str]:
        """A stance as it is worded for a theme, with its glyph."""
        if stance is None:
            return {"glyph": "", "label": ""}
        words = self.themes[theme]["stance_labels"]
        return {"glyph": self.stances[stance]["glyph"], "label": words[stance]}


@dataclass(frozen=True, slots=True)
class Said:
    """Theme, stance and holder, in words."""

    theme: dict[str, Any]
    stance: dict[str, str]
    holder: str


def said(book: Book, member: CodedSpan) -> Said:
    """A coder's label in words."""
    holder = in_words(member.holder_kind, member.holder_name)
    return Said(book.themes[member.theme], book.label(member.theme, member.stance), holder)


def ruled(book: Book, ruling: Ruling | None) -> Said | None:
    """A ruling's label in words; None where it gives none."""
    if ruling is None or ruling.theme is None:
        return None
    stance = ruling.stance.key if ruling.stance else None
    holder = in_words(ruling.holder_kind, ruling.holder_name)
    return Said(book.themes[ruling.theme.key], book.label(ruling.theme.key, stance), holder)


def in_words(kind: str | None, name: str | None) -> str:
    """A holder, such as “Person: the dean”."""
    if kind is None:
        return ""
    label = capfirst(str(HolderKind(kind).label))
    return f"{label}: {name}" if name else label
