"""What coders flagged, with the passage in its context; accepted or dismissed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.coding.flagging import flags_for, settle
from annotations.coding.remarks import Flag, FlagKind, Settlement, Split
from annotations.corpus.excerpts import Excerpt, Stretch, excerpts
from annotations.corpus.models import Passage, Zone
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid

ROWS = 20


@dataclass(frozen=True, slots=True)
class Card:
    """A flag, its passage with what stands around it, and in words what it proposes."""

    flag: Flag
    passage: Passage
    text: Excerpt
    proposed: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flags(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: those that wait, or with `?settled=1` the others. POST: one of them settled."""
    project = project_for(person(request), slug, Action.PLAN)
    if request.method == "POST":
        return settled(request, project)
    found = flags_for(person(request), project)
    done = "settled" in request.GET
    rows = found.filter(settled_at__isnull=False).reverse() if done else found.waiting()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        **frame(request, project),
        "page": page,
        "cards": cards_of(list(page)),
        "done": done,
        "waiting": found.waiting().count(),
    }
    return render(request, "annotations/desk/flags.html", context)


def cards_of(rows: list[Flag]) -> list[Card]:
    """Two queries for a page, however long it is."""
    passages = {
        (each.document_id, each.index): each
        for each in Passage.objects.filter(
            document__in={row.document_id for row in rows},
            index__in={row.passage for row in rows},
        )
    }
    placed = [passages[row.document_id, row.passage] for row in rows]
    texts = excerpts([Stretch(each.document_id, each.start, each.end) for each in placed])
    return [
        Card(row, passage, text, proposal_in_words(row))
        for row, passage, text in zip(rows, placed, texts, strict=True)
    ]


def proposal_in_words(row: Flag) -> str:
    if row.kind == FlagKind.ZONE:
        return str(Zone(row.proposed).label)
    return str(Split(row.proposed).label) if row.kind == FlagKind.SPLIT else ""


def settled(request: HttpRequest, project: Project) -> HttpResponse:
    """The fields `flag`, `settlement` and `reason`."""
    try:
        uuid, settlement = UUID(request.POST["flag"]), Settlement(request.POST["settlement"])
    except (KeyError, ValueError) as error:
        raise Invalid(_("No flag was sent.")) from error
    reason = request.POST.get("reason", "").replace("\x00", "")
    settle(uuid, settlement, reason=reason, by=person(request), project=project, now=timezone.now())
    accepted = settlement == Settlement.ACCEPTED
    messages.success(
        request, _("The flag is accepted.") if accepted else _("The flag is dismissed.")
    )
    return redirect("flags", slug=project.slug)
