"""Of a retest, each coder beside themselves: a table for the agreement page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.agreement.stability import Stability
from annotations.desk.agreement_tables import Row, Table, Themes
from annotations.desk.figure_words import Cell, cell, labelled


@dataclass(frozen=True, slots=True)
class Shown:
    """`whole` is the line of all themes at once, `by_theme` the lines below it."""

    found: Stability
    days: int
    whole: list[Cell]
    by_theme: Table


def shown(found: Stability | None, themes: Themes) -> Shown | None:
    if found is None:
        return None
    heads = [_("All coders together"), *(each.pseudonym for each in found.coders)]
    whole = [
        cell(found.measured.overall, found.measured.interval),
        *(cell(each.overall) if each.overall else Cell("") for each in found.coders),
    ]
    rows = []
    for each in found.measured.themes:
        own = [coder.themes.get(each.theme) for coder in found.coders]
        cells = [
            cell(each.whole.alpha, each.whole.interval),
            *(cell(one.alpha, one.interval) if one else Cell("") for one in own),
        ]
        rows.append(Row(themes[each.theme], labelled(cells, heads)))
    table = Table(_("Each coder beside themselves"), heads, rows)
    return Shown(found, round(found.days[1]), labelled(whole, heads), table)
