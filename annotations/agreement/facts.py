"""What the methods paragraph says of a project, read from where it is kept."""

from __future__ import annotations

import tomllib
from functools import cache

from django.conf import settings
from django.db.models import Count, F, Max, Min
from django.db.models.functions import Coalesce

from annotations.assignment.models import Assignment, Batch, BatchKind, State
from annotations.codebook.models import Edition, Theme
from annotations.project.models import Project

from .methods import Alpha, Facts, Retest, Round
from .reports import Report
from .stability import stability

GIVEN_UP = (State.SKIPPED, State.EXPIRED, State.RELEASED)
ORDER = (BatchKind.TRAINING, BatchKind.PILOT, BatchKind.MAIN, BatchKind.RETEST)


def facts_of(project: Project, report: Report) -> Facts | None:
    """None before a codebook is in use; figures are those of the report, as they stand there."""
    measured, edition = report.measured, report.edition
    if edition is None or measured is None:
        return None
    themes = {theme.key: theme for theme in edition.themes.all()}
    return Facts(
        version=version(),
        edition=edition.number,
        rounds=_rounds(project, report),
        coders=report.coders,
        documents=report.documents,
        compared=report.compared,
        passages=report.passages,
        titles=report.titles,
        left_out=report.left_out,
        unjudged=report.unjudged,
        given_up=_given_up(edition, report.batch),
        stories=report.stories,
        samples=report.samples,
        seed=report.seed,
        overall=Alpha(("", ""), measured.overall, measured.interval),
        themes=[
            Alpha(_name(themes[each.theme]), each.whole.alpha, each.whole.interval)
            for each in report.themes
        ],
        stances=[
            Alpha(_name(themes[each.theme]), each.stances.nominal, each.stances.interval)
            for each in report.themes
            if each.stances.passages
        ],
        retests=_retests(edition, report.batch),
    )


def _retests(edition: Edition, batch: Batch | None) -> list[Retest]:
    """Of the edition, or the one that is asked for."""
    rounds = Batch.objects.filter(edition=edition, kind=BatchKind.RETEST, opened_at__isnull=False)
    told = [batch] if batch is not None else list(rounds.order_by("pk"))
    found = [each for each in map(stability, told) if each is not None]
    return [
        Retest(
            coders=len(each.coders),
            documents=each.documents,
            days=round(each.days[1]),
            overall=Alpha(("", ""), each.measured.overall, each.measured.interval),
        )
        for each in found
    ]


def _rounds(project: Project, report: Report) -> list[Round]:
    """Every round that was opened, in the order of kinds; one alone where one is asked for."""
    batches = Batch.objects.filter(project=project, opened_at__isnull=False)
    if report.batch is not None:
        batches = batches.filter(pk=report.batch.pk)
    slots = Coalesce("items__slots", F("slots"))
    rows = batches.annotate(n=Count("items"), fewest=Min(slots), most=Max(slots)).order_by("pk")
    fields = ("kind", "n", "fewest", "most", "edition__number")
    rounds = [
        Round(kind, documents, (fewest or 0, most or 0), edition)
        for kind, documents, fewest, most, edition in rows.values_list(*fields)
    ]
    return sorted(rounds, key=lambda each: ORDER.index(BatchKind(each.kind)))


def _given_up(edition: Edition, batch: Batch | None) -> int:
    """Work of the rounds that the figures are of, kept and left out."""
    rows = Assignment.objects.filter(state__in=GIVEN_UP)
    if batch is not None:
        return rows.filter(batch=batch).count()
    return rows.filter(batch__edition=edition, batch__kind=BatchKind.MAIN).count()


def _name(theme: Theme) -> tuple[str, str]:
    english = theme.name.get("en") or theme.key
    return english, theme.name.get("fr") or english


@cache
def version() -> str:
    """Of this software."""
    told = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])
