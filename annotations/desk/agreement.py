"""The agreement page: plots with intervals, what is confused, and tables by whatever figures are by."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.agreement.choosing import chosen
from annotations.agreement.reports import Report, across, report
from annotations.agreement.stability import stability
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition
from annotations.desk.agreement_confusion import of_pairs, of_stances, of_themes
from annotations.desk.agreement_links import Links
from annotations.desk.agreement_lost import costly
from annotations.desk.agreement_plot import ABOVE, plot
from annotations.desk.agreement_stability import shown
from annotations.desk.agreement_tables import Themes, tables
from annotations.desk.figure_words import cell
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from workbench.replicas import reads_elsewhere


@login_required
@require_safe
@reads_elsewhere
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(person(request), slug, Action.SEE_AGREEMENT)
    what = chosen(project, batch=request.GET.get("batch"), edition=request.GET.get("edition"))
    figures = report(project, **what)
    context = {"report": figures, **_choices(project), **frame(request, project)}
    if figures.edition and figures.measured:
        themes = {theme.key: theme for theme in figures.edition.themes.all()}
        links = Links.of(project.slug, figures)
        editions = across(project, figures)
        context |= tables(figures, themes, links, editions) | _drawings(figures, themes, links)
        context["stability"] = shown(stability(figures.batch), themes)
    return render(request, "annotations/desk/agreement.html", context)


def _choices(project: Project) -> dict[str, Any]:
    editions = Edition.objects.filter(project=project, frozen_at__isnull=False)
    return {
        "editions": editions.order_by("-number"),
        "batches": Batch.objects.filter(project=project, opened_at__isnull=False).order_by("-pk"),
    }


def _drawings(figures: Report, themes: Themes, links: Links) -> dict[str, Any]:
    measured, edition = figures.measured, figures.edition
    if measured is None or edition is None:
        return {}
    rows = [(themes[each.theme], each.whole) for each in figures.themes]
    stances = {each.key: each for each in edition.stances.all()}
    return {
        "plot": plot(rows),
        "plot_above": plot(rows, ABOVE),
        "overall": cell(measured.overall, measured.interval, href=links.to()),
        "confusion": of_themes(measured.confused, themes, links) if figures.compared else None,
        "pairs": of_pairs(figures, links),
        "costly": costly(figures, themes, links),
        "stance_confusions": [
            of_stances(each.stances.confused, themes[each.theme], stances, links)
            for each in figures.themes
            if each.stances.confused.most
        ],
    }
