"""A document and an assignment as JSON, for the coding page and for tools."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from annotations.assignment.models import Assignment
from annotations.coding.answers import STANDING, Work
from annotations.corpus.gone import taken_down
from annotations.corpus.speaking import zone_reason_in_words
from annotations.project.database import prepared
from annotations.project.refusals import NotVisible

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi"}


def direction(language: str) -> str:
    return "rtl" if language[:2] in RIGHT_TO_LEFT else "ltr"


def work_of(assignment: Assignment) -> Work:
    return Work(
        id=assignment.pk,
        uuid=assignment.uuid,
        coder_id=assignment.coder_id,
        edition_id=assignment.batch.edition_id,
    )


SAID = """a.uuid, o.slug, b.name, e.number, d.uuid, d.title, a.slot, a.state, a.claimed_at, a.last_activity_at,
       a.submitted_at, (SELECT count(*) FROM annotations_snapshot s WHERE s.assignment_id = a.id)"""
ONE = f"""
SELECT {SAID}
  FROM annotations_assignment a
  JOIN annotations_project o ON o.id = a.project_id
  JOIN annotations_batch b ON b.id = a.batch_id
  JOIN annotations_edition e ON e.id = b.edition_id
  JOIN annotations_document d ON d.id = a.document_id
 WHERE a.id = %(assignment)s
"""  # noqa: S608 - constants only; what people send is bound


def assignment_json(assignment: Assignment) -> dict[str, Any]:
    """As it is in the database now: one question, and no text of a document is fetched for it."""
    row = prepared(ONE, {"assignment": assignment.pk})
    if row is None:
        raise NotVisible
    return _assignment(*row)


def _assignment(
    uuid: UUID,
    project: str,
    batch: str,
    edition: int,
    document: UUID,
    title: str,
    slot: int,
    state: str,
    claimed_at: datetime,
    last_activity_at: datetime,
    submitted_at: datetime | None,
    submissions: int,
) -> dict[str, Any]:
    return {
        "id": str(uuid),
        "project": project,
        "batch": batch,
        "edition": edition,
        "document": str(document),
        "title": title,
        "slot": slot,
        "state": state,
        "claimed_at": claimed_at.isoformat(),
        "last_activity_at": last_activity_at.isoformat(),
        "submitted_at": submitted_at.isoformat() if submitted_at else None,
        "submissions": submissions,
    }


OPEN = f"""
SELECT d.uuid, o.slug, d.title, d.language, d.source_url, d.published_on, d.attributes, d.length, d.text, d.text_sha256,
       said.passages, said.reasons, ({STANDING}),
       {SAID}
  FROM annotations_document d
  JOIN annotations_project o ON o.id = d.project_id
  LEFT JOIN annotations_assignment a ON a.id = %(assignment)s::bigint AND a.document_id = d.id
  LEFT JOIN annotations_batch b ON b.id = a.batch_id
  LEFT JOIN annotations_edition e ON e.id = b.edition_id
 CROSS JOIN LATERAL (
  SELECT string_agg(row_to_json(p)::text, ',' ORDER BY p.index) AS passages,
         array_agg(DISTINCT to_json(p.zone_reason)::text) FILTER (WHERE p.zone_reason <> '') AS reasons
    FROM (SELECT index, start, "end", paragraph, sentence, nullif(language, '') AS language, zone, zone_reason
            FROM annotations_passage WHERE document_id = d.id) p) said
 WHERE d.uuid = %(document)s AND (a.id IS NOT NULL OR %(assignment)s::bigint IS NULL)
"""  # noqa: S608 - constants only; what people send is bound


def document_json(document: UUID, *, assignment: int | None) -> str:
    """`annotations` are those of the assignment with that id, which is the reader's own or None.

    One statement, planned once, in which the database writes the long lists: ten thousand passages
    need no objects here. Raises NotVisible where the assignment is to another document, TakenDown
    where the text is gone.
    """
    row = prepared(OPEN, {"document": document, "assignment": assignment})
    if row is None:
        raise NotVisible
    (uuid, project, title, language, address, published_on, attributes, length, text, sha256) = row[
        :10
    ]
    if not text:
        raise taken_down(document)
    passages, reasons, annotations = row[10:13]
    said = {
        "id": str(uuid),
        "project": project,
        "title": title,
        "language": language or None,
        "dir": direction(language),
        "source_url": address or None,
        "published_on": published_on.isoformat() if published_on else None,
        # The database’s own cursor gives JSON as it is written.
        "attributes": json.loads(attributes) if isinstance(attributes, str) else attributes,
        "offset_unit": "codepoint",
        "length": length,
        "text": text,
        "text_sha256": sha256,
        "assignment": _assignment(*row[13:]) if assignment is not None else None,
    }
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).removesuffix("}")
    passages = _in_words(passages or "", reasons or ())
    return f'{head},"passages":[{passages}],"annotations":[{annotations or ""}]}}'


def _in_words(passages: str, reasons: Iterable[str]) -> str:
    """The passages with their reasons in the language of the reader; both are JSON.

    A name with its quotes and colon stands in no string of JSON, so nothing else is found.
    """
    for reason in reasons:
        stored = json.loads(reason)
        spoken = zone_reason_in_words(stored)
        if spoken != stored:
            name = '"zone_reason":'
            passages = passages.replace(f"{name}{reason}", f"{name}{json.dumps(spoken)}")
    return passages
