"""Rounds of work: planned, opened, closed, watched."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.assignment.batching import (
    add_documents,
    batch_for,
    close_batch,
    make_batch,
    open_batch,
    promote,
)
from annotations.assignment.forecasting import by_the_end, cumulated
from annotations.assignment.models import Assignment, Batch, BatchDocument
from annotations.assignment.progress import by_day, of_batches, of_people, submissions
from annotations.coding.tallies import by_theme
from annotations.desk.batch_forms import BatchForm, DocumentsForm
from annotations.desk.signed_in import frame, person
from annotations.desk.unplanned import MOST_LISTED, offered
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow
from workbench.replicas import reads_elsewhere

ROWS = 40
LONGEST_KEY = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_elsewhere
def batches(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: all rounds and the form for a new one. POST: the new one, then its page."""
    project = project_for(person(request), slug, Action.PLAN)
    form = BatchForm(request.POST if request.method == "POST" else None, project=project)
    if form.is_bound and form.is_valid():
        made = planned(request, form)
        if made is not None:
            return redirect("batch", uuid=made.uuid)
    context = {
        **frame(request, project),
        "batches": of_batches(project),
        "form": form,
        **to_choose(project, form),
    }
    return render(request, "annotations/desk/batches.html", context, status=status_of(form))


def planned(request: HttpRequest, form: BatchForm) -> Batch | None:
    """The batch; or None, with what was refused noted on the form."""
    data = form.cleaned_data
    try:
        return make_batch(
            form.project,
            name=data["name"],
            kind=data["kind"],
            edition=data["edition"],
            documents=form.chosen(),
            slots=data["slots"],
            by=person(request),
            now=timezone.now(),
            seed=secrets.randbits(31),
        )
    except Invalid as refusal:
        for error in refusal.extra["errors"]:
            form.add_error(
                error["field"] if error["field"] in form.fields else None, error["detail"]
            )
    except NotNow as refusal:
        form.add_error(None, refusal.message)
    return None


def status_of(form: DocumentsForm) -> int:
    return 422 if form.is_bound else 200


def to_choose(project: Project, form: DocumentsForm) -> dict[str, Any]:
    """The boxes: documents in no round first, and those that were ticked."""
    waiting = offered(project)
    ticked = set(form["documents"].value() or []) if form.is_bound else set()
    return {
        "choices": [(row, str(row.uuid) in ticked) for row in waiting.first],
        "waiting": waiting.count,
        "most_listed": MOST_LISTED,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_elsewhere
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: one round, document by document. POST `do`: open, close, promote or add."""
    found = batch_for(person(request), uuid)
    if request.method == "POST":
        done(request, found)
        return redirect("batch", uuid=found.uuid)
    progress = next(each for each in of_batches(found.project) if each.batch == found)
    form = DocumentsForm(project=found.project)
    today = timezone.localdate()
    done_so_far = submissions(found.project, found)
    context = {
        **frame(request, found.project),
        "batch": found,
        "progress": progress,
        "forecast": progress.forecast(done_so_far, today=today),
        "over_time": cumulated(by_day(done_so_far)),
        "today": today,
        "people": of_people(found, today=today),
        "tallies": [
            (
                each,
                by_the_end(each.annotations, submitted=progress.submitted, wanted=progress.wanted),
            )
            for each in by_theme(found, by=person(request))
        ],
        **_items(found, request.GET.get("after", "")),
        **to_choose(found.project, form),
    }
    return render(request, "annotations/desk/batch.html", context)


def done(request: HttpRequest, found: Batch) -> None:
    """Carries out what the button says; a refusal is told on the page."""
    asked, by, now = request.POST.get("do"), person(request), timezone.now()
    try:
        if asked == "open":
            open_batch(found, by=by, now=now)
            messages.success(request, _("The batch is open: coders get its documents now."))
        elif asked == "close":
            close_batch(found, by=by, now=now)
            messages.success(request, _("The batch is closed: nobody gets new documents from it."))
        elif asked == "promote":
            promote(found, reason=request.POST.get("reason", ""), by=by, now=now)
            messages.success(request, _("The batch reaches gold from now on."))
        elif asked == "add":
            added(request, found)
        else:
            raise Invalid(_("There is no such action."))
    except (Invalid, NotNow) as refusal:
        messages.error(request, refusal.message)


def added(request: HttpRequest, found: Batch) -> None:
    form = DocumentsForm(request.POST, project=found.project)
    if not form.is_valid():
        messages.error(request, _("Choose at least one document."))
        return
    count = add_documents(found, form.chosen(), by=person(request), now=timezone.now())
    told = ngettext("%(count)s document was added.", "%(count)s documents were added.", count)
    messages.success(request, told % {"count": count})


def _items(found: Batch, after: str) -> dict[str, Any]:
    """A page of its documents, by position, and the position that the next one follows."""
    items = found.items.select_related("document").defer("document__text").order_by("position")
    if after.isascii() and after.isdecimal() and len(after) < LONGEST_KEY:
        items = items.filter(position__gt=int(after))
    page = list(items[: ROWS + 1])
    return {
        "items": items_of(found, page[:ROWS]),
        "next": page[ROWS - 1].position if len(page) > ROWS else None,
    }


def items_of(found: Batch, items: Sequence[BatchDocument]) -> list[dict[str, Any]]:
    """Each of some documents of the round with who has which slot; one query."""
    work: dict[int, list[Assignment]] = defaultdict(list)
    here = found.assignments.live().filter(document__in=[item.document_id for item in items])
    for assignment in here.select_related("coder__user").order_by("slot"):
        work[assignment.document_id].append(assignment)
    return [
        {
            "document": item.document,
            "slots": item.slots or found.slots,
            "work": work[item.document_id],
        }
        for item in items
    ]
