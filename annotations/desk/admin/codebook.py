"""Codebook editions: drafts may be corrected, frozen ones are only read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from annotations.codebook.checking import faults_of
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.desk.admin.base import GoesWhole, Kept
from annotations.desk.admin.trail import Step, parts_trail
from annotations.project.speaking import said

P = TypeVar("P", Theme, StanceValue)


@admin.register(Edition)
class EditionAdmin(GoesWhole[Edition]):
    """Drafted and frozen elsewhere; a draft that nobody wants may be deleted."""

    list_display = ["number", "project", "created_by", "created_at", "frozen_at"]
    list_filter = ["project", "frozen_at"]
    list_select_related = ["project", "created_by"]
    readonly_fields = [
        "project",
        "number",
        "note",
        "changes",
        "created_by",
        "created_at",
        "frozen_at",
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        if obj is None or obj.frozen_at is not None:
            return False
        return super().has_delete_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def further(self, row: Edition) -> Iterable[Step]:
        """Its themes and stances too, those that went included."""
        trails: list[Any] = [getattr(model, "pgh_event_model") for model in (Theme, StanceValue)]  # noqa: B009 - the audit adds it, unknown to types
        return [
            step
            for trail in trails
            for step in parts_trail(trail.objects.filter(edition_id=row.pk), names=["key"])
        ]


if TYPE_CHECKING:
    Form = forms.ModelForm
else:

    class Form(forms.ModelForm):
        """Django's classes take no type in brackets when they run."""

        def __class_getitem__(cls, model: object) -> type:
            return cls


class PartForm(Form[P]):
    """Checks the edition as a whole, with this part as it would be."""

    part: str

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        data = dump_edition(self.instance.edition)
        entry = next(each for each in data[self.part] if each["key"] == self.instance.key)
        entry.update({name: cleaned[name] for name in self.fields})
        at = f"{self.part}.{self.instance.key}."
        for fault in faults_of(data):
            name = fault["field"].removeprefix(at).partition(".")[0].partition("[")[0]
            self.add_error(name if name in self.fields else None, said(fault["detail"]))
        return cleaned


class ThemeForm(PartForm[Theme]):
    part = "themes"


class StanceForm(PartForm[StanceValue]):
    part = "stances"


class PartAdmin(Kept[P]):
    list_filter = ["edition__project", "edition"]
    list_select_related = ["edition__project"]
    search_fields = ["key"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        frozen = obj is not None and obj.edition.frozen_at is not None
        return not frozen and super().has_change_permission(request, obj)


@admin.register(Theme)
class ThemeAdmin(PartAdmin[Theme]):
    form = ThemeForm
    list_display = ["key", "code", "__str__", "parent", "edition", "colour", "hotkey"]
    readonly_fields = ["edition", "key", "parent"]
    list_select_related = ["edition__project", "parent"]


@admin.register(StanceValue)
class StanceAdmin(PartAdmin[StanceValue]):
    form = StanceForm
    list_display = ["key", "__str__", "glyph", "hotkey", "position", "edition"]
    readonly_fields = ["edition", "key"]
