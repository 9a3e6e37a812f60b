"""Who sits where in a running round: joining, leaving, replacing, handing over.

Whoever changes seats locks the people concerned, then documents, then the work on them: in the
order of claiming.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.assignment import allocating
from annotations.assignment.models import Assignment, Batch, BatchDocument, State, Transition
from annotations.assignment.retesting import has_coded, is_retest
from annotations.assignment.round_rows import (
    hands_of,
    items_of,
    locked,
    seat_rest,
    seated_in,
    write,
)
from annotations.assignment.seats import Hand, Seat
from annotations.assignment.transitions import move
from annotations.project.access import Action, coder_of, require, roles
from annotations.project.database import refusals
from annotations.project.models import Coder, Role, User
from annotations.project.refusals import Invalid, NotNow, NotVisible


@dataclass(frozen=True, slots=True)
class Left:
    """What a leaver gives back: documents they had open, and seats without a submission."""

    hand: Hand
    released: int
    freed: int


@transaction.atomic
def seat_free(batch: Batch, *, by: User, now: datetime) -> allocating.Allocation:
    """Seats whoever takes part in the slots that are free, with the loads as they are."""
    require(by, Action.PLAN, batch.project)
    return seat_rest(locked(batch), now=now)


@transaction.atomic
def join(
    coder: Coder,
    batch: Batch,
    *,
    by: User,
    most: int | None = None,
    languages: Collection[str] = (),
) -> Hand:
    """Takes part from now on, or again, or in another measure. Seats they have stay theirs."""
    require(by, Action.PLAN, batch.project)
    round_ = locked(batch)
    hand = _hand(coder, round_)
    hand.most, hand.languages = most, sorted(languages)
    hand.save(update_fields=["most", "languages"])
    return hand


@transaction.atomic
def leave(coder: Coder, batch: Batch, *, reason: str, by: User, now: datetime) -> Left:
    """Their part in the round ends. What they have open is released: kept, outside agreement.

    What they submitted stays theirs; seats without a submission are free. A manager says so, or
    they themselves.
    """
    if coder.user_id != by.pk:
        require(by, Action.PLAN, batch.project)
    said, round_ = _said(reason), locked(batch)
    _lock(round_, [coder])
    hand, _made = Hand.objects.get_or_create(
        batch=round_, coder=coder, defaults={"project_id": round_.project_id}
    )
    if hand.left_at is not None:
        raise NotNow(_("They have left this batch."))
    hand.left_at, hand.left_reason = now, said
    hand.save(update_fields=["left_at", "left_reason"])
    seats = Seat.objects.standing().filter(batch=round_, coder=coder)
    work = Assignment.objects.open().filter(batch=round_, coder=coder)
    touched = seats.values_list("document", flat=True).union(
        work.values_list("document", flat=True)
    )
    _lock_documents(round_, list(touched))
    released = _release(work, reason=said, by=coder_of(by, round_.project), now=now)
    return Left(hand, released, _free(seats, reason=said, now=now))


@transaction.atomic
def replace(leaver: Hand, *, newcomer: Coder, by: User, now: datetime) -> allocating.Allocation:
    """Hands over what the leaver left undone; what was begun is coded anew.

    What the newcomer cannot take, being on the document already or by a rule, stays free and is
    told in `unseated`.
    """
    require(by, Action.PLAN, leaver.batch.project)
    batch = locked(leaver.batch)
    _lock(batch, [newcomer])
    left = Hand.objects.select_for_update().get(pk=leaver.pk)
    if left.left_at is None:
        raise NotNow(_("Only someone who has left is replaced."))
    if left.replaced_by_id is not None:
        raise NotNow(_("They have been replaced already."))
    if newcomer.pk == left.coder_id:
        raise Invalid.field("coder", "same-person", _("Nobody replaces themselves."))
    undone = _undone(left)
    _lock_documents(batch, undone)
    left.replaced_by = hand = _hand(newcomer, batch)
    left.save(update_fields=["replaced_by"])
    made = seat_rest(batch, now=now, hands=[hand], only=undone)
    leaver.refresh_from_db()
    return made


@transaction.atomic
def hand_over(
    item: BatchDocument, slot: int, *, to: Coder, reason: str, by: User, now: datetime
) -> Seat:
    """One slot goes to someone, whoever has it; work that is open there is released.

    Languages and the most that they take are the manager's to set aside; stories and exclusions
    are not.
    """
    require(by, Action.PLAN, item.project)
    said, batch = _said(reason), locked(item.batch)
    seats = Seat.objects.standing().filter(batch=batch, document=item.document_id, slot=slot)
    work = Assignment.objects.live().filter(batch=batch, document=item.document_id, slot=slot)
    _lock(batch, [to, *Coder.objects.filter(pk__in=[*seats.values_list("coder", flat=True)])])
    _lock_documents(batch, [item.document_id])
    if work.submitted().exists():
        raise NotNow(_("What was submitted stays with its author."))
    _require_free(to, item, batch)
    _hand(to, batch)
    _release(work.open(), reason=said, by=coder_of(by, batch.project), now=now)
    _free(seats, reason=said, now=now)
    write(batch, [allocating.Seat(item.document_id, slot, to.pk)], now=now)
    return Seat.objects.standing().get(batch=batch, document=item.document_id, slot=slot)


def _require_free(to: Coder, item: BatchDocument, batch: Batch) -> None:
    there = [seat for seat in seated_in(batch) if seat.coder == to.pk]
    if any(seat.document == item.document_id for seat in there):
        raise NotNow(_("They are on this document already."))
    if not batch.same_story and _story_mates(batch, item) & {seat.document for seat in there}:
        raise NotNow(_("They have another document of its story."))
    if is_retest(batch.kind) and not has_coded(to.pk, item.document_id, than=batch):
        raise NotNow(_("They have not coded the document before, which a retest asks for."))
    for part in hands_of(batch):
        if part.coder == to.pk and item.document_id in part.excluded:
            raise NotNow(_("The document is excluded for them, or they skipped it."))


def _story_mates(batch: Batch, item: BatchDocument) -> set[int]:
    stories = {each.document: each.story for each in items_of(batch)}
    story = stories[item.document_id]
    return set() if story is None else {key for key, value in stories.items() if value == story}


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid.field("reason", "required", _("Say why; the reason stays with it."))
    return reason.strip()


def _hand(coder: Coder, batch: Batch) -> Hand:
    """Someone who codes in the project, as part of the round; who had left is back."""
    if coder.project_id != batch.project_id:
        raise NotVisible
    if coder.user is None or Role.ANNOTATOR not in roles(coder.user, batch.project):
        raise Invalid.field("coder", "not-annotator", _("They do not code in this project."))
    hand, _made = Hand.objects.get_or_create(
        batch=batch, coder=coder, defaults={"project_id": batch.project_id}
    )
    if hand.left_at is not None:
        hand.left_at, hand.left_reason, hand.replaced_by = None, "", None
        hand.save(update_fields=["left_at", "left_reason", "replaced_by"])
    return hand


def _undone(leaver: Hand) -> set[int]:
    """Documents whose seats were freed, and those that were released, when they left."""
    when = leaver.left_at
    assert when is not None  # noqa: S101 - replace has asked
    seats = Seat.objects.filter(batch=leaver.batch_id, coder=leaver.coder_id, freed_at=when)
    work = Assignment.objects.filter(batch=leaver.batch_id, coder=leaver.coder_id)
    begun = Transition.objects.filter(assignment__in=work, to_state=State.RELEASED, at=when)
    return {
        *seats.values_list("document", flat=True),
        *begun.values_list("assignment__document", flat=True),
    }


def _lock(batch: Batch, coders: Collection[Coder]) -> None:
    keys = [coder.pk for coder in coders]
    if any(coder.project_id != batch.project_id for coder in coders):
        raise NotVisible
    list(Coder.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _lock_documents(batch: Batch, documents: Collection[int]) -> None:
    rows = BatchDocument.objects.filter(batch=batch, document__in=documents).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _release(work: QuerySet[Assignment], *, reason: str, by: Coder, now: datetime) -> int:
    rows = list(work.select_for_update().order_by("pk"))
    with refusals():
        for each in rows:
            move(each, State.RELEASED, by=by, now=now, reason=reason)
    return len(rows)


def _free(seats: QuerySet[Seat], *, reason: str, now: datetime) -> int:
    """Those without a submission."""
    submitted = Assignment.objects.submitted()
    rows = [
        seat.pk
        for seat in seats
        if not submitted.filter(
            batch=seat.batch_id, document=seat.document_id, coder=seat.coder_id
        ).exists()
    ]
    with refusals():
        return Seat.objects.filter(pk__in=rows).update(freed_at=now, freed_reason=reason)
