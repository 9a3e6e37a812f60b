"""Which documents a coder can be given: seats of their own, then what is free in open queues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from annotations.assignment.models import Allocation, Batch, BatchDocument
from annotations.project.database import prepared
from annotations.project.models import Coder

# Of a round (b), a document of it (i, d) and the coder's hand there (h): the round is open, and the coder has not left
# it, does not hold the document, nor had and skipped it; it is neither archived nor gone.
# What must not be is asked as a value, (SELECT 1 …) IS NULL, row by row: of NOT EXISTS the planner makes a join.
# By + 0 nothing but the document leads to its assignments: it has a few of them, a round or a person thousands, which
# the planner does not know where they came a moment ago.
MAY = """
 WHERE b.project_id = %(project)s AND b.opened_at IS NOT NULL AND b.closed_at IS NULL AND h.left_at IS NULL
   AND (SELECT 1 FROM annotations_assignment a
         WHERE a.document_id = i.document_id AND a.batch_id + 0 = i.batch_id AND a.coder_id + 0 = %(coder)s
           AND a.state NOT IN ('expired', 'released') LIMIT 1) IS NULL
   AND (SELECT 1 FROM annotations_archived g WHERE g.document_id = i.document_id LIMIT 1) IS NULL
   AND NOT d.taken_down
"""
OFFERED = f"""
  FROM annotations_batchdocument i
  JOIN annotations_batch b ON b.id = i.batch_id
  JOIN annotations_document d ON d.id = i.document_id
  LEFT JOIN annotations_hand h ON h.batch_id = b.id AND h.coder_id = %(coder)s
{MAY}"""

# A free slot of an open queue: nobody works in it and it is nobody's seat. Not what two people skipped; not one
# of a story they hold in the batch (unless planned), nor what their part in the round leaves out; of a retest only
# what they coded before. The lease of somebody who has been away longer than the batch allows gives its slot up,
# which matters only because someone is waiting here.
QUEUED = """
   AND (SELECT 1 FROM annotations_seat s WHERE s.batch_id = i.batch_id AND s.document_id = i.document_id
           AND s.coder_id = %(coder)s AND s.freed_at IS NULL LIMIT 1) IS NULL
   AND NOT i."full" AND b.allocation = 'queue' AND (b.open_to_all OR h.id IS NOT NULL)
   AND (SELECT count(*) FROM annotations_assignment a
         WHERE a.document_id = i.document_id AND a.batch_id + 0 = i.batch_id
           AND a.state IN ('claimed', 'in_progress', 'submitted')
           AND (a.state = 'submitted' OR NOT %(expiring)s
                OR a.last_activity_at >= %(now)s::timestamptz - make_interval(days => b.lease_days)))
     + (SELECT count(*) FROM annotations_seat o
         WHERE o.batch_id = i.batch_id AND o.document_id = i.document_id AND o.freed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM annotations_assignment a
                 WHERE a.batch_id = o.batch_id AND a.document_id = o.document_id AND a.slot = o.slot
                   AND a.state IN ('claimed', 'in_progress', 'submitted')))
       < coalesce(i.slots, b.slots)
   AND (SELECT count(*) FROM annotations_assignment a
         WHERE a.document_id = i.document_id AND a.batch_id + 0 = i.batch_id AND a.state = 'skipped') < 2
   AND (b.same_story OR d.story_id IS NULL OR NOT EXISTS (
         SELECT 1 FROM annotations_assignment a JOIN annotations_document o ON o.id = a.document_id
          WHERE a.batch_id = b.id AND a.coder_id = %(coder)s AND o.story_id = d.story_id
            AND a.state IN ('claimed', 'in_progress', 'submitted')))
   AND (b.kind <> 'retest' OR EXISTS (SELECT 1 FROM annotations_assignment a
         WHERE a.document_id = i.document_id AND a.coder_id + 0 = %(coder)s AND a.batch_id <> b.id
           AND a.state = 'submitted'))
   AND (h.id IS NULL OR cardinality(h.languages) = 0 OR d.language = ANY (h.languages))
   AND (h.most IS NULL OR h.most > (SELECT count(*) FROM annotations_assignment a
         WHERE a.batch_id = b.id AND a.coder_id = %(coder)s
           AND a.state IN ('claimed', 'in_progress', 'submitted')))
   AND (SELECT 1 FROM annotations_exclusion x
         WHERE x.hand_id = h.id AND x.document_id = i.document_id LIMIT 1) IS NULL
"""

OWN_SEAT = """
   AND EXISTS (SELECT 1 FROM annotations_seat s WHERE s.batch_id = i.batch_id AND s.document_id = i.document_id
         AND s.coder_id = %(coder)s AND s.freed_at IS NULL)
"""

# One table, in its order, and all that is asked of a row is one value of which the planner guesses that half pass: so
# it has nothing to join or sort, whatever it knows, or does not know yet, of a round of 100,000 documents. What one had
# oneself is looked at first, for whoever codes alone walks past all of that.
WALKED = f"""
SELECT i.id, i.project_id, i.document_id, i.slots
  FROM annotations_batchdocument i
 WHERE i.batch_id = %(batch)s AND NOT i."full"
   AND CASE WHEN (SELECT 1 FROM annotations_assignment a
                   WHERE a.document_id = i.document_id AND a.batch_id + 0 = i.batch_id AND a.coder_id + 0 = %(coder)s
                     AND a.state IN ('claimed', 'in_progress', 'submitted') LIMIT 1) IS NOT NULL THEN false
            ELSE (SELECT true FROM annotations_batch b
                    JOIN annotations_document d ON d.id = i.document_id
                    LEFT JOIN annotations_hand h ON h.batch_id = b.id AND h.coder_id = %(coder)s
                  {MAY} AND b.id = i.batch_id {QUEUED})
        END
 ORDER BY i.position LIMIT 1 FOR UPDATE OF i SKIP LOCKED
"""  # noqa: S608 - constants only; what people send is bound
# Two who claim at once share the queue by passing each other by; for seats of their own they wait. What is full comes
# last: a seat there is one that others have coded past.
SEATED = f"""
SELECT i.id
  FROM annotations_batchdocument i
 WHERE i.batch_id = %(batch)s {{not_full}}
   AND CASE WHEN (SELECT 1 FROM annotations_seat s
                   WHERE s.batch_id = i.batch_id AND s.document_id = i.document_id AND s.coder_id = %(coder)s
                     AND s.freed_at IS NULL LIMIT 1) IS NULL THEN false
            ELSE (SELECT true FROM annotations_batch b
                    JOIN annotations_document d ON d.id = i.document_id
                    LEFT JOIN annotations_hand h ON h.batch_id = b.id AND h.coder_id = %(coder)s
                  {MAY} AND b.id = i.batch_id)
        END
 ORDER BY i.position LIMIT 1 FOR UPDATE OF i
"""  # noqa: S608 - constants only; what people send is bound
SEATS = [SEATED.format(not_full=each) for each in ('AND NOT i."full"', "")]
# What a coder holds already, the open rounds where they have seats, and the open queues of the project in their order.
LOOK = """
SELECT (SELECT a.id FROM annotations_assignment a JOIN annotations_batch b ON b.id = a.batch_id
         WHERE a.coder_id = %(coder)s AND a.project_id + 0 = %(project)s AND a.state IN ('claimed', 'in_progress')
           AND b.opened_at IS NOT NULL AND b.closed_at IS NULL
         ORDER BY a.claimed_at, a.id LIMIT 1),
       ARRAY(SELECT r.id FROM annotations_batch r
              WHERE r.project_id = %(project)s AND r.opened_at IS NOT NULL AND r.closed_at IS NULL
                AND (SELECT 1 FROM annotations_seat s
                      WHERE s.batch_id = r.id AND s.coder_id = %(coder)s AND s.freed_at IS NULL LIMIT 1) IS NOT NULL
              ORDER BY r.id),
       array_agg(q.id ORDER BY q.id), array_agg(q.slots ORDER BY q.id), array_agg(q.lease_days ORDER BY q.id)
  FROM annotations_batch q
 WHERE q.project_id = %(project)s AND q.opened_at IS NOT NULL AND q.closed_at IS NULL AND q.allocation = 'queue'
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Of what the coder has open `held` is the key, `seated` are those of rounds; all in their order."""

    held: int | None
    seated: list[int]
    queues: list[Batch]


def look(coder: Coder) -> Look:
    """What there is for a coder before any document is looked at."""
    held, seated, *queues = prepared(LOOK, _values(coder)) or (None, [])
    rows = zip(*(each or () for each in queues), strict=True)
    return Look(held, seated, [_queue(*row, project=coder.project_id) for row in rows])


def _queue(pk: int, slots: int, lease_days: int, *, project: int) -> Batch:
    """As much of it as a claim asks for."""
    allocation = Allocation.QUEUE
    return Batch(
        pk=pk, project_id=project, slots=slots, lease_days=lease_days, allocation=allocation
    )


def offered_seat(coder: Coder, rounds: Iterable[int]) -> BatchDocument | None:
    """The next document of the rounds where they have a seat, locked."""
    for batch in rounds:
        for statement in SEATS:
            row = prepared(statement, _values(coder) | {"batch": batch})
            if row is not None:
                return BatchDocument.objects.select_related("batch").get(pk=row[0])
    return None


def offered_slot(
    coder: Coder, queues: Iterable[Batch], *, now: datetime, expiring: bool
) -> BatchDocument | None:
    """The next document of the queues with a slot for them, locked; one round after the other."""
    for batch in queues:
        values = {"now": now, "expiring": expiring, "batch": batch.pk}
        row = prepared(WALKED, _values(coder) | values)
        if row is not None:
            pk, project, document, slots = row
            return BatchDocument(
                pk=pk, project_id=project, batch=batch, document_id=document, slots=slots
            )
    return None


def count_offered(coder: Coder) -> int:
    """How many documents they could be given now, leases in force."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*){OFFERED}{OWN_SEAT}) + (SELECT count(*){OFFERED}{QUEUED})",
            _values(coder) | {"now": None, "expiring": False},
        )
        count: int = cursor.fetchone()[0]
    return count


def _values(coder: Coder) -> dict[str, Any]:
    return {"project": coder.project_id, "coder": coder.pk}


# The slots of a document in a round that are worked in, that are somebody's seat, and that are the coder's own; and
# what they had of it before.
AROUND = """
SELECT array_agg(slot) FILTER (WHERE live), array_agg(slot) FILTER (WHERE NOT live),
       array_agg(slot) FILTER (WHERE NOT live AND coder_id = %(coder)s),
       (SELECT a.id FROM annotations_assignment a
         WHERE a.document_id = %(document)s AND a.batch_id + 0 = %(batch)s AND a.coder_id + 0 = %(coder)s
         ORDER BY a.id LIMIT 1)
  FROM (SELECT slot, coder_id, false AS live FROM annotations_seat
         WHERE batch_id = %(batch)s AND document_id = %(document)s AND freed_at IS NULL
        UNION ALL
        SELECT slot, coder_id, true FROM annotations_assignment
         WHERE document_id = %(document)s AND batch_id + 0 = %(batch)s
           AND state IN ('claimed', 'in_progress', 'submitted')) AS around
"""


def slot_and_earlier(item: BatchDocument, coder: Coder) -> tuple[int | None, int | None]:
    """The slot that the coder may take: of their seat, or in a queue the lowest that nobody has.

    With it the key of what they had of the document in this round before.
    """
    place = {"batch": item.batch_id, "document": item.document_id, "coder": coder.pk}
    row = prepared(AROUND, place) or (None, None, None, None)
    held, sitting, own = (set(each or ()) for each in row[:3])
    if own or item.batch.allocation == Allocation.PLANNED:
        return next((slot for slot in sorted(own) if slot not in held), None), row[3]
    slots = range(1, (item.slots or item.batch.slots) + 1)
    return next((slot for slot in slots if slot not in held | sitting), None), row[3]


def free_slot(item: BatchDocument, coder: Coder) -> int | None:
    """The slot of `slot_and_earlier` alone."""
    return slot_and_earlier(item, coder)[0]
