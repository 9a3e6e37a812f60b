"""The next document for a coder: whoever asks gets one, and never more people than slots."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import (
    OPEN_STATES,
    Allocation,
    Assignment,
    BatchDocument,
    State,
)
from annotations.assignment.offering import (
    free_slot,
    look,
    offered_seat,
    offered_slot,
    slot_and_earlier,
)
from annotations.assignment.seats import Hand, Seat
from annotations.assignment.transitions import (
    begin,
    fingerprint_of,
    move,
    not_from_here,
    record,
    was_done,
)
from annotations.project.access import Action, coder_of, require
from annotations.project.database import prepared, refusals
from annotations.project.models import Coder, Project, User
from annotations.project.refusals import Invalid, NotNow, NotVisible

TRIES = 5
OF_ONE = "SELECT 1 FROM annotations_coder WHERE id = %(coder)s FOR NO KEY UPDATE"


def claim_next(project: Project, *, by: User, now: datetime) -> Assignment | None:
    """What the coder has open, else a new claim, else None when there is nothing for them."""
    require(by, Action.CODE, project)
    return claim_as(coder_of(by, project), now=now)


def claim_as(coder: Coder, *, now: datetime) -> Assignment | None:
    """The same for a coder of whom it is known that they may code."""
    for expiring in (False, True):
        found = _claim(coder, now=now, expiring=expiring)
        if found is not None:
            return found
    return None


def _claim(coder: Coder, *, now: datetime, expiring: bool) -> Assignment | None:
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                # One person in two windows gets one document, so they wait for themselves.
                prepared(OF_ONE, {"coder": coder.pk})
                seen = look(coder)
                if seen.held is not None:
                    return Assignment.objects.get(pk=seen.held)
                item = offered_seat(coder, seen.seated) or offered_slot(
                    coder, seen.queues, now=now, expiring=expiring
                )
                if item is None:
                    return None
                taken = _take(item, coder, now=now, expiring=expiring)
        except IntegrityError:
            continue  # somebody resumed into the slot between the look and the claim
        if taken is not None:
            return taken
    return None


def _take(item: BatchDocument, coder: Coder, *, now: datetime, expiring: bool) -> Assignment | None:
    # Asked when the document is locked, for what was seen on the way may be over.
    slot, earlier = slot_and_earlier(item, coder)
    if slot is None and expiring:
        _expire(item, now=now)
        slot, earlier = slot_and_earlier(item, coder)
    if slot is None:
        return None
    if earlier is not None:
        known = Assignment.objects.get(pk=earlier)
        known.slot = slot
        with refusals():
            move(known, State.IN_PROGRESS, by=coder, now=now)
        return known
    with refusals():
        return begin(item, coder, slot=slot, now=now)


def _expire(item: BatchDocument, *, now: datetime) -> None:
    away_since = now - timedelta(days=item.batch.lease_days)
    for idle in Assignment.objects.select_for_update().filter(
        batch=item.batch,
        document_id=item.document_id,
        state__in=OPEN_STATES,
        last_activity_at__lt=away_since,
    ):
        before, idle.state = idle.state, State.EXPIRED
        idle.save(update_fields=["state"])
        record(idle, before=before, by=None, now=now, reason="lease over, someone waiting")


def assignment_of(user: User, uuid: UUID) -> Assignment:
    """One's own assignment, or NotVisible."""
    found = (
        Assignment.objects.select_related("batch__edition", "document", "coder", "project")
        .filter(uuid=uuid, coder__user=user)
        .first()
    )
    if found is None:
        raise NotVisible
    require(user, Action.CODE, found.project)
    return found


@transaction.atomic
def skip(
    assignment: Assignment, *, reason: str, by: Coder, now: datetime, operation: UUID | None = None
) -> None:
    """Leaves the document to others, with a reason; what was coded is kept, outside agreement."""
    if not reason.strip():
        raise Invalid.field("reason", "required", _("Say why the document is skipped."))
    _leave(assignment, State.SKIPPED, reason=reason, by=by, now=now, operation=operation)


@transaction.atomic
def give_back(
    assignment: Assignment, *, by: Coder, now: datetime, operation: UUID | None = None
) -> None:
    """Frees the slot without a reason."""
    _leave(assignment, State.RELEASED, reason="", by=by, now=now, operation=operation)


def _leave(
    assignment: Assignment,
    state: State,
    *,
    reason: str,
    by: Coder,
    now: datetime,
    operation: UUID | None,
) -> None:
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    asked = fingerprint_of(locked, {"state": state.value, "reason": reason})
    if not was_done(by, operation, asked):
        if not locked.is_open:
            raise not_from_here(locked)
        with refusals():
            move(
                locked,
                state,
                by=by,
                now=now,
                reason=reason,
                operation=operation,
                fingerprint=asked,
            )
        if state == State.SKIPPED:
            _give_up_seat(locked, now=now)
    assignment.refresh_from_db()


def _give_up_seat(skipped: Assignment, *, now: datetime) -> None:
    """In a queue others take what is skipped; of a planned seat the manager decides."""
    seats = Seat.objects.standing().filter(batch__allocation=Allocation.QUEUE)
    seats.filter(
        batch=skipped.batch_id, document=skipped.document_id, coder=skipped.coder_id
    ).update(freed_at=now, freed_reason="skipped")


@transaction.atomic
def resume(
    assignment: Assignment, *, by: Coder, now: datetime, operation: UUID | None = None
) -> None:
    """Takes skipped, expired or given-back work up again while a slot is free."""
    item = (
        BatchDocument.objects.select_for_update(no_key=True)
        .select_related("batch")
        .get(batch_id=assignment.batch_id, document_id=assignment.document_id)
    )
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    asked = fingerprint_of(locked, {"state": State.IN_PROGRESS.value})
    if not was_done(by, operation, asked):
        if Hand.objects.filter(batch=item.batch, coder=by).exclude(left_at=None).exists():
            raise NotNow(_("You have left this batch."), state=locked.state)
        slot = free_slot(item, by)
        if slot is None:
            raise NotNow(_("Others have taken the document meanwhile."), state=locked.state)
        locked.slot = slot
        with refusals():
            move(locked, State.IN_PROGRESS, by=by, now=now, operation=operation, fingerprint=asked)
    assignment.refresh_from_db()
