"""Deliveries, and what tells the same: looked at here, worked with on their own pages."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotations.corpus.models import (
    DocumentSketch,
    Import,
    ImportFile,
    Story,
    StoryCandidate,
)
from annotations.desk.admin.base import Kept, ReadOnly


@admin.register(Story)
class StoryAdmin(Kept[Story]):
    """What is told of may be named better; which documents tell it follows from the pairs."""

    list_display = ["title", "project", "created_at"]
    list_filter = ["project"]
    list_select_related = ["project"]
    search_fields = ["title", "uuid"]
    readonly_fields = ["project", "uuid", "created_at"]


@admin.register(DocumentSketch)
class DocumentSketchAdmin(ReadOnly[DocumentSketch]):
    list_display = ["document", "project"]
    list_filter = ["project"]
    list_select_related = ["document", "project"]
    search_fields = ["document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentSketch]:
        return super().get_queryset(request).defer("document__text")


@admin.register(StoryCandidate)
class StoryCandidateAdmin(ReadOnly[StoryCandidate]):
    list_display = ["first", "second", "relation", "score", "decision", "decided_by"]
    list_filter = ["project", "relation", "decision"]
    list_select_related = ["first", "second", "decided_by"]
    search_fields = ["first__title", "second__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoryCandidate]:
        return super().get_queryset(request).defer("first__text", "second__text")


@admin.register(Import)
class ImportAdmin(ReadOnly[Import]):
    list_display = ["created_at", "project", "by"]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["uuid", "by__pseudonym"]
    date_hierarchy = "created_at"


@admin.register(ImportFile)
class ImportFileAdmin(ReadOnly[ImportFile]):
    list_display = ["name", "delivery", "outcome", "size", "document", "finished_at"]
    list_filter = ["outcome", "delivery__project"]
    list_select_related = ["delivery__project", "document"]
    search_fields = ["name", "reason"]
    exclude = ["content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportFile]:
        return super().get_queryset(request).defer("content", "document__text")
