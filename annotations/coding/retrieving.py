"""Coded passages by theme, stance and more: one's own coding, and what was submitted."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from annotations.assignment.models import Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.corpus.attributes.facets import documents_with, facets, value_in_sql
from annotations.project.models import Coder, Project
from annotations.project.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sought; None is any. `themes` holds the keys of a theme and of all under it.

    `batch` and `edition` are primary keys, `documents` those of all documents that may be found.
    """

    themes: tuple[str, ...] | None = None
    stance: str | None = None
    holder: str | None = None
    language: str | None = None
    batch: int | None = None
    edition: int | None = None
    documents: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after this document (primary key), start and id."""

    document: int = 0
    start: int = -1
    id: UUID = UUID(int=0)

    def as_cursor(self) -> str:
        return base64.urlsafe_b64encode(f"{self.document}.{self.start}.{self.id}".encode()).decode()

    @classmethod
    def of_cursor(cls, cursor: str | None) -> Place:
        """
        >>> Place.of_cursor(Place(7, 12).as_cursor()) == Place(7, 12)
        True
        """
        if cursor is None:
            return cls()
        try:
            document, start, id_ = base64.urlsafe_b64decode(cursor.encode()).decode().split(".")
            return cls(min(int(document), 2**63 - 1), min(int(start), 2**31 - 1), UUID(id_))
        except (ValueError, binascii.Error) as error:
            said = _("The cursor is none that was given here.")
            raise Invalid.field("cursor", "cursor", said) from error


@dataclass(frozen=True, slots=True)
class Span:
    """A label on a stretch of a document; `origin` is set on gold."""

    document: int
    batch: str
    id: UUID
    start: int
    end: int
    theme: str
    stance: str | None
    holder_kind: str | None
    holder_name: str | None
    assignment: UUID | None = None
    origin: str | None = None

    @property
    def place(self) -> Place:
        return Place(self.document, self.start, self.id)


# Of what was taken down there is nothing left to read.
ONLY = """
   AND NOT EXISTS (SELECT 1 FROM annotations_takedown w WHERE w.document_id = f.document_id)
   AND (%(themes)s::text[] IS NULL OR f.theme = ANY (%(themes)s::text[]))
   AND (%(stance)s::text IS NULL OR f.stance = %(stance)s)
   AND (%(holder)s::text IS NULL OR f.holder_kind = %(holder)s)
   AND (%(batch)s::bigint IS NULL OR f.batch_id = %(batch)s)
   AND (%(edition)s::bigint IS NULL OR b.edition_id = %(edition)s)
   AND (%(among)s::bigint[] IS NULL OR f.document_id = ANY (%(among)s::bigint[]))
   AND (%(language)s::text IS NULL OR %(language)s = (
         SELECT coalesce(nullif(p.language, ''), d.language)
           FROM annotations_passage p JOIN annotations_document d ON d.id = p.document_id
          WHERE p.document_id = f.document_id AND p."end" > f.start ORDER BY p.index LIMIT 1))
"""
WITHIN = f"""{ONLY}
   AND (f.document_id, f.start, f.id) > (%(document)s, %(start)s, %(id)s)
 ORDER BY f.document_id, f.start, f.id LIMIT %(limit)s
"""
COLUMNS = """f.document_id, b.name, f.id, f.start, f."end", f.theme, f.stance, f.holder_kind, f.holder_name,
       f.assignment"""
OWN_LABELS = """
  FROM (SELECT n.id, n.document_id, n.start, n."end", t.key AS theme, s.key AS stance, n.holder_kind, n.holder_name,
               a.batch_id, a.uuid AS assignment
          FROM annotations_annotation n
          JOIN annotations_assignment a ON a.id = n.assignment_id
          JOIN annotations_theme t ON t.id = n.theme_id
          LEFT JOIN annotations_stancevalue s ON s.id = n.stance_id
         WHERE n.coder_id = %(coder)s AND NOT n.deleted {of}) f
  JOIN annotations_batch b ON b.id = f.batch_id
"""
OWN = f"SELECT {COLUMNS} {OWN_LABELS} WHERE true {WITHIN}"


def own(coder: Coder, wanted: Wanted, *, after: Place, limit: int) -> list[Span]:
    """The coder's own annotations as they stand, in the order of documents and their text."""
    if wanted.themes is None:
        return read(OWN.format(of=""), wanted, after, limit, coder=coder.pk)
    known = Theme.objects.filter(edition__project=coder.project_id, key__in=wanted.themes)
    # Each theme by itself, so that its part of the index gives the page.
    each = [OWN.format(of=f"AND n.theme_id = {pk:d}") for pk in known.values_list("pk", flat=True)]
    of_all = " UNION ALL ".join(f"({one})" for one in each)
    query = f"SELECT * FROM ({of_all}) f ORDER BY document_id, start, id LIMIT %(limit)s"  # noqa: S608 - constants and whole numbers
    return read(query, wanted, after, limit, coder=coder.pk)


def own_counts(coder: Coder, facet: str, wanted: Wanted) -> dict[tuple[str, str, str], int]:
    """How many of the coder's own there are of each theme, stance and value of the facet."""
    counted = f"""SELECT f.theme, coalesce(f.stance, ''), {value_in_sql(facet)}, count(*)
      {OWN_LABELS.format(of="")} JOIN annotations_document d ON d.id = f.document_id
     WHERE true {ONLY} GROUP BY 1, 2, 3"""
    values = {**_values(wanted), "coder": coder.pk, "facet": facet}
    with connection.cursor() as cursor:
        cursor.execute(counted, values)
        return {(theme, stance, value): n for theme, stance, value, n in cursor.fetchall()}


def read(query: str, wanted: Wanted, after: Place, limit: int, **of_whom: Any) -> list[Span]:
    """What a query of the layers finds after the place, in the order of documents and text."""
    values = {
        **_values(wanted),
        "document": after.document,
        "start": after.start,
        "id": after.id,
        "limit": limit,
        **of_whom,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [Span(*row) for row in cursor.fetchall()]


def _values(wanted: Wanted) -> dict[str, Any]:
    return {
        "themes": None if wanted.themes is None else list(wanted.themes),
        "stance": wanted.stance,
        "holder": wanted.holder,
        "language": wanted.language,
        "batch": wanted.batch,
        "edition": wanted.edition,
        "among": None if wanted.documents is None else sorted(wanted.documents),
    }


def wanted_of(project: Project, asked: dict[str, str]) -> Wanted:
    """`asked` holds theme, stance, holder, language, batch, edition, attribute with value, or some.

    Invalid for unknown ones.
    """
    given = {name: value for name, value in asked.items() if value}
    theme, stance, holder = given.get("theme"), given.get("stance"), given.get("holder")
    family = None if theme is None else themes_under(project, theme)
    if family is not None and not family:
        raise _unknown("theme")
    stances = StanceValue.objects.filter(edition__project=project)
    if stance is not None and not stances.filter(key=stance).exists():
        raise _unknown("stance")
    if holder is not None and holder not in HolderKind.values:
        raise _unknown("holder")
    return Wanted(
        family,
        stance,
        holder,
        given.get("language"),
        batch_of(project, given["batch"]) if "batch" in given else None,
        edition_of(project, given["edition"]) if "edition" in given else None,
        _documents(project, given["attribute"], given.get("value", ""))
        if "attribute" in given
        else None,
    )


def edition_of(project: Project, number: str) -> int:
    known = number.isascii() and number.isdigit() and len(number) < 7
    rows = Edition.objects.filter(project=project, number=int(number) if known else 0)
    if (found := rows.only("pk").first()) is None:
        raise _unknown("edition")
    return found.pk


def _documents(project: Project, facet: str, value: str) -> frozenset[int]:
    if facet not in facets(project):
        raise _unknown("attribute")
    return documents_with(project, facet, value)


def themes_under(project: Project, key: str) -> tuple[str, ...]:
    """The theme and all under it, at any depth and in any edition; empty if there is none."""
    rows = Theme.objects.filter(edition__project=project).values_list("key", "parent__key")
    pairs = set(rows)
    if not any(known == key for known, _parent in pairs):
        return ()
    found = {key}
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return tuple(sorted(found))


def batch_of(project: Project, uuid: str) -> int:
    try:
        found = Batch.objects.filter(project=project, uuid=UUID(uuid)).only("pk").first()
    except ValueError:
        found = None
    if found is None:
        raise _unknown("batch")
    return found.pk


def _unknown(field: str) -> Invalid:
    detail = _("This project has no such %(field)s.") % {"field": field}
    return Invalid.field(field, "filter-value", detail)
