"""New annotations in one statement, where there are many of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from annotations.coding.answers import Work
from annotations.coding.bodies import Body, fingerprint
from annotations.coding.recording import COLUMNS, values_of
from annotations.project.database import refusals

TOGETHER = f"""
INSERT INTO annotations_revision ({COLUMNS})
SELECT annotation, assignment, coder, 0, 0, operation, fingerprint, 0, NULL, false, start, "end", quote, theme, stance,
       holder_kind, holder_name, certainty, memo, false, false, at
  FROM jsonb_to_recordset(%s::jsonb) AS each (annotation uuid, assignment bigint, coder bigint, operation uuid,
       fingerprint text, start int, "end" int, quote text, theme bigint, stance bigint, holder_kind text,
       holder_name text, certainty smallint, memo text, at timestamptz)
"""  # noqa: S608 - constants only; what people send is bound


@dataclass(frozen=True, slots=True)
class New:
    """An annotation to be made, by the operation that makes it; `at` is when it was coded."""

    work: Work
    annotation: UUID
    operation: UUID
    body: Body
    at: datetime

    @property
    def fingerprint(self) -> str:
        return fingerprint("PUT", self.annotation, None, self.body)


def annotate_together(these: Sequence[New]) -> None:
    """All of them, or none: what is refused of one is raised, as `recording.annotate` would.

    An operation that was carried out before is an OperationKnown, and an IntegrityError where
    that happens at the same moment.
    """
    rows = [
        {
            **values_of(new.work, new.body),
            "annotation": str(new.annotation),
            "assignment": new.work.id,
            "coder": new.work.coder_id,
            "operation": str(new.operation),
            "fingerprint": new.fingerprint,
            "at": new.at.isoformat(),
        }
        for new in these
    ]
    with refusals(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TOGETHER, [json.dumps(rows)])
