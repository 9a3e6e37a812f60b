"""What to fix first: the themes that cost the most agreement, and the clauses that they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.agreement.confusing import NOTHING, Lost
from annotations.agreement.reports import Report
from annotations.codebook.models import Theme, in_language
from annotations.desk.agreement_links import Links
from annotations.desk.agreement_tables import Themes
from annotations.desk.figure_words import Cell, cell, percent

MOST = 3
"""Partners and pairs that are named of each theme."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """What the codebook says of a theme, in one language."""

    theme: Theme
    definition: str
    include: str
    exclude: str


@dataclass(frozen=True, slots=True)
class Partner:
    """What a theme was confused with; `theme` is None for nothing."""

    theme: Theme | None
    times: int
    href: str


@dataclass(frozen=True, slots=True)
class Costly:
    """A theme with what it costs; `clauses` are its own and those of its first partner."""

    theme: Theme
    share: str
    width: float
    without: Cell
    partners: Sequence[Partner]
    coders: Sequence[tuple[str, int, int, str]]
    clauses: Sequence[Clauses]
    href: str


def costly(figures: Report, themes: Themes, links: Links) -> list[Costly]:
    """The dearest first; none where coders differ in nothing."""
    found = figures.measured.lost if figures.measured else ()
    return [_costly(each, themes, links) for each in found if each.share]


def _costly(each: Lost, themes: Themes, links: Links) -> Costly:
    named = [name for name in each.partners if name != NOTHING]
    about = [each.theme, *named[:1]]
    return Costly(
        theme=themes[each.theme],
        share=percent(each.share),
        width=round(100 * each.share, 1),
        without=cell(each.without),
        partners=[
            Partner(themes.get(name), times, links.confused(each.theme, name))
            for name, times in list(each.partners.items())[:MOST]
        ],
        coders=[
            (" – ".join(pair), differing, judged, links.to(each.theme, pair=pair))
            for pair, differing, judged in each.coders[:MOST]
            if differing
        ],
        clauses=[_clauses(themes[name]) for name in about],
        href=links.to(each.theme),
    )


def _clauses(theme: Theme) -> Clauses:
    said = [in_language(getattr(theme, field)) for field in ("definition", "include", "exclude")]
    return Clauses(theme, *(text or _("(nothing said)") for text in said))
