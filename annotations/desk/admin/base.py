"""What all pages of the administration share: refusals as messages, rows that only are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from annotations.desk.admin.trail import MOST_EVENTS, Step, trail_of
from annotations.project.database import refusals
from annotations.project.refusals import Refusal

M = TypeVar("M", bound=Model)
LONGEST_TEXT = 20_000


if TYPE_CHECKING:
    Page = admin.ModelAdmin
else:

    class Page(admin.ModelAdmin):
        """Django's classes take no type in brackets when they run."""

        def __class_getitem__(cls, model: object) -> type:
            return cls


def as_text(text: str) -> str:
    """A long text as it is, line by line; escaped like everything."""
    shown = text[:LONGEST_TEXT]
    return format_html("<pre>{}{}</pre>", shown, " […]" if len(text) > LONGEST_TEXT else "")


class Told(Page[M]):
    """A refusal of the database or of a verb is a message on the page, never an error page."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    object_history_template = "admin/annotations/history.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            with refusals():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refusal, IntegrityError) as error:
            return self._said(request, error)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            with refusals():
                return super().delete_view(request, object_id, extra_context)
        except (Refusal, IntegrityError) as error:
            return self._said(request, error)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            with refusals():
                answer: HttpResponse = super().changelist_view(request, extra_context)
                return answer
        except (Refusal, IntegrityError) as error:
            return self._said(request, error)

    def _said(self, request: HttpRequest, error: Refusal | IntegrityError) -> HttpResponse:
        reason = error.message if isinstance(error, Refusal) else _broken_rule(error)
        said = _("Nothing was changed: %(reason)s") % {"reason": reason}
        self.message_user(request, said, messages.ERROR)
        return redirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit trail of the row, as the triggers wrote it, beside what was done here."""
        row = self.get_object(request, unquote(object_id))
        steps = [*trail_of(row), *self.further(row)] if row is not None else []
        tracked = hasattr(row, "pgh_event_model") or bool(steps)
        newest = sorted(steps, key=lambda step: step.when, reverse=True)[:MOST_EVENTS]
        more = {"trail": newest, "tracked": tracked, **(extra_context or {})}
        return super().history_view(request, object_id, more)

    def further(self, row: M) -> Iterable[Step]:
        """What else is known of a row's past: its transitions, its revisions, its parts."""
        return ()


def _broken_rule(error: IntegrityError) -> str:
    cause = error.__cause__
    rule = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    return _("a rule of the database forbids it (%(rule)s).") % {"rule": rule or "?"}


class GoesWhole(Told[M]):
    """Deleting a row takes its parts along, though these cannot be deleted one by one."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        deleted, counts, _missing, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected


class Kept(Told[M]):
    """Changed in the fields that a subclass leaves writable; never added nor deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class ReadOnly(Kept[M]):
    """Rows that the database keeps as they are, or that only verbs may write."""

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False
