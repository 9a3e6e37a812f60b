"""People come into a project: an account, roles, and a link that is shown once.

A link lets its holder act as the account, so a manager makes them only for accounts that have no
part outside the projects they manage, and never for staff.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations.project.access import Action, require
from annotations.project.accounts import new_sign_in_link
from annotations.project.members import enrol, erase
from annotations.project.models import Membership, Project, Role, SignInLink, User
from annotations.project.refusals import Invalid, NotAllowed, NotVisible

INVITATION_LIFETIME = timedelta(days=7)
LONGEST_NAME = 150
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Invitation:
    """An account and the token of its link, at the one moment when it can be read."""

    user: User
    token: str
    expires_at: datetime


@transaction.atomic
def invite(
    project: Project, name: str, *, roles: Iterable[Role], by: User, now: datetime
) -> Invitation:
    """A new account with these roles. Invalid names what lacks: `name` or `roles`."""
    require(by, Action.MANAGE, project)
    given = [*roles]
    if not given:
        raise Invalid.field("roles", "required", _("Choose at least one role."))
    user = User(username=_username(_name(name)), name=_name(name))
    user.set_unusable_password()
    user.save()
    enrol(user, project, roles=given)
    return _invitation(user, now=now)


def _name(name: str) -> str:
    """As people write it, on one line and without signs that cannot be seen."""
    said = " ".join(UNSEEN.sub(" ", name).split())
    if not said:
        raise Invalid.field("name", "required", _("Say who it is."))
    if len(said) > LONGEST_NAME:
        most = _("A name has at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise Invalid.field("name", "too-long", most)
    return said


def _username(name: str) -> str:
    """Short, plain, and nobody else's.

    An account's name is no secret and no key: people come in by links.
    """
    plain = slugify(unicodedata.normalize("NFKD", name))[:40].strip("-") or "member"
    taken = set(User.objects.filter(username__startswith=plain).values_list("username", flat=True))
    names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)


@transaction.atomic
def bring(user: User, project: Project, *, roles: Iterable[Role], by: User) -> None:
    """Somebody whom the manager knows from another project of theirs; they have a way in already."""
    require(by, Action.MANAGE, project)
    if not known_to(by, project).filter(pk=user.pk).exists():
        raise NotVisible
    given = [*roles]
    if not given:
        raise Invalid.field("roles", "required", _("Choose at least one role."))
    enrol(user, project, roles=given)


def known_to(manager: User, project: Project) -> QuerySet[User]:
    """Members of the other projects that the person manages, who are not in this one."""
    managed = Membership.objects.filter(user=manager, role=Role.MANAGER).values("project")
    there = User.objects.filter(memberships__project__in=managed, is_active=True)
    return there.exclude(memberships__project=project).distinct().order_by("name", "username")


@transaction.atomic
def new_link(user: User, project: Project, *, by: User, now: datetime) -> Invitation:
    """A link in place of all that were not used; each of these is useless from now on."""
    require(by, Action.MANAGE, project)
    require_in_charge(user, project, by=by)
    return _invitation(user, now=now)


@transaction.atomic
def erase_account(user: User, project: Project, *, by: User) -> None:
    """See `members.erase`; for accounts that have no part elsewhere."""
    require(by, Action.MANAGE, project)
    require_in_charge(user, project, by=by)
    erase(user)


def require_in_charge(user: User, project: Project, *, by: User) -> None:
    """404 for who is no member; refused for staff and for whoever has a part elsewhere."""
    if not Membership.objects.filter(project=project, user=user).exists():
        raise NotVisible
    if not in_charge(user, by=by):
        raise NotAllowed(
            _("This account has a part elsewhere too. Whoever runs the workbench sees to it.")
        )


def in_charge(user: User, *, by: User) -> bool:
    """Whether all that the account may do is within the projects that the person manages."""
    return bool(in_charge_of([user], by=by))


def in_charge_of(users: Sequence[User], *, by: User) -> set[int]:
    """Those of whom `in_charge` is true, by primary key; one query."""
    managed = Membership.objects.filter(user=by, role=Role.MANAGER).values("project")
    held = Membership.objects.filter(user__in=users).exclude(project__in=managed)
    elsewhere = set(held.values_list("user", flat=True))
    elsewhere |= {user.pk for user in users if user.is_superuser}
    elsewhere.discard(by.pk)
    return {user.pk for user in users if not user.is_staff} - elsewhere


def _invitation(user: User, *, now: datetime) -> Invitation:
    SignInLink.objects.filter(user=user, used_at=None).delete()
    token = new_sign_in_link(user, now=now, lifetime=INVITATION_LIFETIME)
    return Invitation(user, token, now + INVITATION_LIFETIME)
