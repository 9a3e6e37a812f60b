"""The page of tokens: what tools may sign in with, made, seen once, revoked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from annotations.desk.signed_in import person
from annotations.project import tokens as verbs
from annotations.project.access import Action, may, visible_projects
from annotations.project.accounts import TOKEN_LIFETIME, NewToken, create_token
from annotations.project.models import ApiToken, User
from annotations.project.refusals import Invalid, NotVisible

SCOPES = {
    "releases": gettext_lazy(
        "Read releases and nothing else: enough for notebooks and for training."
    ),
    "read": gettext_lazy("Read all that you may read: documents, agreement, releases."),
    "code": gettext_lazy("Take documents, save and submit, as you."),
    "manage": gettext_lazy("Import, plan, adjudicate and freeze, as you."),
}
LIFETIMES = (7, 30, 90, 365)
"""In days."""
LONGEST_NAME = 100

State = Literal["in-force", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as it is listed; without a `reach` it reaches all that its owner may."""

    token: ApiToken
    state: State
    reach: verbs.Reach | None


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("made")
def tokens(request: HttpRequest) -> HttpResponse:
    """GET: the list. POST `do`: create or revoke. A secret is in the answer to its POST and nowhere else."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("do") == "revoke":
        return _revoke(request)
    try:
        made = _create(request)
    except Invalid as refusal:
        return _page(request, refusal=refusal)
    return _page(request, made=made)


@sensitive_variables("made")
def _page(
    request: HttpRequest, *, made: NewToken | None = None, refusal: Invalid | None = None
) -> HttpResponse:
    user, now = person(request), timezone.now()
    context = {
        "own": _rows(verbs.own(user)[: verbs.AT_ONCE], now, to=user),
        "others": _rows(verbs.within_reach(user)[: verbs.AT_ONCE], now, to=user),
        "projects": visible_projects(user).order_by("slug"),
        "ticked": request.POST.getlist("projects") if refusal else [],
        "scopes": SCOPES.items(),
        "lifetimes": LIFETIMES,
        "usual": TOKEN_LIFETIME.days,
        "made": made,
        "refusal": refusal,
        "typed": request.POST if refusal else {},
        "chosen": request.POST.getlist("scopes") if refusal else ["releases"],
        "longest": LONGEST_NAME,
        "command": _command(request),
    }
    return render(request, "annotations/desk/tokens.html", context, status=422 if refusal else 200)


def _rows(found: Iterable[ApiToken], now: datetime, *, to: User) -> list[TokenRow]:
    listed = list(found)
    reach = verbs.reach_of(listed, to=to)
    return [TokenRow(each, state_of(each, now=now), reach[each.pk]) for each in listed]


def state_of(token: ApiToken, *, now: datetime) -> State:
    """Revoked comes before expired: somebody ended it."""
    if token.revoked_at is not None:
        return "revoked"
    return "in-force" if token.expires_at > now else "expired"


def _create(request: HttpRequest) -> NewToken:
    name = request.POST.get("name", "").strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        detail = _("Say what the token is for, in at most %(most)s characters.")
        raise Invalid.field("name", "name", detail % {"most": LONGEST_NAME})
    wanted = request.POST.getlist("scopes")
    if not wanted:
        raise Invalid.field("scopes", "scopes", _("Choose what the token may do."))
    days = request.POST.get("days", "")
    if days not in map(str, LIFETIMES):
        raise Invalid.field("days", "days", _("Choose how long the token is in force."))
    return create_token(
        person(request),
        name=name,
        scopes=wanted,
        now=timezone.now(),
        lifetime=timedelta(days=int(days)),
        projects=_projects(request),
    )


def _projects(request: HttpRequest) -> list[str] | None:
    """The slugs that were ticked, where not all are wanted."""
    return request.POST.getlist("projects") if request.POST.get("where") == "some" else None


def _revoke(request: HttpRequest) -> HttpResponse:
    try:
        uuid = UUID(request.POST.get("token", ""))
    except ValueError as error:
        raise NotVisible from error
    token = verbs.revoke(uuid, by=person(request), now=timezone.now())
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("tokens")


def _command(request: HttpRequest) -> str:
    """What any token may ask for: the releases of a project, where its owner may read some."""
    user = person(request)
    readable = (
        reverse("api:releases", args=[each.slug])
        for each in visible_projects(user).order_by("slug")
        if may(user, Action.SEE_RELEASES, each)
    )
    address = request.build_absolute_uri(next(readable, reverse("api:projects")))
    return f'curl -H "Authorization: Bearer $TOKEN" {address}'
