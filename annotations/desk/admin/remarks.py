"""Comments and flags: read here, written by the coding page."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotations.coding.remarks import Comment, CommentMark, Flag
from annotations.desk.admin.base import ReadOnly


@admin.register(Comment)
class CommentAdmin(ReadOnly[Comment]):
    list_display = ["__str__", "document", "passage", "by", "batch", "created_at"]
    list_filter = ["project", "batch"]
    list_select_related = ["document", "by", "batch"]
    search_fields = ["text", "document__title", "by__pseudonym"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("document__text")


@admin.register(CommentMark)
class CommentMarkAdmin(ReadOnly[CommentMark]):
    list_display = ["comment", "kind", "by", "at"]
    list_filter = ["project", "kind"]
    list_select_related = ["comment", "by"]
    search_fields = ["comment__text", "by__pseudonym"]
    date_hierarchy = "at"


@admin.register(Flag)
class FlagAdmin(ReadOnly[Flag]):
    """Settled on the page of the project, which changes the zone too."""

    list_display = ["kind", "proposed", "document", "passage", "by", "settlement", "created_at"]
    list_filter = ["project", "kind", "settlement", "batch"]
    list_select_related = ["document", "by"]
    search_fields = ["note", "settlement_reason", "document__title", "by__pseudonym"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        return super().get_queryset(request).defer("document__text")
