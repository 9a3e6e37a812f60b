"""Tokens of tools, as people see to them: their own, and those that reach into what they manage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.project.access import ALLOWED, Action, memberships, visible_projects
from annotations.project.models import ApiToken, Membership, User
from annotations.project.refusals import NotVisible

AT_ONCE = 200
"""What is listed; the newest first."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The slugs of projects, and how many more there are."""

    projects: list[str]
    others: int


def own(user: User) -> QuerySet[ApiToken]:
    """All of one's own, the newest first; those that ended too."""
    return ApiToken.objects.filter(user=user).order_by("-pk")


def within_reach(manager: User) -> QuerySet[ApiToken]:
    """Those of members of the projects that one manages, one's own left out.

    A token acts as its owner, so it reaches whatever the owner may, or some projects of that; a
    manager of one that it reaches sees its name, its scopes and when it was used last, and may end it.
    """
    held = memberships(manager).filter(role__in=ALLOWED[Action.MANAGE])
    managed = list(held.values_list("project", flat=True))
    members = Membership.objects.filter(project__in=managed).values("user")
    reaching = Q(projects=None) | Q(projects__overlap=managed)
    rows = ApiToken.objects.filter(reaching, user__in=members).exclude(user=manager)
    return rows.select_related("user").order_by("user__username", "-pk")


def reach_of(tokens: Iterable[ApiToken], *, to: User) -> dict[int, Reach | None]:
    """Where each of them reaches, by primary key; None: all that its owner may.

    Projects that `to` has no part in are counted and not named.
    """
    limited = {each.pk: each.projects for each in tokens if each.projects is not None}
    wanted = {project for projects in limited.values() for project in projects}
    named = dict(visible_projects(to).filter(pk__in=wanted).values_list("pk", "slug"))
    found: dict[int, Reach | None] = {each.pk: None for each in tokens}
    for token, projects in limited.items():
        known = sorted(named[project] for project in projects if project in named)
        found[token] = Reach(known, len(projects) - len(known))
    return found


def revoke(uuid: UUID, *, by: User, now: datetime) -> ApiToken:
    """Ends a token at once and for good; a second time changes nothing.

    Raises NotVisible unless it is one's own, or within one's reach.
    """
    token = own(by).filter(uuid=uuid).first() or within_reach(by).filter(uuid=uuid).first()
    if token is None:
        raise NotVisible
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        token.revoked_at = now
    return token
