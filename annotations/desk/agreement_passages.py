"""The passages behind a figure of the agreement page, the codings side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.agreement import cells
from annotations.agreement.cell_names import NOTHING, Asked
from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from workbench.replicas import reads_elsewhere


@login_required
@require_safe
@reads_elsewhere
def passages(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    project = project_for(user, slug, Action.SEE_AGREEMENT)
    asked = _asked(request)
    query = request.GET
    found = cells.passages(
        project,
        asked,
        batch=query.get("batch"),
        edition=query.get("edition"),
        after=query.get("after", ""),
        by=user,
    )
    context = {"found": found, **frame(request, project), "back": _back(request)}
    if found.edition:
        context |= _names(project, found.edition, asked, query.get("batch", ""))
    context |= {"first": "" if not query.get("after") else _at(request, "")}
    context |= {"after": _at(request, found.after) if found.after else ""}
    return render(request, "annotations/desk/agreement_passages.html", context)


def _asked(request: HttpRequest) -> Asked:
    query = request.GET
    return Asked(
        theme=query.get("theme", ""),
        other=query.get("with", ""),
        stance=query.get("stance", ""),
        other_stance=query.get("with_stance", ""),
        on=query.get("on", ""),
        pair=tuple(query.getlist("pair")),
        language=query.get("language", ""),
        titles=query.get("titles") == "1",
    )


def _at(request: HttpRequest, after: str) -> str:
    """The address of the page that begins there, of the first where it is empty."""
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return f"?{query.urlencode()}"


def _back(request: HttpRequest) -> str:
    """What of the address the agreement page understands as well."""
    query = request.GET.copy()
    for name in set(query) - {"batch", "edition"}:
        del query[name]
    return query.urlencode()


def _names(project: Project, edition: Edition, asked: Asked, batch: str) -> dict[str, Any]:
    themes = {each.key: each for each in edition.themes.all()}
    stances = {each.key: each for each in edition.stances.all()}
    round_ = Batch.objects.filter(project=project, uuid=batch).first() if batch else None
    return {
        "themes": themes,
        "stances": stances,
        "holders": dict(HolderKind.choices),
        "about": _about(asked, themes, stances),
        "batch": round_,
        "unlisted": not (asked.other or asked.stance or asked.on or asked.theme == NOTHING),
    }


def _about(
    asked: Asked, themes: Mapping[str, Theme], stances: Mapping[str, StanceValue]
) -> list[str]:
    """What the cell is about, in words, one thing after the other."""
    nothing = {NOTHING: _("nothing of it")}
    names = {key: str(each) for key, each in themes.items()} | nothing
    takes = {key: str(each) for key, each in stances.items()} | {NOTHING: _("nothing further")}
    said = [names.get(asked.theme, _("all themes"))]
    if asked.other:
        said = [f"{said[0]} ↔ {names.get(asked.other, asked.other)}"]
    if asked.stance:
        beside = takes.get(asked.other_stance or asked.stance, "")
        said.append(f"{takes.get(asked.stance, asked.stance)} ↔ {beside}")
    elif asked.on:
        said.append(_("whose stance it is") if asked.on == "voice" else _("stance"))
    if asked.pair:
        said.append(" – ".join(asked.pair))
    if asked.language:
        said.append(asked.language)
    if asked.titles:
        said.append(_("titles alone"))
    return said
