"""Rounds of work, and what coders said in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.assignment.models import Assignment, Batch, BatchDocument, State, Transition
from annotations.assignment.seats import Seat
from annotations.coding.models import Annotation, Revision, Snapshot
from annotations.desk.admin.base import Kept, ReadOnly, as_text
from annotations.desk.admin.handing import asked_for, released
from annotations.desk.admin.trail import Step
from annotations.desk.admin.waiting import leases_over


@admin.register(Batch)
class BatchAdmin(Kept[Batch]):
    """Made, opened, closed and promoted by the pages of the project."""

    list_display = ["name", "project", "kind", "edition", "slots", "opened_at", "closed_at"]
    list_filter = ["project", "kind", "opened_at", "closed_at"]
    list_select_related = ["project", "edition__project"]
    search_fields = ["name", "uuid"]
    readonly_fields = [
        "uuid",
        "project",
        "kind",
        "edition",
        "slots",
        "seed",
        "allocation",
        "open_to_all",
        "zones_taken_as_proposed",
        "created_by",
        "created_at",
        "opened_at",
        "closed_at",
        "promoted_at",
        "promotion_reason",
    ]


class SlotsForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes no type in brackets when it runs
    def clean_slots(self) -> int | None:
        slots: int | None = self.cleaned_data["slots"]
        item = self.instance
        live = Assignment.objects.live().filter(batch=item.batch_id, document=item.document_id)
        seats = Seat.objects.standing().filter(batch=item.batch_id, document=item.document_id)
        taken = max(
            [*live.values_list("slot", flat=True), *seats.values_list("slot", flat=True)], default=0
        )
        if (slots or item.batch.slots) < taken:
            said = _("Slot %(slot)s is taken; the document has at least as many.")
            raise forms.ValidationError(said % {"slot": taken})
        return slots


@admin.register(BatchDocument)
class BatchDocumentAdmin(Kept[BatchDocument]):
    """A document may get slots of its own number, not fewer than are taken."""

    form = SlotsForm
    list_display = ["document", "batch", "position", "slots"]
    list_filter = ["project", "batch"]
    list_select_related = ["document", "batch"]
    search_fields = ["document__title", "batch__name"]
    readonly_fields = ["project", "batch", "document", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BatchDocument]:
        return super().get_queryset(request).defer("document__text")


class LeaseOver(admin.SimpleListFilter):
    title = _("lease")
    parameter_name = "lease"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("over", _("over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> Any:
        if self.value() != "over":
            return queryset
        return queryset.filter(pk__in=leases_over(timezone.now()).values("pk"))


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly[Assignment]):
    """Handed on by the same verbs as on the pages of a round."""

    list_display = ["document", "coder", "batch", "slot", "state", "last_activity_at"]
    list_filter = [LeaseOver, "project", "state", "batch"]
    list_select_related = ["document", "coder", "batch"]
    search_fields = ["document__title", "coder__pseudonym", "uuid"]
    date_hierarchy = "last_activity_at"
    actions = ["release", "hand_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        return super().get_queryset(request).defer("document__text")

    @admin.action(description=_("Release: give the slots back for others"))
    def release(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> None:
        count = released(request, queryset)
        said = ngettext("%(count)s slot is free.", "%(count)s slots are free.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Hand on to another coder …"))
    def hand_on(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> HttpResponse | None:
        return asked_for(self, request, queryset)

    def further(self, row: Assignment) -> Iterable[Step]:
        changes = row.transitions.select_related("by").order_by("-at")
        return [
            Step(
                each.at,
                " → ".join(
                    str(State(state).label) for state in (each.from_state, each.to_state) if state
                ),
                str(each.by or ""),
                of=each.reason,
            )
            for each in changes
        ]


@admin.register(Transition)
class TransitionAdmin(ReadOnly[Transition]):
    list_display = ["assignment", "from_state", "to_state", "by", "reason", "at"]
    list_filter = ["project", "to_state"]
    list_select_related = ["assignment__document", "assignment__coder", "by"]
    search_fields = ["assignment__document__title", "by__pseudonym", "reason"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transition]:
        return super().get_queryset(request).defer("assignment__document__text")


@admin.register(Annotation)
class AnnotationAdmin(ReadOnly[Annotation]):
    list_display = ["excerpt", "theme", "stance", "coder", "document", "revision", "deleted"]
    list_filter = ["project", "deleted", "holder_kind", "certainty"]
    list_select_related = ["theme", "stance", "coder", "document"]
    search_fields = ["quote", "memo", "document__title", "coder__pseudonym"]
    date_hierarchy = "updated_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        return super().get_queryset(request).defer("document__text")

    def further(self, row: Annotation) -> Iterable[Step]:
        """Every revision, the newest first, with what it says."""
        said = Revision.objects.filter(annotation_id=row.pk)
        return [
            Step(
                each.created_at,
                _("revision %(number)s") % {"number": each.number},
                str(each.coder),
                of=" · ".join(map(str, filter(None, (each.theme, each.stance, each.quote[:120])))),
            )
            for each in said.select_related("coder", "theme", "stance")
        ]

    @admin.display(description=_("quote"))
    def excerpt(self, annotation: Annotation) -> str:
        return annotation.quote[:80]


@admin.register(Revision)
class RevisionAdmin(ReadOnly[Revision]):
    list_display = [
        "excerpt",
        "number",
        "theme",
        "stance",
        "coder",
        "deleted",
        "late",
        "created_at",
    ]
    list_filter = ["project", "deleted", "late", "after_discussion"]
    list_select_related = ["theme", "stance", "coder"]
    search_fields = ["annotation_id", "quote", "memo", "coder__pseudonym"]
    date_hierarchy = "created_at"

    @admin.display(description=_("quote"))
    def excerpt(self, revision: Revision) -> str:
        return revision.quote[:80]


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly[Snapshot]):
    list_display = ["document", "coder", "batch", "number", "after_discussion", "taken_at"]
    list_filter = ["project", "batch", "after_discussion"]
    list_select_related = ["document", "coder", "batch"]
    search_fields = ["document__title", "coder__pseudonym"]
    date_hierarchy = "taken_at"
    exclude = ["spans"]
    readonly_fields = ["shown"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).defer("document__text")

    @admin.display(description=_("spans"))
    def shown(self, snapshot: Snapshot) -> str:
        lines = (
            f"[{each['start']}, {each['end']}) {each['theme']} {each['stance']}"
            for each in snapshot.spans
        )
        return as_text("\n".join(lines))
