"""The page on which a round is planned: asked for, looked at, made as it was shown."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.assignment.batching import open_batch
from annotations.assignment.models import Batch
from annotations.assignment.planning import PlanChanged, Preview, make_round, preview
from annotations.codebook.models import Edition
from annotations.corpus.models import Attribute, Document
from annotations.desk.batch_forms import submitted_by_somebody
from annotations.desk.batch_plan_forms import PlanForm
from annotations.desk.batch_previews import shown
from annotations.desk.signed_in import frame, person
from annotations.desk.unplanned import MOST_LISTED, offered
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow

HINDRANCES = (Invalid, NotNow)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_batch(request: HttpRequest, slug: str) -> HttpResponse:
    """POST `do`: preview (also with another seed: draw), or make what the preview showed."""
    project = project_for(person(request), slug, Action.PLAN)
    form = PlanForm(asked(request), project=project)
    looked = looked_at(request, form) if form.is_bound and form.is_valid() else None
    if looked is not None and request.POST.get("do") in ("make", "open"):
        made = made_of(request, form)
        if made is not None:
            return redirect("batch", uuid=made.uuid)
    context = {
        **frame(request, project),
        "form": form,
        "shown": shown(looked) if looked else None,
        "editions": Edition.objects.filter(project=project).exists(),
        **to_choose(project, form),
    }
    status = 422 if form.is_bound and (looked is None or form.errors) else 200
    return render(request, "annotations/desk/batch_new.html", context, status=status)


def asked(request: HttpRequest) -> QueryDict | None:
    """What was sent; with a fresh seed where one is to be drawn."""
    if request.method != "POST":
        return None
    if request.POST.get("do") != "draw":
        return request.POST
    changed = request.POST.copy()
    changed["seed"] = str(secrets.randbits(31))
    return changed


def looked_at(request: HttpRequest, form: PlanForm) -> Preview | None:
    """The preview; or None, with what was refused noted on the form."""
    try:
        return preview(form.project, form.plan(), by=person(request))
    except HINDRANCES as refusal:
        noted(form, refusal)
    return None


def made_of(request: HttpRequest, form: PlanForm) -> Batch | None:
    """The round of the preview that was looked at; or None, with the reason on the page."""
    by, now, seen = person(request), timezone.now(), request.POST.get("seen", "")
    try:
        made = make_round(form.project, form.plan(), by=by, now=now, expected=seen)
        if request.POST.get("do") == "open":
            open_batch(made, by=by, now=now)
    except PlanChanged as refusal:
        messages.warning(request, refusal.message)
    except HINDRANCES as refusal:
        noted(form, refusal)
    else:
        messages.success(request, _("The batch is made as the preview showed it."))
        return made
    return None


def noted(form: PlanForm, refusal: Invalid | NotNow) -> None:
    for error in refusal.extra.get("errors") or [{"field": "", "detail": refusal.message}]:
        field = error["field"] if error["field"] in form.fields else None
        form.add_error(field, error["detail"])


def to_choose(project: Project, form: PlanForm) -> dict[str, Any]:
    """What the fields offer: documents to tick, languages and attributes to sort by."""
    waiting = offered(project)
    ticked = set(form["documents"].value() or []) if form.is_bound else set()
    languages = Document.objects.current().listed().filter(project=project).exclude(language="")
    return {
        "choices": [(row, str(row.uuid) in ticked) for row in waiting.first],
        "waiting": waiting.count,
        "coded": submitted_by_somebody(project).count(),
        "most_listed": MOST_LISTED,
        "languages": languages.order_by("language").values_list("language", flat=True).distinct(),
        "attributes": Attribute.objects.filter(project=project).order_by("name"),
    }
