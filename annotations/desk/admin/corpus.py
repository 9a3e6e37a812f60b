"""Files and texts: looked at, described better, never rewritten."""

from __future__ import annotations

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.assignment.archiving import archive
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import (
    AcceptedWarning,
    Archived,
    Attribute,
    Document,
    Passage,
    Source,
    TextBlock,
)
from annotations.corpus.speaking import zone_reason_in_words
from annotations.desk.admin.base import Kept, ReadOnly, as_text
from annotations.desk.admin.handing import staff


@admin.register(Source)
class SourceAdmin(ReadOnly[Source]):
    """Without the bytes, which are in no list and on no page."""

    list_display = ["name", "project", "size", "received_at", "taken_down_at"]
    list_filter = ["project", "taken_down_at"]
    list_select_related = ["project"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "received_at"
    exclude = ["content"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).defer("content")


@admin.register(Document)
class DocumentAdmin(Kept[Document]):
    """What is said about a text may be corrected; the text may not."""

    list_display = ["title", "project", "language", "length", "version", "story", "created_at"]
    list_filter = ["project", "language", "encoding", "story_relation"]
    list_select_related = ["project", "story"]
    search_fields = ["title", "external_id", "uuid", "text_sha256"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "story",
        "story_relation",
        "project",
        "uuid",
        "source",
        "part",
        "version",
        "previous",
        "language",
        "languages",
        "attributes",
        "encoding",
        "repairs",
        "warnings",
        "length",
        "text_sha256",
        "created_at",
        "shown",
    ]
    fields = [
        "title",
        "external_id",
        "source_url",
        "published_on",
        *readonly_fields,
    ]

    actions = ["archive_them"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).defer("text")

    @admin.action(description=_("Archive: nobody gets them any more"))
    def archive_them(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """All of them or none."""
        reason = gettext("Archived in the administration.")
        with transaction.atomic():
            for each in queryset.select_related("project"):
                archive(each, reason=reason, by=staff(request), now=timezone.now())
        self.message_user(request, gettext("They are archived."))

    @admin.display(description=_("text"))
    def shown(self, document: Document) -> str:
        return as_text(document.text)


@admin.register(Attribute)
class AttributeAdmin(ReadOnly[Attribute]):
    """Described on the project's page, which sees to the values that do not fit any more."""

    list_display = ["name", "key", "kind", "project", "position"]
    list_filter = ["project", "kind"]
    list_select_related = ["project"]
    search_fields = ["name", "key"]


@admin.register(AcceptedWarning)
class AcceptedWarningAdmin(ReadOnly[AcceptedWarning]):
    list_display = ["warning", "document", "by", "at"]
    list_filter = ["document__project"]
    list_select_related = ["document", "by"]
    search_fields = ["warning", "document__title"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AcceptedWarning]:
        return super().get_queryset(request).defer("document__text")


@admin.register(TextBlock)
class TextBlockAdmin(ReadOnly[TextBlock]):
    list_display = ["document", "index", "project"]
    list_filter = ["project"]
    list_select_related = ["document", "project"]
    search_fields = ["document__title"]
    readonly_fields = ["document", "project", "index", "shown"]
    fields = (*readonly_fields,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TextBlock]:
        return super().get_queryset(request).defer("text", "document__text")

    @admin.display(description=_("text"))
    def shown(self, block: TextBlock) -> str:
        return as_text(block.text)


@admin.register(Passage)
class PassageAdmin(Kept[Passage]):
    """The zone may be set by hand, which confirms it."""

    list_display = ["document", "index", "zone", "language", "why", "zone_confirmed_at"]
    list_filter = ["project", "zone", "language"]
    list_select_related = ["document"]
    search_fields = ["document__title"]
    readonly_fields = [
        "document",
        "project",
        "index",
        "start",
        "end",
        "paragraph",
        "sentence",
        "language",
        "zone_confirmed_at",
        "shown",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        return super().get_queryset(request).defer("document__text")

    @admin.display(description=_("why"), ordering="zone_reason")
    def why(self, passage: Passage) -> str:
        return zone_reason_in_words(passage.zone_reason)

    @admin.display(description=_("text"))
    def shown(self, passage: Passage) -> str:
        return as_text(passage.document.text[passage.start : passage.end])

    def save_model(
        self, request: HttpRequest, obj: Passage, form: ModelForm[Passage], change: bool
    ) -> None:
        obj.zone_confirmed_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(FoldedPassage)
class FoldedPassageAdmin(ReadOnly[FoldedPassage]):
    list_display = ["__str__", "document", "project"]
    list_filter = ["project"]
    list_select_related = ["document", "project"]
    search_fields = ["text", "document__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FoldedPassage]:
        return super().get_queryset(request).defer("document__text", "run")


@admin.register(Archived)
class ArchivedAdmin(ReadOnly[Archived]):
    list_display = ["document", "reason", "by", "at"]
    list_select_related = ["document", "by"]
    search_fields = ["document__title", "reason"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Archived]:
        return super().get_queryset(request).defer("document__text")
