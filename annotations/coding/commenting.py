"""Comments: written, resolved, withdrawn; and unseen by others until all have submitted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from annotations.assignment.claiming import assignment_of
from annotations.assignment.models import Assignment
from annotations.assignment.transitions import OperationReused
from annotations.coding.remark_bodies import CommentBody, fingerprint
from annotations.coding.remarks import (
    Comment,
    CommentMark,
    CommentQuerySet,
    MarkKind,
    OthersVisible,
)
from annotations.corpus.models import Document
from annotations.project.access import ALLOWED, Action, coder_of, memberships, require
from annotations.project.database import OperationKnown, refusals
from annotations.project.models import Coder, User
from annotations.project.refusals import NotNow, NotVisible


class CommentKept(NotNow):
    """A second text under the id of a comment."""

    code = "comment-kept"


def comment(uuid: UUID, said: CommentBody, *, by: User, operation: UUID, now: datetime) -> Comment:
    """A new comment under the id that its browser gave it; a replay gives what is there."""
    asked = fingerprint("PUT", uuid, said)
    made = _placed(said, by=by)
    made.id, made.text, made.created_at = uuid, said.text, now
    made.operation, made.fingerprint = operation, asked
    known = _known(made) or _inserted(made)
    return shown_to(by).get(pk=known.pk)


def _placed(said: CommentBody, *, by: User) -> Comment:
    """On one's own assignment; else beside the comment that is answered."""
    answered = None if said.reply_to is None else comment_for(by, said.reply_to)
    passage = said.passage
    if passage is None:
        passage = answered.passage if answered else 0
    span = {"passage": passage, "start": said.start, "end": said.end, "reply_to": answered}
    if said.assignment is not None:
        work = assignment_of(by, said.assignment)
        place = {"batch_id": work.batch_id, "document_id": work.document_id}
        return Comment(project=work.project, assignment=work, by=work.coder, **place, **span)
    if answered is None:
        raise NotVisible
    require(by, Action.SEE_DOCUMENTS, answered.project)
    place = {"batch_id": answered.batch_id, "document_id": answered.document_id}
    coder = coder_of(by, answered.project)
    return Comment(project=answered.project, by=coder, **place, **span)


def _inserted(made: Comment) -> Comment:
    try:
        with refusals(), transaction.atomic():
            made.save(force_insert=True)
    except (IntegrityError, OperationKnown):
        # The same request twice at once: the other is in by now.
        known = _known(made)
        if known is None:
            raise NotVisible from None
        return known
    return made


def _known(made: Comment) -> Comment | None:
    there = Comment.objects.filter(by=made.by, operation=made.operation).first()
    if there is not None:
        if there.fingerprint != made.fingerprint:
            raise _reused()
        return there
    other = Comment.objects.filter(pk=made.id).select_related("by").first()
    if other is None:
        return None
    if other.by != made.by:
        raise NotVisible
    raise CommentKept(_("A comment is not changed. Withdraw it and write another."))


def withdraw_comment(uuid: UUID, *, by: User, operation: UUID, now: datetime) -> None:
    """Takes one's own comment back; its answers stay. A second time changes nothing."""
    found = comment_for(by, uuid)
    if found.by.user_id != by.pk:
        raise NotVisible
    _mark(found, MarkKind.WITHDRAWN, found.by, operation=operation, now=now)


def resolve_comment(
    uuid: UUID, *, resolved: bool, by: User, operation: UUID, now: datetime
) -> Comment:
    """Says that a remark is dealt with, or is open again; whoever sees it may."""
    found = comment_for(by, uuid)
    kind = MarkKind.RESOLVED if resolved else MarkKind.REOPENED
    _mark(found, kind, coder_of(by, found.project), operation=operation, now=now)
    return shown_to(by).get(pk=uuid)


def _mark(found: Comment, kind: MarkKind, by: Coder, *, operation: UUID, now: datetime) -> None:
    asked = fingerprint(kind.value, found.pk, None)
    known = CommentMark.objects.filter(by=by, operation=operation).first()
    if known is not None and known.fingerprint != asked:
        raise _reused()
    last = "withdrawn" if found.marks.filter(kind=MarkKind.WITHDRAWN).exists() else ""
    if known is not None or last == kind:
        return
    if last:
        raise NotNow(_("This comment was withdrawn."))
    try:
        with refusals(), transaction.atomic():
            CommentMark.objects.create(
                project_id=found.project_id,
                comment=found,
                kind=kind,
                by=by,
                operation=operation,
                fingerprint=asked,
                at=now,
            )
    except (IntegrityError, OperationKnown):
        return  # the same request twice at once


def _reused() -> OperationReused:
    return OperationReused(
        _("This Idempotency-Key was used for another change. Use a new one for each."), errors=[]
    )


def comment_for(user: User, uuid: UUID) -> Comment:
    """The comment, if the person sees it."""
    found = shown_to(user).filter(pk=uuid).first()
    if found is None:
        raise NotVisible
    return found


def shown_to(user: User) -> CommentQuerySet:
    """One's own; of others, where all slots are submitted, those of work that one has or may see."""
    member = memberships(user).filter(project=OuterRef("project"))
    sees_all = member.filter(role__in=ALLOWED[Action.SEE_DOCUMENTS])
    colleague = Assignment.objects.filter(
        batch=OuterRef("batch"), document=OuterRef("document"), coder__user=user
    )
    of_others = Q(seen_by_all=True) & (Q(Exists(sees_all)) | Q(Exists(colleague)))
    return (
        Comment.objects.with_state()
        .filter(Exists(member))
        .filter(Q(by__user=user) | of_others)
        .select_related("by", "batch", "assignment", "project")
    )


def others_visible(assignment: Assignment) -> bool:
    """Whether every slot of its document is submitted, so that colleagues see each other."""
    visible = OthersVisible(F("batch_id"), F("document_id"))
    row = Assignment.objects.filter(pk=assignment.pk).values_list(visible, flat=True)
    return bool(row.get())


def comments_on(
    document: Document, *, assignment: Assignment | None, user: User
) -> list[dict[str, Any]]:
    """As JSON, oldest first; of the assignment's batch, or of every batch without one."""
    rows = shown_to(user).filter(document=document).order_by("created_at", "pk")
    if assignment is not None:
        rows = rows.filter(batch_id=assignment.batch_id)
    listed: list[Any] = list(rows)
    answered = {each.reply_to_id for each in listed if not each.withdrawn}
    return [
        comment_json(each, user=user)
        for each in listed
        if not each.withdrawn or each.pk in answered
    ]


def comment_json(row: Any, *, user: User) -> dict[str, Any]:
    """A row of `shown_to`, which has counted its marks."""
    own = row.by.user_id == user.pk
    return {
        "id": str(row.pk),
        "assignment": str(row.assignment.uuid) if own and row.assignment else None,
        "batch": row.batch.name,
        "passage": row.passage,
        "start": row.start,
        "end": row.end,
        "text": "" if row.withdrawn else row.text,
        "reply_to": str(row.reply_to_id) if row.reply_to_id else None,
        "by": row.by.pseudonym,
        "own": own,
        "withdrawn": row.withdrawn,
        "resolved": row.last_mark == MarkKind.RESOLVED,
        "created_at": row.created_at.isoformat(),
    }
