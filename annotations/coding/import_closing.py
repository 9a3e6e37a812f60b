"""Imported codings are submitted, so that agreement and adjudication have them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, State
from annotations.coding.submitting import Submission, submit
from annotations.corpus.models import Passage
from annotations.project.models import Coder
from annotations.project.refusals import NotNow, Refusal


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of an assignment: `submitted`, `already-there` or `refused`."""

    assignment: Assignment
    outcome: str
    refusal: Refusal | None = None


def close(
    pk: int,
    judged: Sequence[int] | None,
    *,
    faulty: Collection[tuple[int, int]],
    by: Coder,
    now: datetime,
) -> Closed:
    """`judged` are indexes of passages, None is all of them; `faulty` are (document, coder) of whom
    a line was refused: what they coded is not whole, and so it waits for the lines to be mended.
    """
    rows = Assignment.objects.select_related("batch", "coder", "document")
    assignment = rows.defer("document__text").get(pk=pk)
    if assignment.state == State.SUBMITTED:
        return Closed(assignment, "already-there")
    try:
        if (assignment.document_id, assignment.coder_id) in faulty:
            detail = _("Lines of it were refused. Mend them and repeat the import.")
            raise NotNow(detail, reason="lines-refused")
        with transaction.atomic():
            passages = _all_of(assignment) if judged is None else sorted(set(judged))
            submit(assignment, Submission(judged=passages), by=by, now=now)
    except Refusal as refusal:
        return Closed(assignment, "refused", refusal)
    return Closed(assignment, "submitted")


def _all_of(assignment: Assignment) -> list[int]:
    rows = Passage.objects.filter(document=assignment.document_id).order_by("index")
    return list(rows.values_list("index", flat=True))
