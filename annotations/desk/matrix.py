"""Theme × stance × something that documents are told apart by: as table, as bars, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.adjudication.crossing import Crossed, crossing
from annotations.adjudication.retrieving import Layer, layer_for, wanted_of
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.codebook.sheets import BYTE_ORDER_MARK
from annotations.corpus.attributes.facets import LANGUAGE, facets
from annotations.desk.figure_words import percent
from annotations.desk.matrix_bars import Bars, bars
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, may_at_sight, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from annotations.release.formats.spans_csv import safe
from workbench.replicas import reads_elsewhere

MOST = 12
"""Values across, unless all are asked for."""
ASKED = ("by", "of", "batch", "edition")


@dataclass(frozen=True, slots=True)
class Count:
    """A cell: how many labels, their share, and where they are read."""

    times: int
    share: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a theme, or one of its stances."""

    theme: Theme
    stance: StanceValue | None
    cells: Sequence[Count]


@dataclass(frozen=True, slots=True)
class View:
    """What is crossed, and with what names."""

    project: Project
    crossed: Crossed
    asked: Mapping[str, str]
    themes: Sequence[Theme]
    stances: Sequence[StanceValue]
    values: Sequence[str]


@login_required
@require_safe
@reads_elsewhere
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    project = project_for(user, slug, Action.SEARCH)
    known = facets(project)
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in ASKED}
    asked["by"] = asked["by"] or LANGUAGE
    if asked["by"] not in known:
        raise Invalid.field("by", "filter-value", _("Documents are not told apart by that."))
    layer = layer_for(user, project, asked["of"])
    if layer is Layer.SUBMITTED:
        layer = Layer.GOLD
    asked["of"] = layer.value
    wanted = wanted_of(project, {name: asked[name] for name in ("batch", "edition")})
    view = _view(project, crossing(project, layer, asked["by"], wanted, by=user), asked)
    if request.GET.get("format") == "csv":
        return _download(view)
    every = "all" in request.GET
    shown = view.values if every else view.values[:MOST]
    context = {
        "asked": asked,
        "facets": known,
        "heads": [value or _("none") for value in shown],
        "lines": list(_lines(view, shown)),
        "bars": _bars(view, shown),
        "left_out": len(view.values) - len(shown),
        "labels": view.crossed.of(),
        "sees_gold": may_at_sight(user, Action.SEE_DOCUMENTS, project),
        "query": urlencode(asked),
        "palette_of": view.themes,
        **_choices(project),
        **frame(request, project),
    }
    return render(request, "annotations/desk/matrix.html", context)


def _view(project: Project, crossed: Crossed, asked: Mapping[str, str]) -> View:
    """Themes and stances as the newest edition that knows them has them."""
    themes: dict[str, Theme] = {}
    for theme in Theme.objects.filter(edition__project=project).order_by("edition__number"):
        themes[theme.key] = theme
    stances: dict[str, StanceValue] = {}
    for stance in StanceValue.objects.filter(edition__project=project).order_by("edition__number"):
        stances[stance.key] = stance
    return View(
        project,
        crossed,
        asked,
        sorted((themes[key] for key in crossed.themes), key=lambda each: each.order),
        sorted((stances[key] for key in crossed.stances if key), key=lambda each: each.order),
        crossed.values,
    )


def _lines(view: View, values: Sequence[str]) -> Iterator[Line]:
    """Of each theme its own row, then one a stance; before the values all of them."""
    for theme in view.themes:
        yield Line(theme, None, [_count(view, theme, None, value) for value in (None, *values)])
        for stance in view.stances:
            if view.crossed.of(theme=theme.key, stance=stance.key):
                cells = [_count(view, theme, stance, value) for value in (None, *values)]
                yield Line(theme, stance, cells)


def _count(view: View, theme: Theme, stance: StanceValue | None, value: str | None) -> Count:
    crossed = view.crossed
    key = stance.key if stance else None
    share = (
        crossed.share_of_stance(theme.key, key, value)
        if key
        else crossed.share_of_theme(theme.key, value)
    )
    times = crossed.of(theme=theme.key, stance=key, value=value)
    label = _("all") if value is None else value or _("none")
    return Count(
        times,
        percent(share) if share and times else "",
        _address(view, theme.key, key or "", value) if times else "",
        label,
    )


def _address(view: View, theme: str, stance: str, value: str | None) -> str:
    """Of the coded passages of a cell."""
    said = {
        "theme": theme,
        "stance": stance,
        "batch": view.asked["batch"],
        "edition": view.asked["edition"],
        "of": view.asked["of"],
    }
    named = {name: each for name, each in said.items() if each}
    if value is not None:
        named |= {"attribute": view.asked["by"], "value": value}
    return f"{reverse('coded', args=[view.project.slug])}?{urlencode(named)}"


def _bars(view: View, values: Sequence[str]) -> list[tuple[Theme, Bars]]:
    found = []
    for theme in view.themes:
        rows = [
            (
                value or _("none"),
                [
                    (
                        stance.glyph,
                        str(stance),
                        view.crossed.of(theme=theme.key, stance=stance.key, value=value),
                        _address(view, theme.key, stance.key, value),
                    )
                    for stance in view.stances
                ],
            )
            for value in values
        ]
        found.append((theme, bars(rows)))
    return found


def _choices(project: Project) -> dict[str, Any]:
    editions = Edition.objects.filter(project=project, frozen_at__isnull=False)
    return {
        "editions": editions.order_by("-number"),
        "batches": Batch.objects.filter(project=project, opened_at__isnull=False).order_by("pk"),
    }


def _download(view: View) -> HttpResponse:
    """One row a theme, stance and value that occur; safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    facet = safe(view.asked["by"].lstrip("."))
    writer.writerow(["theme", "stance", facet, "labels", "share_of_theme"])
    for (theme, stance, value), times in sorted(view.crossed.counts.items()):
        share = view.crossed.share_of_stance(theme, stance, value)
        cells = [safe(each) for each in (theme, stance, value)]
        writer.writerow([*cells, times, "" if share is None else round(share, 6)])
    answer = HttpResponse(BYTE_ORDER_MARK + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{view.project.slug}-matrix.csv"'
    return answer
