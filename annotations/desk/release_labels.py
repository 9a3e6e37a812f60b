"""The labels of a release, a page at a time; each leads to its chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.release.models import Origin, Release, ReleaseSpan
from annotations.release.serving import release_of
from workbench.replicas import reads_elsewhere

AT_ONCE = 30
FILTERS = {
    "theme": "label",
    "stance": "stance",
    "origin": "origin",
    "language": "released__line__language",
    "split": "released__line__split",
}
"""What is asked for, and where it stands."""
COUNTED = {
    "theme": "spans_by_label",
    "stance": "spans_by_stance",
    "origin": "spans_by_origin",
    "language": "documents_by_language",
}
"""Where the manifest counts what is asked for."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label as it is listed."""

    span: ReleaseSpan
    theme: Theme | None
    stance: StanceValue | None
    title: str
    language: str


@login_required
@require_safe
@reads_elsewhere
def labels(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """`after` is the primary key of the last label of the page before, `before` of the first."""
    project = project_for(person(request), slug, Action.SEE_RELEASES)
    release = release_of(project, version)
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    wanted = _wanted(release, asked)
    page, more = _page(wanted, request.GET)
    themes, stances = names_of(release)
    context = {
        "release": release,
        "rows": [
            LabelRow(
                span,
                themes.get(span.label),
                stances.get(span.stance),
                span.released.line["title"] or str(span.document.uuid),
                span.released.line["language"] or "",
            )
            for span in page
        ],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "palette_of": themes.values(),
        **_choices(release, themes, stances),
        **_ways(wanted, page, asked, more=more),
        **frame(request, project),
    }
    return render(request, "annotations/desk/release_labels.html", context)


def _wanted(release: Release, asked: Mapping[str, str]) -> QuerySet[ReleaseSpan]:
    """What the manifest counts none of is not looked for."""
    rows = ReleaseSpan.objects.filter(release=release)
    for name, value in asked.items():
        if not value:
            continue
        if value not in release.manifest.get(COUNTED.get(name, ""), {value: None}):
            return rows.none()
        rows = rows.filter(**{FILTERS[name]: value})
    if asked["language"] or asked["split"]:
        rows = rows.filter(released__release=release)
    return rows


def _page(
    wanted: QuerySet[ReleaseSpan], query: Mapping[str, str]
) -> tuple[list[ReleaseSpan], bool]:
    """The labels of the page, and whether there are more in the way one goes."""
    rows = wanted.select_related("released", "document").defer(
        "document__text", "document__repairs", "document__attributes"
    )
    after, before = _key(query.get("after", "")), _key(query.get("before", ""))
    if before is not None:
        found = list(rows.filter(pk__lt=before).order_by("-pk")[: AT_ONCE + 1])
        return found[:AT_ONCE][::-1], len(found) > AT_ONCE
    found = list(rows.filter(pk__gt=after or 0).order_by("pk")[: AT_ONCE + 1])
    return found[:AT_ONCE], len(found) > AT_ONCE


def _key(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


def _ways(
    wanted: QuerySet[ReleaseSpan],
    page: Sequence[ReleaseSpan],
    asked: Mapping[str, str],
    *,
    more: bool,
) -> dict[str, str]:
    """Where the pages before and after are; empty where there is none."""
    if not page:
        return {"earlier": "", "later": ""}
    kept = {name: value for name, value in asked.items() if value}
    first, last = page[0].pk, page[-1].pk
    earlier = wanted.filter(pk__lt=first).exists()
    later = more or wanted.filter(pk__gt=last).exists()
    return {
        "earlier": f"?{urlencode({**kept, 'before': first})}" if earlier else "",
        "later": f"?{urlencode({**kept, 'after': last})}" if later else "",
    }


def names_of(release: Release) -> tuple[dict[str, Theme], dict[str, StanceValue]]:
    """Themes and stances by key, as the newest edition in the release that knows them has them."""
    numbers = [each["number"] for each in release.manifest.get("editions", [])]
    editions = Edition.objects.filter(project=release.project_id, number__in=numbers)
    themes: dict[str, Theme] = {}
    stances: dict[str, StanceValue] = {}
    for edition in editions.order_by("number").prefetch_related("themes", "stances"):
        themes |= {each.key: each for each in edition.themes.all()}
        stances |= {each.key: each for each in edition.stances.all()}
    return (
        dict(sorted(themes.items(), key=lambda each: each[1].order)),
        dict(sorted(stances.items(), key=lambda each: each[1].order)),
    )


def _choices(
    release: Release, themes: Mapping[str, Theme], stances: Mapping[str, StanceValue]
) -> dict[str, Any]:
    """What there is to choose from: only what the release holds."""
    said = release.manifest
    return {
        "themes": list(_known(themes, said.get("spans_by_label", {}))),
        "stances": list(_known(stances, said.get("spans_by_stance", {}))),
        "origins": [
            (value, words)
            for value, words in Origin.choices
            if value in said.get("spans_by_origin", {})
        ],
        "languages": sorted(set(said.get("documents_by_language", {})) - {"und"}),
        "splits": list(said.get("documents_by_split", {})),
    }


def _known(named: Mapping[str, Any], counts: Mapping[str, int]) -> Iterator[tuple[str, Any, int]]:
    """Key, name and count, in the codebook's order; what it does not know goes by its key."""
    for key in sorted(
        counts,
        key=lambda key: (key not in named, list(named).index(key) if key in named else 0, key),
    ):
        yield key, named.get(key, key), counts[key]
