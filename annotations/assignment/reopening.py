"""A submission that a manager opens again. Agreement goes on reading the first one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, State
from annotations.assignment.seats import Hand
from annotations.assignment.transitions import locked_work, move, not_from_here
from annotations.project.access import Action, coder_of, require
from annotations.project.database import refusals
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow


@transaction.atomic
def reopen_submission(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """Its coder changes it and submits again; that is a further snapshot beside the first.

    Once adjudication has started the database refuses it: then a decision is reopened instead.
    """
    require(by, Action.PLAN, assignment.project)
    if not reason.strip():
        raise Invalid.field("reason", "required", _("Say why; the reason stays with it."))
    locked = locked_work(assignment)
    if locked.state != State.SUBMITTED:
        raise not_from_here(locked)
    gone = Hand.objects.filter(batch=locked.batch_id, coder=locked.coder_id)
    if gone.exclude(left_at=None).exists():
        raise NotNow(_("They have left this batch; nobody else changes their submission."))
    try:
        with refusals():
            move(
                locked,
                State.IN_PROGRESS,
                by=coder_of(by, locked.project),
                now=now,
                reason=reason.strip(),
            )
    except NotNow as refusal:
        if refusal.extra.get("reason") != "adjudication-started":
            raise
        raise NotNow(
            _(
                "Adjudication of this document has started; the submission stands. "
                "Reopen the decision on its adjudication page instead."
            ),
            reason="adjudication-started",
        ) from refusal
    assignment.refresh_from_db()
