"""What a release holds, as its page draws and tells it: all from the frozen rows and manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.agreement.coefficients.figures import Coefficient, Undefined
from annotations.agreement.measuring import Presence
from annotations.agreement.resampling import FEW, Interval
from annotations.codebook.models import StanceValue, Theme
from annotations.desk.agreement_plot import ABOVE as PLOT_ABOVE
from annotations.desk.agreement_plot import plot
from annotations.desk.figure_words import Cell, cell, percent
from annotations.desk.release_plots import ABOVE, Asked, Bars, Counted, bars
from annotations.release.models import Origin, Release, ReleaseSpan

Themes = Mapping[str, Theme]
StanceNames = Mapping[str, StanceValue]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The same bars for a wide page and for a phone, and the rows of the table beside them."""

    wide: Bars
    narrow: Bars
    rows: list[Asked]
    stances: list[StanceValue | str]


def of_labels(release: Release, themes: Themes, stances: StanceNames) -> Drawing:
    """Every theme with its labels by stance, in the codebook's order."""
    times = _crossed(release.uuid)
    known = [key for key in stances if any(stance == key for _, stance in times)]
    known += sorted({stance for _, stance in times} - set(known))
    labels = sorted({label for label, _ in times}, key=lambda key: _place(key, themes))
    asked = [
        Asked(
            name=str(themes.get(label, label)),
            parts=[_part(release, label, stance, times, stances) for stance in known],
            colour=themes[label].colour if label in themes else 0,
            code=themes[label].code if label in themes else "",
        )
        for label in labels
    ]
    return _drawing(asked, [stances.get(key, key) for key in known])


def _place(key: str, themes: Themes) -> tuple[bool, int, str]:
    return (key not in themes, list(themes).index(key) if key in themes else 0, key)


def _part(
    release: Release,
    label: str,
    stance: str,
    times: Mapping[tuple[str, str], int],
    stances: StanceNames,
) -> Counted:
    known = stances.get(stance)
    return Counted(
        sign=known.glyph if known else "",
        name=str(known or stance),
        times=times.get((label, stance), 0),
        href=_listed(release, theme=label, stance=stance),
    )


@lru_cache(maxsize=256)
def _crossed(release: UUID) -> Mapping[tuple[str, str], int]:
    """Labels by theme and stance; kept, because a release never changes."""
    rows = ReleaseSpan.objects.filter(release__uuid=release).order_by()
    counted = rows.values_list("label", "stance").annotate(times=Count("pk"))
    return {(label, stance): times for label, stance, times in counted}


def _listed(release: Release, **which: str) -> str:
    where = reverse("release-labels", args=[release.project.slug, release.version])
    return f"{where}?{urlencode(which)}"


def of_rest(release: Release) -> list[tuple[str, Drawing]]:
    """Origins, languages, splits and editions' rounds, each under its name, where there are any."""
    said = release.manifest
    origins = dict(Origin.choices)
    found: tuple[tuple[str, str, Mapping[str, int], Mapping[str, Any]], ...] = (
        (_("Labels by origin"), "origin", said.get("spans_by_origin", {}), origins),
        (_("Documents by language"), "language", said.get("documents_by_language", {}), {}),
        (_("Documents by split"), "split", said.get("documents_by_split", {}), {}),
    )
    return [
        (name, _drawing(_plain(release, by, counts, names), []))
        for name, by, counts, names in found
        if counts
    ]


def _plain(
    release: Release, by: str, counts: Mapping[str, int], names: Mapping[str, Any]
) -> list[Asked]:
    ordered = Counter(counts).most_common()
    return [
        Asked(
            str(names.get(key, key)),
            [Counted("", "", times, "" if key == "und" else _listed(release, **{by: key}))],
        )
        for key, times in ordered
    ]


def _drawing(asked: list[Asked], stances: list[StanceValue | str]) -> Drawing:
    return Drawing(bars(asked), bars(asked, ABOVE), asked, stances)


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement of one edition as it was frozen; `rows` are (theme, its figures)."""

    edition: int
    overall: Cell
    coders: int
    documents: int
    plot: Any
    plot_above: Any
    rows: list[tuple[Theme | str, list[Cell]]]


def of_agreement(release: Release, themes: Themes) -> list[Agreed]:
    """One for each edition that was measured."""
    return [
        _agreed(said, themes)
        for said in release.manifest.get("agreement", [])
        if said.get("themes")
    ]


def _agreed(said: Mapping[str, Any], themes: Themes) -> Agreed:
    frozen = [(each, _presence(each)) for each in said["themes"]]
    known = [(themes[each["theme"]], found) for each, found in frozen if each["theme"] in themes]
    overall = said.get("alpha_masi") or {"value": None, "reason": "no-units"}
    return Agreed(
        edition=said["edition"],
        overall=cell(_figure(overall), _interval(overall)),
        coders=said["coders"],
        documents=said["documents_compared"],
        plot=plot(known),
        plot_above=plot(known, PLOT_ABOVE),
        rows=[(themes.get(each["theme"], each["theme"]), _cells(each, f)) for each, f in frozen],
    )


def _cells(each: Mapping[str, Any], found: Presence) -> list[Cell]:
    stance = each["stance"]["alpha_nominal"]
    return [
        cell(found.alpha, found.interval),
        cell(found.positive),
        cell(found.percent),
        cell(found.prevalence),
        cell(_figure(stance), _interval(stance)),
    ]


def _presence(each: Mapping[str, Any]) -> Presence:
    return Presence(
        alpha=_figure(each["alpha"]),
        percent=_figure(each["percent_agreement"]),
        positive=_figure(each["positive_agreement"]),
        prevalence=_figure(each["prevalence"]),
        interval=_interval(each["alpha"]),
    )


def _figure(said: Mapping[str, Any]) -> Coefficient:
    """A figure again, as `agreement.report_json.figure` said it."""
    reason = said.get("reason")
    return Coefficient(said["value"], Undefined(reason) if reason else None)


def _interval(said: Mapping[str, Any]) -> Interval | None:
    drawn = said.get("interval")
    if not drawn:
        return None
    few = 0 if drawn["few_stories"] else FEW
    return Interval(drawn["low"], drawn["high"], groups=few, samples=0, defined=0)


def overturned(release: Release) -> Iterator[tuple[str, Mapping[str, int], str]]:
    """Of what coders agreed on: its kind, what was drawn and checked, the share overturned."""
    names = {"unanimous": _("unanimous labels"), "untagged": _("passages that nobody tagged")}
    shares = release.manifest.get("share_overturned", {})
    for kind, tally in release.manifest.get("checks", {}).items():
        share = shares.get(kind)
        yield names.get(kind, kind), tally, "" if share is None else percent(share)
