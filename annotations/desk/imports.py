"""Files in: sending them, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.corpus.deliveries.adding import add
from annotations.corpus.deliveries.answering import name_columns
from annotations.corpus.deliveries.cancelling import cancel, given_up, kept_until, resume
from annotations.corpus.deliveries.counting import Ordered, positions_first
from annotations.corpus.deliveries.delivering import (
    Progress,
    deliver,
    import_for,
    item_of,
    progress_of,
)
from annotations.corpus.deliveries.previewing import cut_anew
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.corpus.speaking import reason_in_words
from annotations.desk.column_forms import columns_from, cut_in, questions_of
from annotations.desk.sending_words import sending_words
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow

ROWS, DELIVERIES = 50, 100
# What asks for a person comes first.
FIRST = (Outcome.REFUSED, Outcome.ASKED, Outcome.CANCELLED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the form and what was delivered. POST: a delivery, then its page."""
    project = project_for(person(request), slug, Action.IMPORT)
    if request.method == "POST":
        return delivered(request, project)
    counted = Import.objects.filter(project=project).annotate(
        total=Count("files"),
        done=Count("files", filter=~Q(files__outcome__in=[Outcome.WAITING, Outcome.ASKED])),
        refused=Count("files", filter=Q(files__outcome=Outcome.REFUSED)),
        asked=Count("files", filter=Q(files__outcome=Outcome.ASKED)),
    )
    context = {
        **frame(request, project),
        **for_sending(),
        "deliveries": counted.select_related("by__user").order_by("-pk")[:DELIVERIES],
    }
    return render(request, "annotations/desk/imports.html", context)


def delivered(request: HttpRequest, project: Project) -> HttpResponse:
    files = [(file.name or "", file) for file in request.FILES.getlist("files")]
    if not files:
        messages.error(request, _("Choose at least one file."))
        return redirect("imports", slug=project.slug)
    delivery = deliver(project, files, by=person(request), now=timezone.now())
    return redirect("import", uuid=delivery.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: what became of each file, what asks for an answer first. POST: one of `VERBS`."""
    delivery = import_for(person(request), uuid)
    if request.method == "POST":
        return settled(request, delivery)
    progress = progress_of(delivery)
    outcome = request.GET.get("outcome", "")
    page = listed(delivery, outcome=outcome, page=request.GET.get("page", "1"))
    context = {
        **frame(request, delivery.project),
        **for_sending(),
        "delivery": delivery,
        "progress": progress,
        "counts": counts_of(progress),
        "outcome": outcome if outcome in Outcome.values else "",
        "page": page,
        "files": [(each, reason_in_words(each.reason)) for each in with_held(page)],
        "questions": questions_of(delivery),
        "kept_until": kept_until(delivery),
        "given_up": _sent_and_given_up(delivery, progress),
    }
    return render(request, "annotations/desk/import.html", context)


def listed(delivery: Import, *, outcome: str, page: str) -> Page[ImportFile]:
    files: QuerySet[ImportFile] = delivery.files.select_related("document", "container").defer(
        *("content", "reading", "document__text", "document__repairs"),
        *("container__content", "container__reading"),
    )
    # Ordered by themselves, and only what is on the page is joined with its documents.
    found = Paginator(_positions(delivery, outcome), ROWS).get_page(page)
    there = list(found.object_list)
    keys = list(delivery.files.filter(position__in=there).values_list("pk", flat=True))
    rows = {each.position: each for each in files.filter(pk__in=keys)}
    # A file that was sent again has left its position.
    shown = [rows[position] for position in there if position in rows]
    return Page(shown, found.number, found.paginator)


def _positions(delivery: Import, outcome: str) -> Any:
    """Those of an outcome, or of all files, what asks for a person first."""
    if outcome in Outcome.values:
        rows = delivery.files.filter(outcome=outcome).order_by("position")
        return rows.values_list("position", flat=True)
    last = delivery.files.aggregate(last=Max("position"))["last"]
    return Ordered(positions_first(delivery, FIRST), -1 if last is None else last)


def _sent_and_given_up(delivery: Import, progress: Progress) -> int:
    """Only what is cancelled gives up its bytes, and what held it."""
    if not progress.counts.get(Outcome.CANCELLED):
        return 0
    return delivery.files.filter(container=None).filter(given_up(delivery)).count()


def with_held(page: Iterable[ImportFile]) -> list[ImportFile]:
    """Each with `held`, how many files or rows were in it."""
    files = list(page)
    pieces = ImportFile.objects.filter(container__in=files).order_by().values_list("container")
    counted = dict(pieces.annotate(count=Count("pk")))
    for file in files:
        file.held = counted.get(file.pk, 0)  # type: ignore[attr-defined]  # for the page alone
    return files


def counts_of(progress: Progress) -> list[tuple[str, str, int]]:
    """(outcome, its name, how many), those that ask for a person first."""
    order = [*FIRST, *(each for each in Outcome if each not in FIRST)]
    there = [each for each in order if progress.counts.get(each)]
    return [(each.value, str(each.label), progress.counts[each]) for each in there]


def for_sending() -> dict[str, Any]:
    return {
        "most_bytes": settings.IMPORT_MAX_FILE_BYTES,
        "words": json.dumps(sending_words()),
    }


def settled(request: HttpRequest, delivery: Import) -> HttpResponse:
    """Cancels, resumes, takes more files, or hears what the columns of a table are."""
    try:
        _obey(request, delivery)
    except (Invalid, NotNow) as refusal:
        messages.error(request, refusal.message)
    return redirect("import", uuid=delivery.uuid)


def _obey(request: HttpRequest, delivery: Import) -> None:
    who, now = person(request), timezone.now()
    verb = request.POST.get("verb", "")
    if verb == "cancel":
        cancel(delivery, by=who, now=now)
    elif verb == "resume":
        resume(delivery, by=who)
    elif verb.startswith("columns-") and verb.removeprefix("columns-").isdecimal():
        position = int(verb.removeprefix("columns-"))
        columns = columns_from(request.POST, delivery, position)
        name_columns(delivery, position, columns, by=who, now=now)
    elif verb.startswith("cut-") and verb.removeprefix("cut-").isdecimal():
        position = int(verb.removeprefix("cut-"))
        cut_anew(delivery, position, **cut_in(request.POST), by=who)
    elif files := request.FILES.getlist("files"):
        add(delivery, (item_of((file.name or "", file)) for file in files), by=who, now=now)
    else:
        raise Invalid.field("files", "files-missing", _("Choose at least one file."))
