"""What documents can be told apart by: language, month and year of publication, every attribute."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from annotations.corpus.models import Attribute, Document
from annotations.project.models import Project

LANGUAGE, MONTH, YEAR = ".language", ".month", ".year"
"""No key of an attribute has a dot."""


def facets(project: Project) -> dict[str, str]:
    """Key → name as people read it; attributes in their order."""
    own = Attribute.objects.filter(project=project).order_by("position", "key")
    return {
        LANGUAGE: _("Language"),
        MONTH: _("Month of publication"),
        YEAR: _("Year of publication"),
        **{each.key: each.name for each in own},
    }


def values_of(
    project: Project, facet: str, *, among: Collection[int] | None = None
) -> dict[int, str]:
    """What each document has, by primary key; empty where it has none. All of them, or some."""
    rows = Document.objects.filter(project=project)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if facet == LANGUAGE:
        return dict(rows.values_list("pk", "language"))
    if facet in {MONTH, YEAR}:
        length = 7 if facet == MONTH else 4
        return {
            pk: day.isoformat()[:length] if day else ""
            for pk, day in rows.values_list("pk", "published_on")
        }
    return {
        pk: next((each["value"] for each in held if each["key"] == facet), "")
        for pk, held in rows.values_list("pk", "attributes")
    }


def documents_with(project: Project, facet: str, value: str) -> frozenset[int]:
    """Primary keys of those that have exactly this value; with an empty one, those without any."""
    found = values_of(project, facet).items()
    return frozenset(pk for pk, each in found if each == value)


def value_in_sql(facet: str) -> str:
    """The same of a document `d`, as PostgreSQL is asked for it; an attribute's key is `%(facet)s`."""
    plain = {
        LANGUAGE: "d.language",
        MONTH: "coalesce(to_char(d.published_on, 'YYYY-MM'), '')",
        YEAR: "coalesce(to_char(d.published_on, 'YYYY'), '')",
    }
    held = """coalesce((SELECT x ->> 'value' FROM jsonb_array_elements(d.attributes) x
                         WHERE x ->> 'key' = %(facet)s LIMIT 1), '')"""
    return plain.get(facet, held)
