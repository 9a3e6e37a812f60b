"""What was saved, as it is answered: one revision each, and their histories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from annotations.project.refusals import NotVisible


@dataclass(frozen=True, slots=True)
class Work:
    """The assignment that is written to, with what a save has to know of it."""

    id: int
    uuid: UUID
    coder_id: int
    edition_id: int


@dataclass(frozen=True, slots=True)
class Saved:
    """An annotation as one revision left it, and whether that revision made it."""

    annotation: dict[str, Any]
    created: bool

    @property
    def etag(self) -> str:
        return f'"{self.annotation["revision"]}"'


ROW = """
SELECT r.annotation_id, a.uuid, r.start, r."end", r.quote, t.key, s.key, r.holder_kind, r.holder_name, r.certainty,
       r.memo, r.number, r.deleted, r.created_at, r.late,
       coalesce((SELECT f.created_at FROM annotations_revision f
                  WHERE f.annotation_id = r.annotation_id AND f.number = 1), r.created_at)
  FROM {revisions} r
  JOIN annotations_assignment a ON a.id = r.assignment_id
  JOIN annotations_theme t ON t.id = r.theme_id
  LEFT JOIN annotations_stancevalue s ON s.id = r.stance_id
"""


def current(work: Work, annotation: UUID) -> dict[str, Any]:
    """The annotation as it stands, for somebody who was about to overwrite it."""
    with connection.cursor() as cursor:
        cursor.execute(
            ROW.format(revisions="annotations_revision")
            + "WHERE r.annotation_id = %s AND r.assignment_id = %s ORDER BY r.number DESC LIMIT 1",
            [annotation, work.id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotVisible
    return saved_of(row).annotation


def history(work: Work, annotation: UUID) -> list[dict[str, Any]]:
    """Every revision, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            ROW.format(revisions="annotations_revision")
            + "WHERE r.annotation_id = %s AND r.assignment_id = %s ORDER BY r.number",
            [annotation, work.id],
        )
        return [saved_of(row).annotation for row in cursor.fetchall()]


def _as_written(column: str) -> str:
    """SQL of a time as `saved_of` writes it."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""


# SQL of the annotations of an assignment that were not withdrawn, in text order: JSON objects of the
# shape that `saved_of` gives, with commas between them. Late ones are rare: they are looked up once for
# the whole assignment, in a form that the planner hashes whatever it knows of the tables.
STANDING = f"""
SELECT string_agg(row_to_json(said)::text, ',' ORDER BY said.start, said."end", said.id) FROM (
  SELECT n.id, (SELECT uuid FROM annotations_assignment WHERE id = %(assignment)s::bigint) AS assignment,
         'codepoint' AS offset_unit, n.start, n."end", n.quote, t.key AS theme, s.key AS stance,
         CASE WHEN n.holder_kind IS NOT NULL
              THEN json_build_object('kind', n.holder_kind, 'name', n.holder_name) END AS holder,
         n.certainty, n.memo, n.revision, n.deleted,
         (n.id, n.revision) IN (SELECT r.annotation_id, r.number FROM annotations_revision r
                                 WHERE r.assignment_id = %(assignment)s::bigint AND r.late) AS late,
         {_as_written("n.created_at")} AS created_at, {_as_written("n.updated_at")} AS updated_at
    FROM annotations_annotation n
    JOIN annotations_theme t ON t.id = n.theme_id
    LEFT JOIN annotations_stancevalue s ON s.id = n.stance_id
   WHERE n.assignment_id = %(assignment)s::bigint AND NOT n.deleted) said
"""  # noqa: S608 - constants only; what people send is bound


def saved_of(row: tuple[Any, ...]) -> Saved:
    (id_, assignment, start, end, quote, theme, stance, kind, name, certainty, memo) = row[:11]
    number, deleted, at, late, created_at = row[11:]
    return Saved(
        annotation={
            "id": str(id_),
            "assignment": str(assignment),
            "offset_unit": "codepoint",
            "start": start,
            "end": end,
            "quote": quote,
            "theme": theme,
            "stance": stance,
            "holder": None if kind is None else {"kind": kind, "name": name},
            "certainty": certainty,
            "memo": memo,
            "revision": number,
            "deleted": deleted,
            "late": late,
            "created_at": created_at.isoformat(timespec="microseconds"),
            "updated_at": at.isoformat(timespec="microseconds"),
        },
        created=number == 1,
    )
