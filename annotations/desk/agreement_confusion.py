"""What is confused with what, as heat maps with the tables that say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.agreement.coefficients.figures import Coefficient
from annotations.agreement.confusing import Confusions
from annotations.agreement.reports import Report
from annotations.codebook.models import StanceValue, Theme
from annotations.desk.agreement_links import Links
from annotations.desk.agreement_tables import Themes
from annotations.desk.figure_words import Cell, cell, labelled, number
from annotations.desk.heat import Heat, Square, heat, shade


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a square table: its label, and its cells."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A heat map and its table; `heads` are the labels across."""

    drawing: Heat
    heads: Sequence[str]
    lines: Sequence[Line]
    about: Theme | None = None


def of_themes(found: Confusions, themes: Themes, links: Links) -> Matrix:
    names = [_theme(name, themes) for name in found.names]
    shorts = [(themes[n].code, themes[n].colour) if n else ("–", 0) for n in found.names]
    return _matrix(found, names, shorts, links.confused)


def of_stances(
    found: Confusions, theme: Theme, stances: Mapping[str, StanceValue], links: Links
) -> Matrix:
    names = [str(stances[name]) if name else _("nothing further") for name in found.names]
    shorts = [(stances[name].glyph if name else "–", 0) for name in found.names]

    def href(one: str, other: str) -> str:
        return links.stances(theme.key, one, other)

    return _matrix(found, names, shorts, href, about=theme)


def _theme(name: str, themes: Themes) -> str:
    return str(themes[name]) if name else _("nothing of it")


def _matrix(
    found: Confusions,
    names: Sequence[str],
    shorts: Sequence[tuple[str, int]],
    href: Callable[[str, str], str],
    about: Theme | None = None,
) -> Matrix:
    most = found.most
    rows, lines = [], []
    for x, times in enumerate(found.times):
        hrefs = [
            href(found.names[x], other) if n else ""
            for other, n in zip(found.names, times, strict=True)
        ]
        rows.append(
            [
                Square(
                    text=str(n) if n else "",
                    shade=0 if x == y else shade(n, most),
                    href=hrefs[y],
                    name=f"{names[x]} – {names[y]}: {n}",
                    same=x == y,
                )
                for y, n in enumerate(times)
            ]
        )
        cells = [Cell(str(n), href=h) for n, h in zip(times, hrefs, strict=True)]
        lines.append(Line(names[x], labelled(cells, names)))
    return Matrix(heat(shorts, rows, left=36), names, lines, about)


def of_pairs(figures: Report, links: Links) -> Matrix | None:
    """α with MASI of each two coders; None with fewer than three of them."""
    pairs = figures.measured.pairs if figures.measured else {}
    coders = sorted({coder for pair in pairs for coder in pair})
    if len(coders) < 3:
        return None
    rows, lines = [], []
    for a in coders:
        found = [_of_pair(pairs, a, b, links) for b in coders]
        rows.append([square for square, _cell in found])
        lines.append(Line(a, labelled([each for _square, each in found], coders)))
    longest = max(len(coder) for coder in coders)
    drawing = heat([(coder, 0) for coder in coders], rows, left=16 + 7 * longest)
    return Matrix(drawing, coders, lines)


def _of_pair(
    pairs: Mapping[tuple[str, str], Coefficient], a: str, b: str, links: Links
) -> tuple[Square, Cell]:
    found = pairs.get((a, b)) or pairs.get((b, a))
    if found is None:
        return Square("", 0, same=a == b), Cell("")
    told = cell(found, href=links.to(pair=(min(a, b), max(a, b))))
    short = "?" if found.value is None else number(found.value, 2)
    words = f"{a} – {b}: {told.text or told.why}"
    value = found.value or 0.0
    return Square(short, shade(value, 1.0), href=told.href, name=words), told
