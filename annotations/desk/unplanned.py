"""Documents that are in no round yet, as forms offer them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from annotations.assignment.models import BatchDocument
from annotations.corpus.models import Document
from annotations.project.lately import lately
from annotations.project.models import Project

MOST_LISTED = 500
# Whatever comes to a project or to a round has a key beyond those there were; what is archived can come back.
MARK = """
SELECT coalesce((SELECT max(id) FROM annotations_document WHERE project_id = %(project)s), 0)
         - coalesce((SELECT min(id) FROM annotations_document WHERE project_id = %(project)s), 0),
       md5(concat_ws('-', (SELECT max(id) FROM annotations_document WHERE project_id = %(project)s),
         (SELECT string_agg(b.id || '.' || (SELECT max(position) FROM annotations_batchdocument WHERE batch_id = b.id),
                            '_' ORDER BY b.id) FROM annotations_batch b WHERE b.project_id = %(project)s),
         (SELECT max(id) FROM annotations_archived), (SELECT count(*) FROM annotations_archived),
         (SELECT max(id) FROM annotations_takedown WHERE project_id = %(project)s)))
"""


@dataclass(frozen=True, slots=True)
class Offered:
    """How many there are, and the first of them, oldest first."""

    count: int
    first: list[Document]


def unplanned(project: Project) -> QuerySet[Document]:
    """Documents that are in no round yet, oldest first."""
    planned = BatchDocument.objects.filter(project=project).values("document")
    rows = Document.objects.current().listed().filter(project=project)
    return rows.exclude(pk__in=planned).order_by("pk")


def offered(project: Project) -> Offered:
    """Of a large project they are looked for again once something they follow from has changed."""
    size, mark = _mark(project)
    found = unplanned(project)

    def look() -> tuple[int, list[int]]:
        return found.count(), list(found.values_list("pk", flat=True)[:MOST_LISTED])

    count, keys = lately(f"unplanned-{project.pk}-{mark}", look, rows=lambda known: size)
    rows = Document.objects.filter(pk__in=keys).defer("text").order_by("pk")
    return Offered(count, list(rows) if keys else [])


def _mark(project: Project) -> tuple[int, str]:
    """How far its keys go, which is about how many documents it has; and what changes with them."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"project": project.pk})
        size, mark = cursor.fetchone()
    return size, mark
