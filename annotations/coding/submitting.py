"""Submitting a coding, and taking it back. The first submission is what agreement reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.assignment.models import Assignment, State
from annotations.assignment.transitions import (
    fingerprint_of,
    locked_work,
    move,
    not_from_here,
    was_done,
)
from annotations.codebook.reading import lookup
from annotations.coding.marking import mark
from annotations.coding.models import Annotation, Snapshot
from annotations.corpus.models import Passage
from annotations.project.database import refusals
from annotations.project.models import Coder
from annotations.project.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Submission:
    """What the coder sends along: judged passage indexes; `up_to` (code points) if partial."""

    judged: Sequence[int]
    up_to: int | None = None
    reason: str = ""

    def asked(self) -> dict[str, Any]:
        return {
            "state": State.SUBMITTED.value,
            "judged": sorted(self.judged),
            "up_to": self.up_to,
            "reason": self.reason,
        }


class StanceMissing(Invalid):
    """Annotations without a stance; `extra["annotations"]` lists their ids."""

    code = "stance-missing"


class MemoMissing(Invalid):
    """Annotations of a theme that wants a memo; `extra["annotations"]` lists their ids."""

    code = "memo-missing"


@transaction.atomic
def submit(
    assignment: Assignment,
    submission: Submission,
    *,
    by: Coder,
    now: datetime,
    operation: UUID | None = None,
) -> Snapshot:
    """Freezes the coding. A save that runs at the same moment is in it, or refused."""
    locked = locked_work(assignment)
    asked = fingerprint_of(locked, submission.asked())
    if was_done(by, operation, asked):
        assignment.refresh_from_db()
        return latest(locked)
    if not locked.is_open:
        raise not_from_here(locked)
    annotations = list(
        Annotation.objects.standing()
        .filter(assignment=locked)
        .select_related("theme", "stance")
        .order_by("start", "end", "theme__key", "id")
    )
    _require_complete(annotations, locked.batch.edition_id)
    with refusals():
        snapshot = _freeze(locked, annotations, submission, now=now)
        locked.submitted_at = now
        move(
            locked,
            State.SUBMITTED,
            by=by,
            now=now,
            reason=submission.reason,
            operation=operation,
            fingerprint=asked,
        )
    assignment.refresh_from_db()
    return snapshot


@transaction.atomic
def take_back(
    assignment: Assignment, *, by: Coder, now: datetime, operation: UUID | None = None
) -> None:
    """Opens a submission again; the database refuses once adjudication has started."""
    locked = locked_work(assignment)
    asked = fingerprint_of(locked, {"state": State.IN_PROGRESS.value})
    if not was_done(by, operation, asked):
        if locked.state != State.SUBMITTED:
            raise not_from_here(locked)
        with refusals():
            move(locked, State.IN_PROGRESS, by=by, now=now, operation=operation, fingerprint=asked)
    assignment.refresh_from_db()


def latest(assignment: Assignment) -> Snapshot:
    """The submission that disputes and gold read."""
    return Snapshot.objects.filter(assignment=assignment).order_by("number").reverse()[0]


def _require_complete(annotations: list[Annotation], edition_id: int) -> None:
    bare = [str(each.pk) for each in annotations if each.stance is None]
    if bare:
        told = ngettext(
            "%(count)s annotation has no stance yet.",
            "%(count)s annotations have no stance yet.",
            len(bare),
        )
        raise StanceMissing(told % {"count": len(bare)}, annotations=bare, errors=[])
    wants_memo = lookup(edition_id).memo_required
    silent = [
        str(each.pk)
        for each in annotations
        if each.theme.key in wants_memo and not each.memo.strip()
    ]
    if silent:
        told = ngettext(
            "%(count)s annotation of a theme that wants a memo has none.",
            "%(count)s annotations of a theme that wants a memo have none.",
            len(silent),
        )
        raise MemoMissing(told % {"count": len(silent)}, annotations=silent, errors=[])


def _freeze(
    assignment: Assignment, annotations: list[Annotation], submission: Submission, *, now: datetime
) -> Snapshot:
    passages = list(
        Passage.objects.filter(document_id=assignment.document_id)
        .order_by("index")
        .values_list("index", "start", "end")
    )
    marks = mark(
        assignment.document.text, passages, [(each.start, each.end) for each in annotations]
    )
    pairs = [(passage, span) for span, marked in enumerate(marks) for passage in marked]
    judged = _judged(submission, passages) | {passage for passage, _ in pairs}
    revisions = _revisions(annotations)
    return Snapshot.objects.create(
        project_id=assignment.project_id,
        assignment=assignment,
        batch_id=assignment.batch_id,
        document_id=assignment.document_id,
        coder_id=assignment.coder_id,
        edition_id=assignment.batch.edition_id,
        number=Snapshot.objects.filter(assignment=assignment).count() + 1,
        spans=[_span(each, revisions[each.pk]) for each in annotations],
        judged=sorted(judged),
        mark_passage=[passage for passage, _ in pairs],
        mark_span=[span for _, span in pairs],
        up_to=submission.up_to,
        reason=submission.reason,
        after_discussion=assignment.submitted_at is not None and _others_visible(assignment),
        taken_at=now,
    )


def _judged(submission: Submission, passages: list[tuple[int, int, int]]) -> set[int]:
    if submission.up_to is not None and not submission.reason.strip():
        raise Invalid.field("reason", "required", _("A partial submission needs a reason."))
    known = {index: end for index, _, end in passages}
    unknown = sorted(set(submission.judged) - set(known))
    if unknown:
        named = ", ".join(map(str, unknown[:10]))
        detail = _("The document has no passages %(named)s.") % {"named": named}
        raise Invalid.field("judged", "passage-unknown", detail)
    end = submission.up_to
    return {index for index in submission.judged if end is None or known[index] <= end}


def _revisions(annotations: list[Annotation]) -> dict[UUID, int]:
    """The primary key of the Revision that each annotation is at."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT n.id, r.id FROM annotations_annotation n
                 JOIN annotations_revision r ON r.annotation_id = n.id AND r.number = n.revision
                WHERE n.id = ANY (%s)""",
            [[each.pk for each in annotations]],
        )
        return dict(cursor.fetchall())


def _span(annotation: Annotation, revision: int) -> dict[str, Any]:
    """An unsaid holder is the author: the plain stance key means so."""
    assert annotation.stance is not None  # noqa: S101 - _require_complete has refused it
    return {
        "annotation": str(annotation.pk),
        "revision": revision,
        "start": annotation.start,
        "end": annotation.end,
        "theme": annotation.theme.key,
        "stance": annotation.stance.key,
        "holder_kind": annotation.holder_kind or "author",
        "holder_name": annotation.holder_name,
        "certainty": annotation.certainty,
    }


def _others_visible(assignment: Assignment) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT workbench_others_visible(%s, %s)",
            [assignment.batch_id, assignment.document_id],
        )
        return bool(cursor.fetchone()[0])
