"""Projects begin, people join them, and leave."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.project.access import Action, require
from annotations.project.models import Coder, Membership, Project, Role, User
from annotations.project.refusals import NotNow, NotVisible


@transaction.atomic
def enrol(user: User, project: Project, *, roles: Iterable[Role]) -> Coder:
    """Gives the roles (adding to those held) and a pseudonym that says nothing of the person."""
    locked = Project.objects.select_for_update().get(pk=project.pk)
    for role in roles:
        Membership.objects.get_or_create(project=locked, user=user, role=role)
    coder = Coder.objects.filter(project=locked, user=user).first()
    if coder is None:
        number = Coder.objects.filter(project=locked).count() + 1
        coder = Coder.objects.create(project=locked, user=user, pseudonym=f"coder-{number:02d}")
    return coder


@transaction.atomic
def dismiss(user: User, project: Project) -> None:
    """Takes all roles; the pseudonym and what was coded under it stay."""
    Membership.objects.filter(project=project, user=user).delete()


@transaction.atomic
def give_role(user: User, project: Project, role: Role, *, by: User) -> None:
    """One role more for somebody who is a member."""
    require(by, Action.MANAGE, project)
    _require_member(user, project)
    enrol(user, project, roles=[role])


@transaction.atomic
def take_role(user: User, project: Project, role: Role, *, by: User) -> None:
    """One role less; the last one is taken by `remove`, and a project keeps a manager."""
    require(by, Action.MANAGE, project)
    held = _require_member(user, project)
    if held == {role}:
        raise NotNow(_("This is their last role. Remove them from the project instead."))
    remove_role(user, project, role)


@transaction.atomic
def remove_role(user: User, project: Project, role: Role) -> None:
    """One role less, whichever; for the administration, which asks nobody's role."""
    _require_member(user, project)
    if role == Role.MANAGER:
        require_another_manager(user, project)
    Membership.objects.filter(project=project, user=user, role=role).delete()


@transaction.atomic
def remove(user: User, project: Project, *, by: User) -> None:
    """Out of the project; what was coded stays under the pseudonym, and so do all figures."""
    require(by, Action.MANAGE, project)
    if Role.MANAGER in _require_member(user, project):
        require_another_manager(user, project)
    dismiss(user, project)


@transaction.atomic
def erase(user: User) -> None:
    """The account goes: name, links, tokens, settings, roles. The pseudonyms and their work stay.

    Whoever calls has made sure that it may be asked for (`inviting.require_in_charge`, the
    administration).
    """
    managed = Membership.objects.filter(user=user, role=Role.MANAGER)
    for project in Project.objects.filter(pk__in=managed.values("project")).order_by("pk"):
        require_another_manager(user, project)
    user.delete()


def require_another_manager(user: User, project: Project) -> None:
    """Refused for the last manager who can still sign in; of two who leave at once, one stays."""
    Project.objects.select_for_update().get(pk=project.pk)
    others = Membership.objects.filter(project=project, role=Role.MANAGER, user__is_active=True)
    if not others.exclude(user=user).exists():
        said = _("“%(project)s” would be left without a manager. Make somebody else one first.")
        raise NotNow(said % {"project": project.name}, reason="last-manager")


def _require_member(user: User, project: Project) -> set[str]:
    """The roles held, with the project locked, so that they stay until the end."""
    Project.objects.select_for_update().get(pk=project.pk)
    held = Membership.objects.filter(project=project, user=user).values_list("role", flat=True)
    if not held:
        raise NotVisible
    return set(held)


@transaction.atomic
def begin(slug: str, name: str, *, by: User) -> Project:
    """A new project, managed by whoever began it."""
    project = Project(slug=slug, name=name)
    project.full_clean()
    project.save()
    enrol(by, project, roles=[Role.MANAGER])
    return project
