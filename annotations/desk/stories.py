"""Pairs that may tell the same story, decided one by one; and the stories there are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.corpus.models import (
    CandidateDecision,
    Document,
    Story,
    StoryCandidate,
    StoryRelation,
)
from annotations.corpus.stories.deciding import (
    candidate_for,
    confirm,
    decided,
    refuse,
    take_back,
    waiting,
)
from annotations.corpus.stories.gathering import look_again
from annotations.desk.pairs import likelihood, measure_in_words, shared_by, sides_of
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.lately import lately
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotVisible, Refusal

ROWS = 30
KEYS = {"copy": "C", "digest": "D", "translation": "T"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stories(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: what waits, and the stories. POST: compare all documents again."""
    project = project_for(person(request), slug, Action.PLAN)
    if request.method == "POST":
        look_again(project, by=person(request))
        messages.success(request, _("All documents are compared again; this page shows it."))
        return redirect("stories", slug=project.slug)
    rows = waiting(project)
    page = Paginator(stories_of(project), ROWS).get_page(request.GET.get("page"))
    context = {
        **frame(request, project),
        "count": lately(f"pairs-{project.pk}", rows.order_by().count, rows=lambda known: known),
        "rows": [(row, likelihood(row)) for row in likeliest(project)],
        "page": page,
        "decided": listed(decided(project))[:ROWS],
    }
    return render(request, "annotations/desk/stories.html", context)


def stories_of(project: Project) -> QuerySet[Story]:
    """Each with its current documents, the first text before the others."""
    told = Document.objects.current().listed().order_by("story_relation", "pk")
    return (
        Story.objects.filter(project=project)
        .annotate(size=Count("documents"))
        .filter(size__gt=0)
        .prefetch_related(Prefetch("documents", queryset=told, to_attr="told"))
        .order_by("-pk")
    )


def likeliest(project: Project) -> list[StoryCandidate]:
    """The first that wait: read from the index of those not decided, and only then looked up."""
    undecided = StoryCandidate.objects.filter(project=project, decision="")
    keys = undecided.order_by("-score", "pk").values_list("pk", flat=True)
    found: list[StoryCandidate] = []
    begin = 0
    while len(found) < ROWS and (some := list(keys[begin : begin + 2 * ROWS])):
        found += listed(waiting(project)).filter(pk__in=some)
        begin += len(some)
    return found[:ROWS]


def listed(rows: QuerySet[StoryCandidate]) -> QuerySet[StoryCandidate]:
    """For a list: both documents, without their texts."""
    return rows.select_related("first", "second").defer("first__text", "second__text")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """GET: two documents side by side. POST: a decision, then the next pair."""
    row = candidate_for(person(request), uuid)
    if row.project.slug != slug:
        raise NotVisible
    refusal = None
    if request.method == "POST":
        try:
            return decision_of(request, row)
        except Refusal as found:
            refusal = found
            row.refresh_from_db()
    context = {**frame(request, row.project), **shown(request, row), "refusal": refusal}
    return render(
        request, "annotations/desk/pair.html", context, status=_status(refusal) if refusal else 200
    )


def _status(refusal: Refusal) -> int:
    return 422 if isinstance(refusal, Invalid) else 409


def shown(request: HttpRequest, row: StoryCandidate) -> dict[str, Any]:
    """What the page of a pair shows."""
    order = list(waiting(row.project).values_list("uuid", flat=True))
    place = order.index(row.uuid) if row.uuid in order else -1
    mine = listed(decided(row.project)).filter(decided_by__user=person(request))
    sides = sides_of(row)
    return {
        "row": row,
        "sides": sides,
        "shared": shared_by(row),
        "likelihood": likelihood(row),
        "measure": measure_in_words(row),
        "percent": round(100 * row.score),
        "days": abs(row.evidence.get("days") or 0),
        "derived": row.evidence.get("derived", "second"),
        "relations": [(value, label, KEYS[value]) for value, label in StoryRelation.choices],
        "place": place + 1,
        "waiting": len(order),
        "following": following(order, row.uuid),
        "last": mine.exclude(pk=row.pk).first() if not row.decision else None,
    }


def following(order: list[UUID], uuid: UUID) -> UUID | None:
    """The next that waits, round and round; None where there is no other."""
    place = order.index(uuid) if uuid in order else -1
    others = [*order[place + 1 :], *order[: max(place, 0)]]
    return others[0] if others else None


def decision_of(request: HttpRequest, row: StoryCandidate) -> HttpResponse:
    """The fields `decision` (a relation, "different" or "undo") and `derived`."""
    order = list(waiting(row.project).values_list("uuid", flat=True))
    decision, by, now = request.POST.get("decision", ""), person(request), timezone.now()
    if decision == "undo":
        take_back(row, by=by, now=now)
        messages.success(request, _("The pair waits again."))
        return redirect("story-pair", slug=row.project.slug, uuid=row.uuid)
    if decision == CandidateDecision.DIFFERENT:
        refuse(row, by=by, now=now)
    else:
        derived = request.POST.get("derived") or None
        confirm(row, relation=decision, derived=derived, by=by, now=now)
    still = set(waiting(row.project).values_list("uuid", flat=True))
    after = following([each for each in order if each in still or each == row.uuid], row.uuid)
    if after is None:
        return redirect("stories", slug=row.project.slug)
    return redirect("story-pair", slug=row.project.slug, uuid=after)
