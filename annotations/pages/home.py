"""Where people land: their projects, and what waits for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.assignment import progress
from annotations.assignment.forecasting import cumulated
from annotations.assignment.models import OPEN_STATES, Assignment, State
from annotations.project.access import (
    Action,
    may_at_sight,
    project_for,
    roles,
    roles_at_sight,
    visible_projects,
)
from annotations.project.models import Coder, Project, Role, User

ROWS = 25
MORE = 200
"""So many of one's documents follow each time that somebody asks for earlier ones."""


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required has seen to it
    return request.user


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it on pages that name no icon, such as the administration's."""
    return redirect(static("annotations/img/mark.svg"))


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    cards = [_card(user, project) for project in visible_projects(user).order_by("name")]
    return render(request, "annotations/home.html", {"cards": cards})


def _card(user: User, project: Project) -> dict[str, Any]:
    held = roles(user, project)
    coder = Coder.objects.filter(project=project, user=user).first()
    codes = Role.ANNOTATOR in held and coder is not None
    return {
        "project": project,
        "roles": sorted(role.label for role in held),
        "codes": codes,
        "progress": progress.of_coder(coder) if codes and coder else None,
        "open": bool(codes and coder and Assignment.objects.open().filter(coder=coder).exists()),
    }


@login_required
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    user = signed_in(request)
    found = project_for(user, slug, Action.SEE_PROJECT)
    held = roles_at_sight(user, found)
    coder = Coder.objects.filter(project=found, user=user).first()
    codes = Role.ANNOTATOR in held and coder is not None
    shown = _shown(request.GET.get("shown", ""))
    work = _work(coder, most=shown + 1) if codes and coder else []
    context = {
        "project": found,
        "roles": held,
        "codes": codes,
        "plans": may_at_sight(user, Action.PLAN, found),
        "own": progress.of_coder(coder) if codes and coder else None,
        "work": work[:shown],
        "more": shown + MORE if len(work) > shown else None,
        **(_rounds(found) if held != {Role.READER} else {}),
    }
    return render(request, "annotations/project.html", context)


def _rounds(project: Project) -> dict[str, Any]:
    """Rounds, each with when it will be done, and the work of all over time."""
    today, done = timezone.localdate(), progress.submissions(project)
    batches = progress.of_batches(project)
    return {
        "batches": [(each, each.forecast(done, today=today)) for each in batches],
        "over_time": cumulated(progress.by_day(done)),
        "wanted": sum(each.wanted for each in batches),
        "today": today,
    }


def _shown(asked: str) -> int:
    return (
        max(ROWS, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else ROWS
    )


def _work(coder: Coder, *, most: int) -> list[Assignment]:
    """What is under way, then the latest; of what was submitted the last thing done is that."""
    rows = Assignment.objects.filter(coder=coder).select_related("document", "batch")
    rows = rows.only(
        *("uuid", "state", "last_activity_at"),
        *("document__title", "document__language", "batch__name"),
    )
    ended = [state for state in State if state not in {State.SUBMITTED, *OPEN_STATES}]
    latest = [
        *rows.submitted().order_by("-submitted_at")[:most],
        *rows.filter(state__in=ended).order_by("-last_activity_at")[:most],
    ]
    latest.sort(key=lambda each: each.last_activity_at, reverse=True)
    return [*rows.open().order_by("-last_activity_at"), *latest][:most]
