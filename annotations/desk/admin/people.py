"""Projects, accounts and their ways in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.desk.admin.base import GoesWhole, Kept, ReadOnly, Told
from annotations.desk.admin.trail import Step, parts_trail
from annotations.project.factors import take_second_factor
from annotations.project.members import begin, enrol, erase, remove_role, require_another_manager
from annotations.project.models import (
    ApiToken,
    Coder,
    Membership,
    Preference,
    Project,
    Role,
    SignInLink,
    User,
)
from annotations.project.refusals import NotAllowed


@admin.register(Project)
class ProjectAdmin(Told[Project]):
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]
    fields = ["slug", "name", "uuid", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> list[str]:
        """The slug is part of addresses and releases, so it is chosen once."""
        return ["uuid", "created_at", *(["slug"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Project, form: ModelForm[Project], change: bool
    ) -> None:
        """A project begins with a manager: whoever adds it."""
        if change:
            super().save_model(request, obj, form, change)
            return
        assert isinstance(request.user, User)  # noqa: S101 - the site lets staff in only
        obj.pk = begin(obj.slug, obj.name, by=request.user).pk

    def further(self, row: Project) -> Iterable[Step]:
        return _memberships(project_id=row.pk)


@admin.register(User)
class UserAdmin(GoesWhole[User]):
    actions = ["second_factor_off"]
    list_display = ["username", "name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "language"]
    search_fields = ["username", "name", "email"]
    fields = [
        "username",
        "name",
        "email",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "last_login",
        "date_joined",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only those who have all rights may give rights."""
        rights = ["is_staff", "is_superuser", "groups"]
        free = isinstance(request.user, User) and request.user.is_superuser
        return ["last_login", "date_joined", *([] if free else rights)]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _not_above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _not_above(request, obj)

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool
    ) -> None:
        """No passwords: people come in by links. Closing an account leaves no project alone."""
        if not change:
            obj.set_unusable_password()
        elif not obj.is_active:
            with transaction.atomic():
                for row in obj.memberships.filter(role=Role.MANAGER).select_related("project"):
                    require_another_manager(obj, row.project)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """One refusal and nobody is erased."""
        if any(not _not_above(request, each) for each in queryset):
            raise NotAllowed(str(_("Only those who have all rights may erase such an account.")))
        with transaction.atomic():
            for each in queryset:
                erase(each)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The same deed in the words of the product."""
        found: dict[str, Any] = {**super().get_actions(request)}
        if "delete_selected" in found:
            found["delete_selected"] = (
                *found["delete_selected"][:2],
                _("Erase the selected accounts"),
            )
        return found

    @admin.action(description=_("Take the second factor away"), permissions=["change"])
    def second_factor_off(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """One refusal and everybody keeps theirs."""
        if any(not _not_above(request, each) for each in queryset):
            raise NotAllowed(
                str(_("Only those who have all rights may do that to such an account."))
            )
        taken = sum(take_second_factor(each) for each in queryset)
        said = ngettext(
            "%(count)s second factor is off.", "%(count)s second factors are off.", taken
        )
        self.message_user(request, said % {"count": taken})

    def further(self, row: User) -> Iterable[Step]:
        return _memberships(user_id=row.pk)


def _not_above(request: HttpRequest, account: User | None) -> bool:
    if account is None or not account.is_superuser:
        return True
    return isinstance(request.user, User) and request.user.is_superuser


@admin.register(Membership)
class MembershipAdmin(Told[Membership]):
    """Given and taken as on the page of members; a role is never made another one."""

    list_display = ["user", "project", "role", "since"]
    list_filter = ["project", "role"]
    list_select_related = ["user", "project"]
    search_fields = ["user__username", "user__name", "project__name"]
    raw_id_fields = ["project", "user"]
    readonly_fields = ["since"]

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Membership, form: ModelForm[Membership], change: bool
    ) -> None:
        """A member has a pseudonym from the first role on."""
        super().save_model(request, obj, form, change)
        enrol(obj.user, obj.project, roles=[Role(obj.role)])

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        remove_role(obj.user, obj.project, Role(obj.role))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        with transaction.atomic():
            for each in queryset.select_related("user", "project"):
                remove_role(each.user, each.project, Role(each.role))


def _memberships(**of: int) -> list[Step]:
    trail: Any = getattr(Membership, "pgh_event_model")  # noqa: B009 - the audit adds it, unknown to types
    events = trail.objects.filter(**of)
    return parts_trail(events, names=["role", "user_id", "project_id"])


@admin.register(Coder)
class CoderAdmin(ReadOnly[Coder]):
    list_display = ["pseudonym", "project", "user"]
    list_filter = ["project"]
    list_select_related = ["user", "project"]
    search_fields = ["pseudonym", "user__username", "user__name"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnly[Preference]):
    list_display = ["user", "updated_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]


@admin.register(SignInLink)
class SignInLinkAdmin(Kept[SignInLink]):
    """Deleting a link makes it useless; its token is known to nobody here."""

    list_display = ["user", "created_at", "expires_at", "used_at"]
    list_filter = ["used_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]
    readonly_fields = ["user", "created_at", "expires_at", "used_at"]
    fields = (*readonly_fields,)

    def has_change_permission(self, request: HttpRequest, obj: SignInLink | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SignInLink | None = None) -> bool:
        return super(Kept, self).has_delete_permission(request, obj)


@admin.register(ApiToken)
class ApiTokenAdmin(Kept[ApiToken]):
    said = ["name", "user", "scopes", "reach", "expires_at", "last_used_at", "revoked_at"]
    list_display = [*said]
    list_filter = ["revoked_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username", "user__name"]
    readonly_fields = ["uuid", *said, "created_at"]
    fields = (*readonly_fields,)
    actions = ["revoke"]

    @admin.display(description=_("Where"))
    def reach(self, row: ApiToken) -> str:
        if row.projects is None:
            return str(_("all projects"))
        named = Project.objects.filter(pk__in=row.projects).order_by("slug")
        return ", ".join(named.values_list("slug", flat=True)) or "—"

    @admin.action(description=_("Revoke the selected tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        queryset.filter(revoked_at=None).update(revoked_at=timezone.now())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name == "revoke"
        }
