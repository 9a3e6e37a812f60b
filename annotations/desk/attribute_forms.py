"""A document's attributes as fields of a form, and as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.corpus.attributes.checking import FALSE, TRUE
from annotations.corpus.models import Attribute, AttributeKind, Document
from annotations.project.models import Project
from annotations.project.speaking import said

PREFIX = "attribute-"


@dataclass(frozen=True, slots=True)
class Field:
    """`options` are (value, label) where there is a list to choose from."""

    attribute: Attribute
    value: str
    options: list[tuple[str, str]]
    error: str = ""

    @property
    def name(self) -> str:
        return PREFIX + self.attribute.key

    @property
    def input_type(self) -> str:
        return "date" if self.attribute.kind == AttributeKind.DATE else "text"

    @property
    def shown(self) -> str:
        return in_words(self.value, self.attribute.kind)


def attributes_of(project: Project) -> dict[str, Attribute]:
    return {each.key: each for each in Attribute.objects.filter(project=project)}


def fields_of(
    document: Document, typed: Mapping[str, str] | None = None, errors: Iterable[Any] = ()
) -> list[Field]:
    """What was typed goes before what is kept, each with its error."""
    kept = {each["key"]: str(each["value"]) for each in document.attributes} | dict(typed or {})
    wrong = {each["field"].removeprefix("attributes."): each["detail"] for each in errors}
    return [
        Field(each, kept.get(key, ""), _options(each), said(wrong.get(key, "")))
        for key, each in attributes_of(document.project).items()
    ]


def values_in(posted: QueryDict) -> dict[str, str]:
    """By key, of the fields `attribute-<key>`."""
    return {
        name.removeprefix(PREFIX): str(value).replace("\x00", "")
        for name, value in posted.items()
        if name.startswith(PREFIX)
    }


def told(document: Document, known: Mapping[str, Attribute]) -> list[tuple[Attribute, str, str]]:
    """(attribute, value, value in words) for a list, in the project's order."""
    kept = {each["key"]: str(each["value"]) for each in document.attributes}
    return [
        (each, kept[key], in_words(kept[key], each.kind))
        for key, each in known.items()
        if key in kept
    ]


def in_words(value: str, kind: str) -> str:
    """As its reader writes it."""
    if kind == AttributeKind.FLAG:
        return {TRUE: _("yes"), FALSE: _("no")}.get(value, value)
    if kind == AttributeKind.DATE and value:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return value


def _options(attribute: Attribute) -> list[tuple[str, str]]:
    if attribute.kind == AttributeKind.FLAG:
        return [(TRUE, _("yes")), (FALSE, _("no"))]
    if attribute.kind == AttributeKind.CHOICE:
        return [(each, each) for each in map(str, attribute.choices)]
    return []
