"""A person leaves all rounds of a project, or all projects: what they hold is free for others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, Batch
from annotations.assignment.seating import leave
from annotations.assignment.seats import Hand, Seat
from annotations.project.members import erase
from annotations.project.models import Coder, User


def leave_rounds(coder: Coder, *, by: User, now: datetime) -> None:
    """Out of every round that they hold something of; the seats of a round are its own business."""
    held = Assignment.objects.open().filter(coder=coder).values("batch")
    seats = Seat.objects.standing().filter(coder=coder).values("batch")
    part = Hand.objects.filter(coder=coder, left_at=None).values("batch")
    left = Hand.objects.filter(coder=coder).exclude(left_at=None).values("batch")
    rounds = Batch.objects.filter(project=coder.project_id, pk__in=held.union(seats, part))
    for batch in rounds.exclude(pk__in=left).order_by("pk"):
        leave(coder, batch, reason=_("left the project"), by=by, now=now)


@transaction.atomic
def erase_oneself(user: User, *, now: datetime) -> None:
    """What one holds is given back, then the account goes (see `members.erase`).

    NotNow for the last manager of a project.
    """
    for coder in Coder.objects.filter(user=user).select_related("project").order_by("pk"):
        leave_rounds(coder, by=user, now=now)
    erase(user)
