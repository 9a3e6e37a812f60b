"""Who takes part in a round and which slots are theirs: written by the verbs of the rounds."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.assignment.tallies import Tally
from annotations.coding.sayings import Saying
from annotations.desk.admin.base import ReadOnly


@admin.register(Hand)
class HandAdmin(ReadOnly[Hand]):
    list_display = ["coder", "batch", "most", "languages", "left_at", "replaced_by"]
    list_filter = ["project", "batch"]
    list_select_related = ["coder", "batch", "replaced_by__coder"]
    search_fields = ["coder__pseudonym", "batch__name"]


@admin.register(Exclusion)
class ExclusionAdmin(ReadOnly[Exclusion]):
    list_display = ["__str__", "hand", "document"]
    list_select_related = ["hand__coder", "hand__batch", "document"]
    search_fields = ["hand__coder__pseudonym", "document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exclusion]:
        return super().get_queryset(request).defer("document__text")


@admin.register(Seat)
class SeatAdmin(ReadOnly[Seat]):
    list_display = ["document", "batch", "slot", "coder", "made_at", "freed_at"]
    list_filter = ["project", "batch", "freed_at"]
    list_select_related = ["document", "batch", "coder"]
    search_fields = ["document__title", "coder__pseudonym", "batch__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seat]:
        return super().get_queryset(request).defer("document__text")


@admin.register(Tally)
class TallyAdmin(ReadOnly[Tally]):
    list_display = ["batch", "coder", "state", "number"]
    list_filter = ["state"]
    list_select_related = ["batch", "coder"]


@admin.register(Saying)
class SayingAdmin(ReadOnly[Saying]):
    list_display = ["said", "batch", "document"]
    list_select_related = ["batch", "document"]
    search_fields = ["said"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Saying]:
        return super().get_queryset(request).defer("document__text")
