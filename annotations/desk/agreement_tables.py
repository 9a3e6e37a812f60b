"""The tables of the agreement page; every figure leads to the passages behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from annotations.agreement.measuring import OfTheme, Presence
from annotations.agreement.reports import Report
from annotations.assignment.models import Batch
from annotations.codebook.models import Theme
from annotations.desk.agreement_links import Links
from annotations.desk.figure_words import Cell, cell, labelled

Themes = Mapping[str, Theme]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is about, and its figures."""

    theme: Theme
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of α: themes down, something else across."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]


def tables(
    figures: Report, themes: Themes, links: Links, editions: Sequence[Report]
) -> dict[str, Any]:
    """What the page shows as tables, by name."""
    found = figures.themes
    under = figures.measured.sub_themes if figures.measured else {}
    return {
        "rows": [_presence(themes[each.theme], each.whole, links) for each in found],
        "titles": [
            _presence(themes[each.theme], each.titles, links, ("titles", "1")) for each in found
        ],
        "under": [
            (themes[root], [_presence(themes[key], each, links) for key, each in own.items()])
            for root, own in under.items()
            if own
        ],
        "stances": [_stances(themes[each.theme], each, links) for each in found],
        "spans": [_spans(themes[each.theme], each, links) for each in found],
        "by": [each for each in _by(figures, themes, links, editions) if len(each.heads) > 1],
    }


def _presence(theme: Theme, found: Presence, links: Links, *more: tuple[str, str]) -> Row:
    href = links.to(theme.key, *more)
    others = (found.positive, found.percent, found.prevalence)
    cells = [
        cell(found.alpha, found.interval, href=href),
        *(cell(each, href=href) for each in others),
    ]
    heads = ["α", _("Positive agreement"), _("Percent agreement"), _("Prevalence")]
    rests = Cell(str(found.alpha.n_pairable), href=href)
    return Row(theme, labelled([*cells, rests], [*heads, _("Passages judged by two")]))


def _stances(theme: Theme, each: OfTheme, links: Links) -> Row:
    found = each.stances
    on_stance, on_voice = (links.to(theme.key, ("on", aspect)) for aspect in ("stance", "voice"))
    figures = (
        (found.nominal, found.interval, on_stance),
        (found.ordinal, None, on_stance),
        (found.sets, None, on_stance),
        (found.holder, None, on_voice),
        (found.same_holder, None, on_stance),
    )
    nobody = Cell("", why=_("no passage was given it by two"))
    rests = [
        cell(figure, interval, of=found.passages, href=href) if found.passages else nobody
        for figure, interval, href in figures
    ]
    heads = [_("α, one stance"), _("α, ordered"), _("α, sets"), _("α, voice"), _("α, same voice")]
    passages = Cell(str(found.passages), href=on_stance)
    return Row(theme, labelled([*rests, passages], [*heads, _("Passages")]))


def _spans(theme: Theme, each: OfTheme, links: Links) -> Row:
    found = each.spans
    href = links.to(theme.key)
    figures = (found.alpha, found.exact, found.overlapping, found.characters)
    cells = [cell(drawn.figure, drawn.interval, href=href) for drawn in figures]
    heads = ["|uα", _("F1, exact"), _("F1, IoU ≥ 0.5"), _("F1, characters"), _("Spans")]
    return Row(theme, labelled([*cells, Cell(str(found.spans), href=href)], heads))


def _by(
    figures: Report, themes: Themes, links: Links, editions: Sequence[Report]
) -> Iterable[Table]:
    found = figures.themes
    rounds = dict(Batch.objects.filter(edition=figures.edition).values_list("name", "uuid"))

    def table(title: str, groups: Sequence[Mapping[str, Cell]]) -> Table:
        heads = list(dict.fromkeys(name for group in groups for name in group))
        rows = [
            Row(themes[each.theme], labelled([group.get(name, Cell("")) for name in heads], heads))
            for each, group in zip(found, groups, strict=True)
        ]
        return Table(title, heads, rows)

    yield table(
        _("By language"),
        [
            _cells(each.languages, lambda key, t=each.theme: links.to(t, ("language", key)))
            for each in found
        ],
    )
    yield table(
        _("By batch"),
        [
            _cells(each.batches, lambda key, t=each.theme: links.in_round(t, str(rounds[key])))
            for each in found
        ],
    )
    yield table(_("By pair of coders"), [_pairs(each, links) for each in found])
    yield table(_("By codebook edition"), [_editions(each, editions, links) for each in found])


def _cells(found: Mapping[str, Presence], href: Any) -> dict[str, Cell]:
    return {name: cell(each.alpha, each.interval, href=href(name)) for name, each in found.items()}


def _pairs(each: OfTheme, links: Links) -> dict[str, Cell]:
    return {
        " – ".join(pair): cell(found.alpha, found.interval, href=links.to(each.theme, pair=pair))
        for pair, found in each.pairs.items()
    }


def _editions(each: OfTheme, editions: Sequence[Report], links: Links) -> dict[str, Cell]:
    """Nothing where an edition does not know the theme."""
    found = {}
    for other in editions:
        known = {theme.theme: theme.whole for theme in other.themes}
        number = str(other.edition.number) if other.edition else ""
        there = replace(links, within=(("edition", number),))
        whole = known.get(each.theme)
        found[number] = (
            cell(whole.alpha, whole.interval, href=there.to(each.theme)) if whole else Cell("")
        )
    return found
