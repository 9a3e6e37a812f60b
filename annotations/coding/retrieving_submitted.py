"""Coded passages of first submissions, where every slot of the document is submitted."""

from __future__ import annotations

from dataclasses import replace

from annotations.assignment.models import Batch
from annotations.project.models import Project

from .retrieving import COLUMNS, WITHIN, Place, Span, Wanted, read
from .sayings import of_both, of_stance, of_theme, texts_saying

MOST = 2_000
"""Documents that one query reads, where those before had nothing that may be shown."""

SUBMITTED = f"""
SELECT {COLUMNS}
  FROM (SELECT (x ->> 'annotation')::uuid AS id, n.document_id, (x ->> 'start')::int AS start,
               (x ->> 'end')::int AS "end",
               x ->> 'theme' AS theme, x ->> 'stance' AS stance, x ->> 'holder_kind' AS holder_kind,
               x ->> 'holder_name' AS holder_name, n.batch_id, NULL::uuid AS assignment
          FROM annotations_snapshot n
          JOIN annotations_assignment a ON a.id = n.assignment_id AND a.state IN ('claimed', 'in_progress', 'submitted')
         CROSS JOIN LATERAL jsonb_array_elements(n.spans) x
         WHERE n.project_id = %(project)s AND n.number = 1 AND n.document_id >= %(document)s
           AND workbench_others_visible(n.batch_id, n.document_id)) f
  JOIN annotations_batch b ON b.id = f.batch_id
 WHERE true {WITHIN}
"""  # noqa: S608 - constants only; what people send is bound


def submitted(project: Project, wanted: Wanted, *, after: Place, limit: int) -> list[Span]:
    """In the order of documents and their text; of a theme or stance only where it was said."""
    said = sayings_of(wanted)
    if said is None:
        return read(SUBMITTED, wanted, after, limit, project=project.pk)
    rounds = rounds_of(project, wanted)
    found: list[Span] = []
    since, most = after.document, limit
    while len(found) < limit:
        texts = texts_saying(said, rounds, since=(since, 0), most=most)
        here = frozenset(document for document, _ in texts)
        if wanted.documents is not None:
            here &= wanted.documents
        if here:
            among = replace(wanted, documents=here)
            found += read(SUBMITTED, among, after, limit, project=project.pk)
        if len(texts) < most:
            break
        # Of the last document all rounds were read.
        since, most = texts[-1][0] + 1, min(2 * most, MOST)
    return found[:limit]


def sayings_of(wanted: Wanted) -> set[str] | None:
    """One of these is said of each document that the labels can be of; None where any may be."""
    themes, stance = wanted.themes, wanted.stance
    if themes is not None:
        return {of_both(key, stance) if stance else of_theme(key) for key in themes}
    return {of_stance(stance)} if stance else None


def rounds_of(project: Project, wanted: Wanted) -> list[int]:
    """Primary keys of the rounds that the labels can be of."""
    if wanted.batch is not None:
        return [wanted.batch]
    rounds = Batch.objects.filter(project=project)
    if wanted.edition is not None:
        rounds = rounds.filter(edition=wanted.edition)
    return list(rounds.values_list("pk", flat=True))
