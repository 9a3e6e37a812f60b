"""Changes of state, each with its row, so that who did what and when is never guessed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, BatchDocument, Transition
from annotations.project.models import Coder
from annotations.project.refusals import Invalid, NotNow


class OperationReused(Invalid):
    """One operation id for two different changes."""

    code = "operation-reused"


def locked_work(assignment: Assignment) -> Assignment:
    """Locked after its document in the round, which is the order of claiming."""
    items = BatchDocument.objects.filter(batch=assignment.batch_id, document=assignment.document_id)
    list(items.select_for_update(no_key=True).values_list("pk", flat=True))
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("batch")
    return rows.get(pk=assignment.pk)


def not_from_here(assignment: Assignment) -> NotNow:
    """The refusal of a change that the state of the work does not allow."""
    said = _("The document is %(state)s.") % {"state": assignment.get_state_display()}
    return NotNow(said, state=assignment.state)


# The work and the first row of its history at once.
BEGIN = """
WITH made AS (
  INSERT INTO annotations_assignment
         (uuid, project_id, batch_id, document_id, coder_id, slot, state, claimed_at, last_activity_at)
  VALUES (%(uuid)s, %(project)s, %(batch)s, %(document)s, %(coder)s, %(slot)s, %(state)s, %(now)s, %(now)s)
  RETURNING id, project_id, coder_id, state)
INSERT INTO annotations_transition (project_id, assignment_id, by_id, from_state, to_state, reason, fingerprint, at)
SELECT project_id, id, coder_id, '', state, '', '', %(now)s FROM made RETURNING assignment_id
"""


def begin(item: BatchDocument, coder: Coder, *, slot: int, now: datetime) -> Assignment:
    """Somebody's work on a document of a round, claimed."""
    made = Assignment(
        project_id=item.project_id,
        batch=item.batch,
        document_id=item.document_id,
        coder=coder,
        slot=slot,
        claimed_at=now,
        last_activity_at=now,
    )
    values: dict[str, Any] = {
        "uuid": made.uuid,
        "project": made.project_id,
        "batch": made.batch_id,
        "document": made.document_id,
        "coder": coder.pk,
        "slot": slot,
        "state": made.state,
        "now": now,
    }
    with connection.cursor() as cursor:  # whose audit names who did it
        cursor.execute(BEGIN, values)
        (made.pk,) = cursor.fetchone()
    made._state.adding = False
    return made


def move(
    assignment: Assignment,
    state: str,
    *,
    by: Coder | None,
    now: datetime,
    reason: str = "",
    operation: UUID | None = None,
    fingerprint: str = "",
) -> None:
    """Changes the state and writes its row. The database refuses what the states do not allow."""
    before, assignment.state = assignment.state, state
    assignment.last_activity_at = max(assignment.last_activity_at, now)
    assignment.save(update_fields=["state", "last_activity_at", "submitted_at", "slot"])
    record(
        assignment,
        before=before,
        by=by,
        now=now,
        reason=reason,
        operation=operation,
        fingerprint=fingerprint,
    )


def record(
    assignment: Assignment,
    *,
    before: str,
    by: Coder | None,
    now: datetime,
    reason: str = "",
    operation: UUID | None = None,
    fingerprint: str = "",
) -> None:
    Transition.objects.create(
        project_id=assignment.project_id,
        assignment=assignment,
        by=by,
        from_state=before,
        to_state=assignment.state,
        reason=reason,
        operation=operation,
        fingerprint=fingerprint,
        at=now,
    )


def fingerprint_of(assignment: Assignment, asked: dict[str, Any]) -> str:
    encoded = json.dumps([str(assignment.uuid), asked], sort_keys=True, default=str)
    return hashlib.sha256(encoded.encode()).hexdigest()


def was_done(coder: Coder, operation: UUID | None, fingerprint: str) -> bool:
    """Whether this very change was made before; another one under its id is refused."""
    if operation is None:
        return False
    known = Transition.objects.filter(by=coder, operation=operation).first()
    if known is not None and known.fingerprint != fingerprint:
        raise OperationReused(
            _("This Idempotency-Key was used for another change. Use a new one for each."),
            errors=[],
        )
    return known is not None
