"""Which documents a manager asked to be listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.corpus.attributes.checking import Kind
from annotations.corpus.attributes.counting import having, lacking
from annotations.corpus.models import Attribute, Document
from annotations.project.models import Project

LONGEST = 200
CURRENT = """
SELECT (SELECT count(*) FROM annotations_document WHERE project_id = %(project)s) - count(*)
  FROM (SELECT previous_id FROM annotations_document WHERE project_id = %(project)s AND previous_id IS NOT NULL
         UNION
        SELECT d.id FROM annotations_archived g JOIN annotations_document d ON d.id = g.document_id
         WHERE d.project_id = %(project)s
         UNION
        SELECT document_id FROM annotations_takedown WHERE project_id = %(project)s) gone
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says; `attribute` is a key, `missing` asks for documents without a value of it."""

    title: str = ""
    language: str = ""
    attribute: str = ""
    value: str = ""
    missing: bool = False
    archived: bool = False

    @classmethod
    def from_query(cls, said: Mapping[str, str]) -> Wanted:
        def text(name: str) -> str:
            return said.get(name, "").replace("\x00", "").strip()[:LONGEST]

        missing = bool(text("missing") and text("attribute"))
        value = "" if missing or not text("attribute") else text("value")
        archived = bool(text("archived"))
        return cls(text("q"), text("language"), text("attribute"), value, missing, archived)

    @property
    def query(self) -> str:
        """As a link repeats it.

        >>> Wanted(title="night", attribute="outlet", missing=True).query
        'q=night&attribute=outlet&missing=1'
        """
        names = ("q", "language", "attribute", "value", "missing", "archived")
        said = (self.title, self.language, self.attribute, self.value)
        flags = ("1" if each else "" for each in (self.missing, self.archived))
        named = zip(names, (*said, *flags), strict=True)
        return urlencode([(name, value) for name, value in named if value])

    def among(self, project: Project) -> QuerySet[Document]:
        """The present versions that fit, in the order they came."""
        every = Document.objects.filter(Q(archived__isnull=False) | Q(taken_down=True))
        rows = every if self.archived else Document.objects.current()
        found = rows.listed().filter(project=project).order_by("pk")
        if self.title:
            found = found.filter(title__icontains=self.title)
        if self.language:
            found = found.filter(language=self.language)
        return self._by_attribute(found, project)

    def count(self, project: Project) -> int:
        """How many of those there are; of all of them what is left out is taken away from the whole."""
        if self != Wanted():
            return self.among(project).count()
        with connection.cursor() as cursor:
            cursor.execute(CURRENT, {"project": project.pk})
            count: int = cursor.fetchone()[0]
        return count

    def _by_attribute(self, found: QuerySet[Document], project: Project) -> QuerySet[Document]:
        if not self.attribute:
            return found
        attribute = Attribute.objects.filter(project=project, key=self.attribute).first()
        if attribute is None:
            return found.none()
        if self.missing:
            return lacking(found, attribute)
        as_kept = Kind(attribute.name, attribute.kind, attribute.choices).settled(self.value)
        return having(found, attribute, value=as_kept or self.value)
