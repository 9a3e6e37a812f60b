"""The pages on which something is taken back: shown first, done with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.corpus.models import Document
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for, require
from annotations.project.refusals import Invalid, NotNow, NotVisible
from annotations.release.models import Release
from annotations.release.quoted_elsewhere import quoted_elsewhere
from annotations.release.retracting import retract
from annotations.release.serving import release_of
from annotations.release.taking_down import reach_of, take_down, takedown_of
from annotations.release.withdrawals import Retraction


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def takedown(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: what it would touch, or what was done. POST: the document is taken down."""
    rows = Document.objects.listed().select_related("project", "source")
    document = rows.defer("text", "source__content").filter(uuid=uuid).first()
    if document is None:
        raise NotVisible
    require(person(request), Action.TAKE_DOWN, document.project)
    refused, status = "", 200
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\r\n", "\n")
        try:
            take_down(document, reason=reason, by=person(request), now=timezone.now())
        except (Invalid, NotNow) as refusal:
            refused, status = refusal.message, 422
        else:
            messages.success(request, _("The document is taken down."))
            return redirect("takedown", uuid=document.uuid)
    done = takedown_of(document)
    context = {
        **frame(request, document.project),
        "document": document,
        "done": done,
        "quotes": [] if done else quoted_elsewhere(document, by=person(request)),
        "reach": reach_of(document, by=person(request)),
        "refused": refused,
    }
    return render(request, "annotations/desk/takedown.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retraction(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """GET: what it means. POST: the release is retracted."""
    project = project_for(person(request), slug, Action.RELEASE)
    release = release_of(project, version)
    refused, status = "", 200
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\r\n", "\n")
        try:
            retract(release, reason=reason, by=person(request), now=timezone.now())
        except (Invalid, NotNow) as refusal:
            refused, status = refusal.message, 422
        else:
            said = _("%(version)s is retracted.") % {"version": release.version}
            messages.success(request, said)
            return redirect("releases", slug=project.slug)
    context = {
        **frame(request, project),
        "release": release,
        "done": retraction_of(release),
        "refused": refused,
    }
    return render(request, "annotations/desk/retraction.html", context, status=status)


def retraction_of(release: Release) -> Retraction | None:
    """Who retracted it, when and why; None where nobody did."""
    return Retraction.objects.select_related("by").filter(release=release).first()
