"""Search in texts, and the coded passages of a theme, as pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.adjudication.retrieving import Layer, Row, layer_for, retrieve, wanted_of
from annotations.assignment.models import Batch
from annotations.assignment.searching import LONGEST_QUERY, Hit, hits_of, matching
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.corpus.attributes.facets import facets
from annotations.corpus.models import Document
from annotations.corpus.models.languages import languages_of
from annotations.pages.home import signed_in
from annotations.project.access import Action, may_at_sight, project_for, roles_at_sight
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid
from annotations.release.chained import by_place

HITS = 50
LAYERS = {
    Layer.OWN: _("my own coding"),
    Layer.GOLD: _("gold"),
    Layer.SUBMITTED: _("all that was submitted"),
}
FILTERS = ("theme", "stance", "holder", "language", "batch", "edition", "attribute", "value")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, sought or not."""

    text: str
    sought: bool


@login_required
@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    user = signed_in(request)
    project = project_for(user, slug, Action.SEARCH)
    query = clean(request.GET.get("q", ""))
    context = {**place(user, project), "q": query, "longest": LONGEST_QUERY}
    if query.strip():
        try:
            context |= found_of(project, query, user, after=request.GET.get("after", ""))
        except Invalid as refusal:
            context["refused"] = refusal.message
    return render(request, "annotations/search.html", context)


def found_of(project: Project, query: str, user: User, *, after: str) -> dict[str, Any]:
    rows = matching(project, query, by=user)
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    page = list(rows[: HITS + 1])
    hits = hits_of(page[:HITS], query, by=user)
    found = [
        (hit, pieces(hit), link(hit.document, hit.passage.index, hit.assignment)) for hit in hits
    ]
    return {"found": found, "next": page[HITS - 1].pk if len(page) > HITS else None}


def pieces(hit: Hit) -> list[Piece]:
    """The text of a hit, cut where what was sought begins and ends."""
    cut: list[Piece] = []
    at = 0
    for start, end in hit.hits:
        first, behind = start - hit.start, end - hit.start
        cut += [Piece(hit.text[at:first], sought=False), Piece(hit.text[first:behind], sought=True)]
        at = behind
    return [*cut, Piece(hit.text[at:], sought=False)]


@login_required
@require_safe
def coded(request: HttpRequest, slug: str) -> HttpResponse:
    user = signed_in(request)
    project = project_for(user, slug, Action.SEARCH)
    layer = layer_for(user, project, request.GET.get("of"))
    asked = {name: clean(request.GET.get(name, "")) for name in FILTERS}
    context = {**place(user, project), **choices(user, project), "asked": asked, "of": layer.value}
    try:
        page = retrieve(
            project,
            layer,
            wanted_of(project, asked),
            by=user,
            after=request.GET.get("cursor"),
            limit=HITS,
        )
    except Invalid as refusal:
        context |= {"refused": refusal.message, "rows": []}
    else:
        context |= {"rows": shown(project, page.rows), "next": next_of(request, page.cursor)}
    return render(request, "annotations/coded.html", context)


def shown(project: Project, rows: list[Row]) -> list[dict[str, Any]]:
    """Rows with their theme and stance as the newest edition that knows them names them."""
    themes = {each.key: each for each in _newest(Theme, project)}
    stances = {each.key: each for each in _newest(StanceValue, project)}
    gold = [row.document.pk for row in rows if row.origin]
    chains = by_place(project, gold) if gold else {}
    return [
        {
            "row": row,
            "theme": themes[row.theme],
            "stance": stances.get(row.stance or ""),
            "holder": HolderKind(row.holder_kind).label if row.holder_kind else "",
            "link": link(row.document, row.passage, row.assignment),
            "chain": chains.get((row.document.pk, row.start, row.end, row.theme)),
        }
        for row in rows
    ]


def _newest(model: type[Theme] | type[StanceValue], project: Project) -> Any:
    """In the order of editions, so that of several with one key the last one wins."""
    rows: Any = model.objects.filter(edition__project=project)
    return rows.order_by("edition__number", "order")


def choices(user: User, project: Project) -> dict[str, Any]:
    """What the form offers: the newest edition, the languages and batches of the project."""
    edition = Edition.objects.filter(project=project, frozen_at__isnull=False).last()
    sees_all = may_at_sight(user, Action.SEE_DOCUMENTS, project)
    layers = LAYERS if sees_all else {Layer.OWN: LAYERS[Layer.OWN]}
    return {
        "themes": edition.themes.select_related("parent").order_by("order") if edition else [],
        "stances": edition.stances.order_by("order") if edition else [],
        "holders": HolderKind.choices,
        "languages": languages_of(project),
        "batches": Batch.objects.filter(project=project, opened_at__isnull=False).order_by("pk"),
        "facets": facets(project),
        "layers": [(layer.value, words) for layer, words in layers.items()],
    }


def next_of(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def link(document: Document, passage: int, assignment: UUID | None) -> str:
    """To one's own work on the document, else to the document as those see it who see all."""
    if assignment is not None:
        return f"{reverse('code', args=[assignment])}#p{passage}"
    return f"{reverse('document', args=[document.uuid])}?passage={passage}#p{passage}"


def place(user: User, project: Project) -> dict[str, Any]:
    """What the frame of every page of a project needs."""
    return {"project": project, "roles": roles_at_sight(user, project)}


def clean(text: str) -> str:
    """Without NUL, which no text of ours has and PostgreSQL refuses."""
    return text.replace("\x00", "")
