"""The release pages: what is frozen, and freezing more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from annotations.adjudication.cases import complete, reaching_gold
from annotations.desk.freezings import rows_of_freezings
from annotations.desk.release_previews import rows_of
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, may, project_for
from annotations.project.identifiers import uuid7
from annotations.project.lately import lately
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow
from annotations.release.asking import ask
from annotations.release.models import Release
from annotations.release.placing import shares_before
from annotations.release.previewing import preview
from annotations.release.splitting import Shares
from workbench.replicas import reads_elsewhere

ROWS = 50
LONGEST_NOTES = 20_000
LONGEST_SEED = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_elsewhere
def releases(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the list, newest first, and what is being frozen. POST: a release asked for."""
    action = Action.RELEASE if request.method == "POST" else Action.SEE_RELEASES
    project = project_for(person(request), slug, action)
    if request.method == "POST":
        return _ask(request, project)
    releases_more = may(person(request), Action.RELEASE, project)
    found = preview(project) if releases_more and "preview" in request.GET else None
    context = {
        **_listed(project, request.GET.get("before", "")),
        "releases_more": releases_more,
        "freezings": rows_of_freezings(project, now=timezone.now()) if releases_more else [],
        "key": uuid7(),
        "preview": found,
        "left": rows_of(found) if found else [],
        "splits": shares_before(project),
        **(_counts(project) if releases_more else {}),
        **frame(request, project),
    }
    return render(request, "annotations/desk/releases.html", context)


def _listed(project: Project, before: str) -> dict[str, Any]:
    """A page of them, and the number that the next one comes before."""
    rows = Release.objects.filter(project=project).select_related("by").order_by("-number")
    if before.isascii() and before.isdecimal() and len(before) < LONGEST_SEED:
        rows = rows.filter(number__lt=int(before))
    page = list(rows.defer("manifest")[: ROWS + 1])
    return {
        "releases": page[:ROWS],
        "next": page[ROWS - 1].number if len(page) > ROWS else None,
    }


def _counts(project: Project) -> dict[str, int]:
    """Documents that are coded by all, and all there are; of very many as a minute ago."""
    items = reaching_gold(project).order_by()
    return lately(
        f"coded-{project.pk}",
        lambda: {
            "coded": complete(items).values("document").distinct().count(),
            "planned": items.values("document").distinct().count(),
        },
        rows=lambda known: known["planned"],
    )


def _ask(request: HttpRequest, project: Project) -> HttpResponse:
    """The form carries a key, so that a button pressed twice asks once."""
    notes = request.POST.get("notes", "").replace("\r\n", "\n")[:LONGEST_NOTES]
    shares = _shares(request, project)
    key = _key(request.POST.get("key", ""))
    try:
        ask(project, by=person(request), now=timezone.now(), notes=notes, shares=shares, uuid=key)
    except (Invalid, NotNow) as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('releases', args=[project.slug])}#freezings")


def _key(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _shares(request: HttpRequest, project: Project) -> Shares | None:
    """In the shares of the newest release, else the usual ones, where splits are wanted."""
    if request.POST.get("splits") != "yes":
        return None
    said = request.POST.get("seed", "")
    seed = int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST_SEED else 0
    return replace(shares_before(project) or Shares(), seed=seed)
