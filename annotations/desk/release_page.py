"""The page of one release: what it holds, how far it can be trusted, and its files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.desk.release_figures import of_agreement, of_labels, of_rest, overturned
from annotations.desk.release_files import grouped
from annotations.desk.release_labels import names_of
from annotations.desk.release_previews import kept, titles_of
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, may_at_sight, project_for
from annotations.release.changing import moved
from annotations.release.models import Release
from annotations.release.present import gone_rows
from annotations.release.serving import release_of
from annotations.release.withdrawals import Retraction
from workbench.replicas import reads_elsewhere

MOST_TAKEN_DOWN = 50


@login_required
@require_safe
@reads_elsewhere
def release(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Everything on it was frozen with the release; nothing is counted anew."""
    project = project_for(person(request), slug, Action.SEE_RELEASES)
    release = release_of(project, version)
    themes, stances = names_of(release)
    context = {
        "release": release,
        "manifest": release.manifest,
        "labels": of_labels(release, themes, stances),
        "others": of_rest(release),
        "agreed": of_agreement(release, themes),
        "overturned": list(overturned(release)),
        "moved": moved(release),
        "groups": grouped(release),
        "left_out": kept(release.manifest, titles_of(release, shown_to=person(request))),
        "command": _command(request, release),
        "palette_of": themes.values(),
        "releases_more": may_at_sight(person(request), Action.RELEASE, project),
        **_beside(release),
        **frame(request, project),
    }
    return render(request, "annotations/desk/release.html", context)


def _beside(release: Release) -> dict[str, Any]:
    """The releases around it, and what was taken down since."""
    of_project = Release.objects.filter(project=release.project_id)
    gone = gone_rows(release)
    rows = gone.select_related("document__source")
    rows = rows.defer("document__text", "document__source__content")
    return {
        "before": of_project.filter(number__lt=release.number).order_by("-number").first(),
        "after": of_project.filter(number__gt=release.number).order_by("number").first(),
        "retraction": Retraction.objects.filter(release=release).select_related("by").first(),
        "taken_down": list(rows[:MOST_TAKEN_DOWN]),
        "taken_down_total": gone.count(),
    }


def _command(request: HttpRequest, release: Release) -> str:
    """One line that downloads the release from anywhere."""
    where = reverse("api:released-documents", args=[release.project.slug, release.version])
    address = request.build_absolute_uri(where)
    name = f"{release.project.slug}-{release.version}-documents.jsonl"
    return f'curl -H "Authorization: Bearer $TOKEN" -o {name} {address}'
