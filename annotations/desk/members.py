"""Who is in a project: roles, when last seen, links to come in by, and the ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from annotations.assignment.departing import leave_rounds
from annotations.assignment.models import Assignment
from annotations.desk.signed_in import frame, person
from annotations.project import inviting
from annotations.project import members as verbs
from annotations.project.access import Action, project_for
from annotations.project.inviting import INVITATION_LIFETIME, Invitation, known_to
from annotations.project.lately import lately
from annotations.project.models import Coder, Membership, Project, Role, SignInLink, User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Refusal

ROWS = 20
STATUS: dict[type[Refusal], int] = {Invalid: 422, NotNow: 409, NotAllowed: 403}


@dataclass(slots=True)
class Member:
    """`open_link` is when an unused link ends; `ours` whether the account is the manager's to see to."""

    user: User
    pseudonym: str
    ours: bool
    roles: dict[str, datetime] = field(default_factory=dict)
    seen: datetime | None = None
    open_link: datetime | None = None
    open_work: int = 0

    @property
    def choices(self) -> list[tuple[str, str, datetime | None]]:
        """(role, in words, held since)."""
        return [(role.value, str(role.label), self.roles.get(role.value)) for role in Role]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("invitation", "context")
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: everybody. POST `do`: what DEEDS has. A link is in the answer to its POST and nowhere else."""
    project = project_for(person(request), slug, Action.MANAGE)
    refusal: Refusal | None = None
    invitation: Invitation | None = None
    if request.method == "POST":
        try:
            invitation = _do(request, project)
            if invitation is None:
                return redirect(_after(request, project))
        except (Invalid, NotNow, NotAllowed) as refused:
            refusal = refused
    context = {
        **frame(request, project),
        "page": (page := _page(request, project)),
        "members": members_of(project, [user.pk for user in page], by=person(request)),
        "others": known_to(person(request), project),
        "role_choices": Role.choices,
        "chosen": request.POST.getlist("roles") if refusal else [],
        "typed": request.POST.get("name", "") if refusal else "",
        "refusal": refusal,
        "days": INVITATION_LIFETIME.days,
        **({"invitation": invitation, "link": _address(request, invitation)} if invitation else {}),
    }
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 200)
    return render(request, "annotations/desk/members.html", context, status=status)


@sensitive_variables()
def _address(request: HttpRequest, invitation: Invitation) -> str:
    return request.build_absolute_uri(reverse("sign-in-link", args=[invitation.token]))


def _after(request: HttpRequest, project: Project) -> str:
    """Whoever took their own role as a manager has no business here any more."""
    still = Membership.objects.filter(project=project, user=request.user.pk, role=Role.MANAGER)
    return request.get_full_path() if still.exists() else reverse("home")


def _do(request: HttpRequest, project: Project) -> Invitation | None:
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Invalid.field("do", "choice", _("Choose what is to be done."))
    return deed(request, project)


def invited(request: HttpRequest, project: Project) -> Invitation:
    name = request.POST.get("name", "")
    by, now = person(request), timezone.now()
    return inviting.invite(project, name, roles=_roles(request), by=by, now=now)


def brought(request: HttpRequest, project: Project) -> None:
    user = _user(request, known_to(person(request), project))
    inviting.bring(user, project, roles=_roles(request), by=person(request))
    messages.success(request, _("%(name)s is a member now.") % {"name": user})


def linked(request: HttpRequest, project: Project) -> Invitation:
    user = _member(request, project)
    return inviting.new_link(user, project, by=person(request), now=timezone.now())


def given(request: HttpRequest, project: Project) -> None:
    user, role = _member(request, project), _role(request)
    verbs.give_role(user, project, role, by=person(request))
    messages.success(request, _("%(name)s: %(role)s.") % {"name": user, "role": role.label})


def taken(request: HttpRequest, project: Project) -> None:
    user, role = _member(request, project), _role(request)
    with transaction.atomic():
        if role == Role.ANNOTATOR:
            _leave_rounds(user, project, by=person(request), now=timezone.now())
        verbs.take_role(user, project, role, by=person(request))
    said = _("%(name)s: no longer %(role)s.") % {"name": user, "role": role.label}
    messages.success(request, said)


def removed(request: HttpRequest, project: Project) -> None:
    user = _member(request, project)
    with transaction.atomic():
        _leave_rounds(user, project, by=person(request), now=timezone.now())
        verbs.remove(user, project, by=person(request))
    said = _("%(name)s has left the project. What they coded stays under their pseudonym.")
    messages.success(request, said % {"name": user})


def erased(request: HttpRequest, project: Project) -> None:
    if request.POST.get("sure") != "on":
        raise Invalid.field(
            "sure", "required", _("Tick the box first: an account cannot be restored.")
        )
    user = _member(request, project)
    with transaction.atomic():
        _leave_rounds(user, project, by=person(request), now=timezone.now())
        inviting.erase_account(user, project, by=person(request))
    messages.success(request, _("The account is erased. Its work stays under the pseudonym."))


DEEDS: Mapping[str, Callable[[HttpRequest, Project], Invitation | None]] = {
    "invite": invited,
    "bring": brought,
    "link": linked,
    "give": given,
    "take": taken,
    "remove": removed,
    "erase": erased,
}


def _leave_rounds(user: User, project: Project, *, by: User, now: datetime) -> None:
    coder = Coder.objects.filter(project=project, user=user).first()
    if coder is not None:
        leave_rounds(coder, by=by, now=now)


def _roles(request: HttpRequest) -> list[Role]:
    return [Role(each) for each in request.POST.getlist("roles") if each in Role.values]


def _role(request: HttpRequest) -> Role:
    asked = request.POST.get("role", "")
    if asked not in Role.values:
        raise Invalid.field("role", "choice", _("Choose a role."))
    return Role(asked)


def _member(request: HttpRequest, project: Project) -> User:
    return _user(request, User.objects.filter(memberships__project=project).distinct())


def _user(request: HttpRequest, among: Any) -> User:
    pk = request.POST.get("user", "")
    found: User | None = among.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
    if found is None:
        raise NotVisible
    return found


def _page(request: HttpRequest, project: Project) -> Page[User]:
    """Of everybody with a role, by name."""
    users = User.objects.filter(memberships__project=project).distinct()
    said = request.GET.get("page")
    return Paginator(users.order_by(Lower("name"), "username", "pk"), ROWS).get_page(said)


def members_of(project: Project, users: Collection[int], *, by: User) -> list[Member]:
    """Those of the users who have a role, by name; a handful of queries, however many they are."""
    rows = Membership.objects.filter(project=project, user__in=users).select_related("user")
    people = {row.user_id: row.user for row in rows}
    coders = {c.user_id: c for c in Coder.objects.filter(project=project, user__in=people)}
    work = Assignment.objects.filter(project=project, coder__in=coders.values())
    active, open_work = _active(project), Counter(work.open().values_list("coder", flat=True))
    ours = inviting.in_charge_of(list(people.values()), by=by)
    links = SignInLink.objects.filter(user__in=people, used_at=None, expires_at__gt=timezone.now())
    ends = dict(links.values_list("user").annotate(Max("expires_at")))
    found: dict[int, Member] = {}
    for pk, user in people.items():
        coder = coders.get(pk)
        worked = active.get(coder.pk) if coder else None
        found[pk] = Member(
            user,
            coder.pseudonym if coder else "",
            pk in ours,
            seen=max(filter(None, (user.last_login, worked)), default=None),
            open_link=ends.get(pk),
            open_work=open_work[coder.pk] if coder else 0,
        )
    for row in rows:
        found[row.user_id].roles[row.role] = row.since
    return sorted(found.values(), key=lambda each: str(each.user).casefold())


def _active(project: Project) -> dict[int, datetime]:
    """When each coder last worked, by primary key; where work is very much, as a minute ago."""
    work = Assignment.objects.filter(project=project).order_by().values_list("coder")
    found = lately(
        f"active-{project.pk}",
        lambda: list(work.annotate(last=Max("last_activity_at"), n=Count("pk"))),
        rows=lambda known: sum(n for *_, n in known),
    )
    return {coder: last for coder, last, _ in found}
