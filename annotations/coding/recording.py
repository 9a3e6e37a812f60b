"""Saving: annotate, revise, withdraw. One INSERT into Revision each; its trigger does the rest."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from annotations.codebook.reading import lookup
from annotations.coding.answers import ROW, Saved, Work, current, saved_of
from annotations.coding.bodies import Body, fingerprint
from annotations.project.database import (
    Condition,
    NotProvided,
    OperationKnown,
    prepared,
    refusals,
)
from annotations.project.refusals import Invalid, NotNow, Stale


class AssignmentSubmitted(NotNow):
    """A save on work that is submitted; it can be taken back until adjudication starts."""

    code = "assignment-submitted"


class OperationReused(Invalid):
    """One operation id for two different saves."""

    code = "operation-reused"


COLUMNS = """annotation_id, assignment_id, coder_id, document_id, project_id, operation, fingerprint, number, base,
  deleted, start, "end", quote, theme_id, stance_id, holder_kind, holder_name, certainty, memo, late,
  after_discussion, created_at"""

INSERT = f"""
INSERT INTO annotations_revision ({COLUMNS})
SELECT %(annotation)s::uuid, %(assignment)s::bigint, %(coder)s::bigint, 0, 0, %(operation)s::uuid, %(fingerprint)s, 0,
  %(base)s::int, %(deleted)s::bool, %(start)s::int, %(end)s::int, %(quote)s, %(theme)s::bigint, %(stance)s::bigint,
  %(holder_kind)s, %(holder_name)s, %(certainty)s::smallint, %(memo)s, false, false, %(now)s::timestamptz
 {{condition}}
RETURNING annotation_id, start, "end", quote, theme_id, stance_id, holder_kind, holder_name, certainty, memo,
  number, deleted, created_at, late,
  CASE WHEN number = 1 THEN created_at
       ELSE coalesce((SELECT n.created_at FROM annotations_annotation n WHERE n.id = annotation_id), created_at) END
"""  # noqa: S608 - constants only; what people send is bound


def annotate(
    work: Work,
    annotation: UUID,
    body: Body,
    *,
    operation: UUID,
    now: datetime,
    provided: Condition | None = None,
) -> Saved:
    """A new annotation under the id that its browser gave it.

    `provided` is a condition on the work that is checked as it is written; NotProvided if it fails.
    """
    return _save(work, annotation, body, base=None, operation=operation, now=now, provided=provided)


def revise(
    work: Work,
    annotation: UUID,
    body: Body,
    *,
    base: int,
    operation: UUID,
    now: datetime,
    provided: Condition | None = None,
) -> Saved:
    """A change made on revision `base`; it revives a withdrawn annotation. `provided` as above."""
    return _save(work, annotation, body, base=base, operation=operation, now=now, provided=provided)


def withdraw(work: Work, annotation: UUID, *, base: int, operation: UUID, now: datetime) -> Saved:
    """A tombstone: the annotation no longer stands, its history does."""
    return _save(work, annotation, None, base=base, operation=operation, now=now)


def _save(
    work: Work,
    annotation: UUID,
    body: Body | None,
    *,
    base: int | None,
    operation: UUID,
    now: datetime,
    provided: Condition | None = None,
) -> Saved:
    asked = fingerprint("DELETE" if body is None else "PUT", annotation, base, body)
    values = {
        **values_of(work, body),
        "annotation": annotation,
        "assignment": work.id,
        "coder": work.coder_id,
        "operation": operation,
        "fingerprint": asked,
        "base": base,
        "deleted": body is None,
        "now": now,
    }
    try:
        with refusals():
            return _insert(work, values, provided)
    except OperationKnown:
        return _first_answer(work, operation, asked)
    except IntegrityError:
        # Two requests with one id arrived at once. The other is in by now: ask again.
        return _again(work, values, provided)
    except Stale as stale:
        stale.extra["current"] = current(work, annotation)
        raise
    except NotNow as refusal:
        raise AssignmentSubmitted(refusal.message, assignment=_state(work)) from refusal


def _again(work: Work, values: dict[str, Any], provided: Condition | None) -> Saved:
    try:
        with refusals():
            return _insert(work, values, provided)
    except OperationKnown:
        return _first_answer(work, values["operation"], values["fingerprint"])
    except Stale as stale:
        stale.extra["current"] = current(work, values["annotation"])
        raise


def values_of(work: Work, body: Body | None) -> dict[str, Any]:
    """The columns of a revision that say what was coded. Raises Invalid for an unknown key."""
    if body is None:
        blank = dict.fromkeys(("stance", "holder_kind", "holder_name", "certainty"))
        return {**blank, "start": 0, "end": 1, "quote": "", "theme": 0, "memo": ""}
    known = lookup(work.edition_id)
    if body.theme not in known.themes:
        detail = _("There is no theme “%(key)s”.") % {"key": body.theme[:60]}
        raise Invalid.field("theme", "theme-unknown", detail)
    if body.stance is not None and body.stance not in known.stances:
        detail = _("There is no stance “%(key)s”.") % {"key": body.stance[:60]}
        raise Invalid.field("stance", "stance-unknown", detail)
    return {
        "start": body.start,
        "end": body.end,
        "quote": body.quote,
        "theme": known.themes[body.theme],
        "stance": known.stances[body.stance] if body.stance else None,
        "holder_kind": body.holder_kind,
        "holder_name": body.holder_name,
        "certainty": body.certainty,
        "memo": body.memo,
    }


def _insert(work: Work, values: dict[str, Any], provided: Condition | None) -> Saved:
    statement = INSERT.format(condition="")
    if provided is not None:
        statement = INSERT.format(condition=f"WHERE EXISTS ({provided.sql})")
        values = {**values, **provided.values}
    # One statement is its own transaction; inside a caller's, a refusal must not spoil the rest.
    around = transaction.atomic() if connection.in_atomic_block else nullcontext()
    with around:
        row = prepared(statement, values)
    if row is None:  # RETURNING gives a row, the statement fails, or its condition does
        raise NotProvided
    known = lookup(work.edition_id)
    theme, stance = known.theme_of(row[4]), known.stance_of(row[5])
    return saved_of((row[0], work.uuid, *row[1:4], theme, stance, *row[6:]))


def _first_answer(work: Work, operation: UUID, asked: str) -> Saved:
    with connection.cursor() as cursor:
        cursor.execute(
            ROW.format(revisions="annotations_revision")
            + "WHERE r.coder_id = %s AND r.operation = %s AND r.fingerprint = %s",
            [work.coder_id, operation, asked],
        )
        row = cursor.fetchone()
    if row is None:
        raise OperationReused(
            _("This Idempotency-Key was used for another save. Use a new one for each."), errors=[]
        )
    return saved_of(row)


def _state(work: Work) -> dict[str, str]:
    return {"id": str(work.uuid), "state": "submitted"}
