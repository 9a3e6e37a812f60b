"""Rulings and releases: never changed, here or anywhere."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.adjudication.models import Point, Ruling, Standing, Sweep
from annotations.desk.admin.base import ReadOnly
from annotations.release.freezings import Freezing, FreezingProgress
from annotations.release.models import Release, ReleaseDocument, ReleaseEvidence, ReleaseSpan
from annotations.release.withdrawals import Retraction, Takedown


@admin.register(Ruling)
class RulingAdmin(ReadOnly[Ruling]):
    list_display = ["excerpt", "decision", "theme", "stance", "document", "by", "at"]
    list_filter = ["project", "batch", "decision"]
    list_select_related = ["theme", "stance", "document", "by"]
    search_fields = ["quote", "reason", "document__title", "uuid"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ruling]:
        return super().get_queryset(request).defer("document__text")

    @admin.display(description=_("quote"))
    def excerpt(self, ruling: Ruling) -> str:
        return ruling.quote[:80]


@admin.register(Sweep)
class SweepAdmin(ReadOnly[Sweep]):
    list_display = ["differs", "theme", "votes", "total", "undoes", "project", "by", "at"]
    list_filter = ["project", "differs"]
    list_select_related = ["undoes", "project", "by"]
    search_fields = ["reason", "uuid"]
    date_hierarchy = "at"


@admin.register(Standing)
class StandingAdmin(ReadOnly[Standing]):
    list_display = ["document", "project", "changes", "derived", "held_by", "held_until"]
    list_filter = ["project"]
    list_select_related = ["document", "project", "held_by"]
    search_fields = ["document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Standing]:
        return super().get_queryset(request).defer("document__text")


@admin.register(Point)
class PointAdmin(ReadOnly[Point]):
    list_display = ["key", "kind", "result", "family", "project"]
    list_filter = ["project", "kind", "result", "family"]
    list_select_related = ["project"]
    search_fields = ["key", "family"]


@admin.register(Release)
class ReleaseAdmin(ReadOnly[Release]):
    list_display = ["version", "project", "documents_total", "spans_total", "by", "at", "sha256"]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["sha256", "notes", "uuid"]
    date_hierarchy = "at"


@admin.register(Freezing)
class FreezingAdmin(ReadOnly[Freezing]):
    list_display = ["at", "project", "by", "state", "release", "ended_at"]
    list_filter = ["project", "state"]
    list_select_related = ["project", "by", "release__project"]
    search_fields = ["notes", "reason", "uuid"]
    date_hierarchy = "at"


@admin.register(FreezingProgress)
class FreezingProgressAdmin(ReadOnly[FreezingProgress]):
    list_display = ["freezing", "step", "done", "total", "attempts", "at"]
    list_filter = ["step"]
    list_select_related = ["freezing__project"]
    search_fields = ["freezing__uuid"]


@admin.register(Takedown)
class TakedownAdmin(ReadOnly[Takedown]):
    list_display = ["document", "project", "reason", "by", "at"]
    list_filter = ["project"]
    list_select_related = ["document", "project", "by"]
    search_fields = ["reason", "document__uuid", "document__external_id"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Takedown]:
        return super().get_queryset(request).defer("document__text")


@admin.register(Retraction)
class RetractionAdmin(ReadOnly[Retraction]):
    list_display = ["release", "project", "reason", "by", "at"]
    list_filter = ["project"]
    list_select_related = ["release__project", "project", "by"]
    search_fields = ["reason"]
    date_hierarchy = "at"


@admin.register(ReleaseDocument)
class ReleaseDocumentAdmin(ReadOnly[ReleaseDocument]):
    list_display = ["document", "release", "position", "sha256"]
    list_filter = ["project", "release"]
    list_select_related = ["document", "release__project"]
    search_fields = ["document__title", "sha256"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseDocument]:
        return super().get_queryset(request).defer("document__text")


@admin.register(ReleaseEvidence)
class ReleaseEvidenceAdmin(ReadOnly[ReleaseEvidence]):
    list_display = ["released", "release"]
    list_filter = ["project", "release"]
    list_select_related = ["released__release__project", "release__project"]


@admin.register(ReleaseSpan)
class ReleaseSpanAdmin(ReadOnly[ReleaseSpan]):
    list_display = ["excerpt", "label", "stance", "origin", "document", "release"]
    list_filter = ["project", "release", "origin", "label", "stance"]
    list_select_related = ["document", "release__project"]
    search_fields = ["quote", "uuid", "document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReleaseSpan]:
        return super().get_queryset(request).defer("document__text")

    @admin.display(description=_("quote"))
    def excerpt(self, span: ReleaseSpan) -> str:
        return span.quote[:80]
