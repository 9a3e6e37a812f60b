"""Rules for many disputes at once: a preview, the deed, and its undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.adjudication.models import Differs, Sweep
from annotations.adjudication.patterns import DIFFERENCES, MAJORITY_CODERS, Pattern
from annotations.adjudication.sweeping import Preview, preview, sweep, undo
from annotations.codebook.models import Theme
from annotations.desk.adjudication_book import Book
from annotations.desk.cards import sides
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, project_for
from annotations.project.identifiers import uuid7
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Refusal, Stale

EXAMPLES = 12
LISTED = 50
LONGEST_REASON = 2000
OVERLAPS = (0.3, 0.5, 0.7)
STATUS: dict[type[Refusal], int] = {NotAllowed: 403, NotNow: 409, Stale: 412, Invalid: 422}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sweeps(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the rules so far, and with a pattern what it would decide. POST: do or undo one."""
    project = project_for(person(request), slug, Action.ADJUDICATE)
    if request.method != "POST":
        return _page(request, project, request.GET)
    try:
        made = _undone(request, project) if "undo" in request.POST else _swept(request, project)
    except (NotAllowed, NotNow, Stale, Invalid) as refusal:
        return _page(request, project, request.POST, refusal=refusal)
    if made.undoes is not None:
        told = ngettext("%(n)s decision is undone.", "%(n)s decisions are undone.", made.total)
    else:
        told = ngettext(
            "%(n)s dispute is settled by the majority.",
            "%(n)s disputes are settled by the majority.",
            made.total,
        )
    messages.success(request, told % {"n": made.total})
    return redirect("sweeps", slug=project.slug)


def _swept(request: HttpRequest, project: Project) -> Sweep:
    pattern = pattern_of(request.POST)
    if pattern is None:
        raise Invalid.field("differs", "difference-unknown", _("Say in what they differ."))
    return sweep(
        project,
        pattern,
        by=person(request),
        operation=_operation(request),
        seen=request.POST.get("seen", ""),
        reason=request.POST.get("reason", "")[:LONGEST_REASON],
        now=timezone.now(),
    )


def _undone(request: HttpRequest, project: Project) -> Sweep:
    rows = Sweep.objects.filter(project=project, undoes__isnull=True)
    uuid = _uuid(request.POST.get("undo", ""))
    found = rows.filter(uuid=uuid).first() if uuid else None
    if found is None:
        raise NotVisible
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    operation = _operation(request)
    return undo(found, by=person(request), operation=operation, reason=reason, now=timezone.now())


def pattern_of(form: QueryDict) -> Pattern | None:
    """As the form has it; None where it does not say in what they differ."""
    differs = next((each for each in DIFFERENCES if each == form.get("differs")), None)
    if differs is None:
        return None
    try:
        overlap, votes = float(form.get("overlap") or 0.5), int(form.get("votes") or 2)
    except ValueError as error:
        said = _("Overlap and votes are numbers.")
        raise Invalid.field("overlap", "number", said) from error
    return Pattern(differs, form.get("theme", "")[:60], overlap, votes)


def _page(
    request: HttpRequest, project: Project, form: QueryDict, *, refusal: Refusal | None = None
) -> HttpResponse:
    found: Preview | None = None
    try:
        pattern = None if "undo" in form else pattern_of(form)
        found = preview(project, pattern, by=person(request)) if pattern else None
    except (NotNow, Invalid) as refused:
        refusal = refusal or refused
    context = {
        "found": found,
        "examples": _examples(found) if found else [],
        "form": form,
        "refusal": refusal,
        "differences": Differs.choices,
        "themes": _themes(project),
        "overlaps": OVERLAPS,
        "coders": MAJORITY_CODERS,
        "sweeps": _listed(project),
        "operation": uuid7(),
        **frame(request, project),
    }
    status = STATUS.get(type(refusal), 409) if refusal else 200
    return render(request, "annotations/desk/sweeps.html", context, status=status)


def _examples(found: Preview) -> list[dict[str, Any]]:
    """Some of them from all over, each with all codings side by side and the one that is taken."""
    step = max(1, len(found.matches) // EXAMPLES)
    books: dict[int, Book] = {}
    shown = []
    for match in found.matches[::step][:EXAMPLES]:
        edition = match.case.item.batch.edition
        book = books.setdefault(edition.pk, Book(edition))
        shown.append(
            {
                "document": match.case.document,
                "key": match.dispute.key,
                "family": book.themes[match.dispute.family],
                "sides": sides(match.case, book, match.dispute),
                "taken": match.case.letters[match.span.coder],
                "votes": match.dispute.votes_for(match.span.says),
                "total": match.dispute.slots,
            }
        )
    return shown


def _themes(project: Project) -> list[Theme]:
    """The families of all editions, the newest wording of each."""
    rows = Theme.objects.filter(edition__project=project, parent=None).order_by("edition__number")
    return sorted({row.key: row for row in rows}.values(), key=lambda theme: theme.order)


def _listed(project: Project) -> list[tuple[Sweep, UUID]]:
    """The newest first, each with the id of the deed that would undo it."""
    rows = Sweep.objects.filter(project=project, undoes__isnull=True)
    rows = rows.select_related("by", "undone_by__by").order_by("-pk")
    return [(row, uuid7()) for row in rows[:LISTED]]


def _operation(request: HttpRequest) -> UUID:
    found = _uuid(request.POST.get("operation", ""))
    if found is None:
        raise Invalid.field("operation", "uuid", _("Every deed has an id of its own."))
    return found


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
