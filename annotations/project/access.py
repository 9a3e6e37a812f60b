"""Who may do what: the one permission table.

Outsiders learn nothing: for them a project does not exist (NotVisible, 404). A member who lacks
the role is told so (NotAllowed, 403).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.project.models import Coder, Membership, Project, Role, User
from annotations.project.refusals import NotAllowed, NotVisible

Person = User | AnonymousUser


class Action(Enum):
    SEE_PROJECT = gettext_noop("see the project")
    SEE_CODEBOOK = gettext_noop("read the codebook")
    CODE = gettext_noop("code documents")
    SEARCH = gettext_noop("search texts and codings")
    SEE_DOCUMENTS = gettext_noop("see all documents")
    IMPORT = gettext_noop("import documents")
    IMPORT_CODINGS = gettext_noop("import annotations")
    PLAN = gettext_noop("plan batches")
    SEE_AGREEMENT = gettext_noop("see agreement")
    ADJUDICATE = gettext_noop("adjudicate")
    SEE_RELEASES = gettext_noop("read releases")
    RELEASE = gettext_noop("freeze releases")
    TAKE_DOWN = gettext_noop("take documents down")
    MANAGE = gettext_noop("change settings and members")


A, J, M, R = Role.ANNOTATOR, Role.ADJUDICATOR, Role.MANAGER, Role.READER

# Asked of every page: with what `memberships` asks, in one query and as it stands.
WITH_ROLES = """
SELECT p.*, ARRAY(SELECT m.role FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id
                   WHERE m.project_id = p.id AND u.id = %(person)s AND u.is_active) AS held
  FROM annotations_project p WHERE p.slug = %(slug)s
"""

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEE_PROJECT: frozenset({A, J, M, R}),
    Action.SEE_CODEBOOK: frozenset({A, J, M, R}),
    Action.CODE: frozenset({A}),
    Action.SEARCH: frozenset({A, J, M}),
    Action.SEE_DOCUMENTS: frozenset({J, M}),
    Action.IMPORT: frozenset({M}),
    Action.IMPORT_CODINGS: frozenset({M}),
    Action.PLAN: frozenset({M}),
    Action.SEE_AGREEMENT: frozenset({J, M}),
    Action.ADJUDICATE: frozenset({J, M}),
    Action.SEE_RELEASES: frozenset({J, M, R}),
    Action.RELEASE: frozenset({M}),
    Action.TAKE_DOWN: frozenset({M}),
    Action.MANAGE: frozenset({M}),
}


def memberships(person: User) -> QuerySet[Membership]:
    """What the person holds, anywhere; of a token's person, where the token reaches."""
    held = Membership.objects.filter(user=person, user__is_active=True)
    return held if person.within is None else held.filter(project__in=person.within)


def roles(person: Person, project: Project) -> frozenset[Role]:
    """The roles a person holds in a project; none for outsiders and for closed accounts."""
    if not isinstance(person, User) or not person.is_active:
        return frozenset()
    held = memberships(person).filter(project=project).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def roles_in(person: User, projects: Iterable[Project]) -> dict[int, frozenset[Role]]:
    """The same for each of several projects, by primary key, in one query."""
    found: dict[int, set[Role]] = {project.pk: set() for project in projects}
    rows = memberships(person).filter(project__in=found)
    for project, role in rows.values_list("project", "role"):
        found[project].add(Role(role))
    return {project: frozenset(held) for project, held in found.items()}


def may(person: Person, action: Action, project: Project) -> bool:
    return bool(roles(person, project) & ALLOWED[action])


def permitted(person: User, action: Action, *, project: str = "project") -> Exists:
    """The same as a condition of a query, on rows whose `project` is that column."""
    held = memberships(person).filter(project=OuterRef(project), role__in=ALLOWED[action])
    return Exists(held)


def require(person: Person, action: Action, project: Project) -> frozenset[Role]:
    """The person's roles, or a refusal: 404 for outsiders, 403 for members without the role."""
    return _enough(roles(person, project), action)


def require_of_found(person: Person, action: Action, project: Project) -> None:
    """`require` for a thing that was just found: what only reads need not ask again of its project."""
    project.found_by = None if person.pk is None else (person.pk, require(person, action, project))


def require_at_sight(person: Person, action: Action, project: Project) -> None:
    """The same of a project that was found for this person, without asking again: for what only reads."""
    _enough(roles_at_sight(person, project), action)


def _enough(held: frozenset[Role], action: Action) -> frozenset[Role]:
    if not held:
        raise NotVisible
    if not held & ALLOWED[action]:
        raise NotAllowed(_role_missing(action))
    return held


def _role_missing(action: Action) -> str:
    needed = ", ".join(sorted(str(role.label) for role in ALLOWED[action]))
    said = _("To %(action)s takes one of these roles: %(roles)s.")
    return said % {"action": _(action.value), "roles": needed}


def visible_projects(person: Person) -> QuerySet[Project]:
    if not isinstance(person, User) or not person.is_active:
        return Project.objects.none()
    found = Project.objects.filter(memberships__user=person)
    return (found if person.within is None else found.filter(pk__in=person.within)).distinct()


def require_all_of(person: User) -> None:
    """For what belongs to no project: a token that reaches only some may not do it (403)."""
    if person.within is not None:
        raise NotAllowed(_("This token reaches some projects only, and this is of none."))


def project_for(person: Person, slug: str, action: Action) -> Project:
    """The project of that slug, once the permission is checked; one 404 for unknown and foreign."""
    if not isinstance(person, User) or not person.is_active:
        raise NotVisible
    asked = {"person": person.pk, "slug": slug}
    project = next(iter(Project.objects.raw(WITH_ROLES, asked)), None)
    if project is None or (person.within is not None and project.pk not in person.within):
        raise NotVisible
    held = frozenset(Role(role) for role in project.held)  # type: ignore[attr-defined]  # the query's
    project.found_by = person.pk, held
    _enough(held, action)
    return project


def roles_at_sight(person: Person, project: Project) -> frozenset[Role]:
    """As they were when the project was found for this person; asked for where nobody looked.

    For what only reads, in the request that found it.
    """
    if project.found_by is not None and project.found_by[0] == person.pk:
        return project.found_by[1]
    return roles(person, project)


def may_at_sight(person: Person, action: Action, project: Project) -> bool:
    """The same for one action."""
    return bool(roles_at_sight(person, project) & ALLOWED[action])


def coder_of(person: User, project: Project) -> Coder:
    """The person's pseudonym in the project; made with their first role (see members.enrol)."""
    coder = Coder.objects.filter(project=project, user=person).first()
    if coder is None:
        raise NotVisible
    return coder
