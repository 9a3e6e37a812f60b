"""A delivery is cancelled and resumed; what nobody resumes gives up its bytes after a week.

A document's bytes are its source's, so that giving up those of a delivery takes nothing from any.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from annotations.corpus.deliveries.delivering import ask_to_read
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.project.access import Action, require
from annotations.project.models import User

KEPT = timedelta(days=7)


@transaction.atomic
def cancel(delivery: Import, *, by: User, now: datetime) -> None:
    """Nothing more of it is read; what is in stays. A second time changes nothing."""
    require(by, Action.IMPORT, delivery.project)
    Import.objects.filter(pk=delivery.pk, cancelled_at=None).update(cancelled_at=now)
    open_ = delivery.files.filter(outcome__in=[Outcome.WAITING, Outcome.ASKED])
    open_.update(outcome=Outcome.CANCELLED, leased_until=None, finished_at=now)


@transaction.atomic
def resume(delivery: Import, *, by: User) -> None:
    """What was cancelled waits again, and gets its attempts back; what gave up its bytes does not."""
    require(by, Action.IMPORT, delivery.project)
    Import.objects.filter(pk=delivery.pk).update(cancelled_at=None)
    waits = {"outcome": Outcome.WAITING, "attempts": 0, "leased_until": None, "finished_at": None}
    if resumable(delivery).update(**waits):
        ask_to_read(delivery.pk)


def resumable(delivery: Import) -> QuerySet[ImportFile]:
    return delivery.files.filter(outcome=Outcome.CANCELLED, content__isnull=False)


def kept_until(delivery: Import) -> datetime | None:
    """When the first of its cancelled files gives up its bytes; None where none has any."""
    first = resumable(delivery).order_by("finished_at").values_list("finished_at", flat=True)
    at = first.first()
    return at + KEPT if at else None


def give_up_bytes(*, now: datetime) -> int:
    """Of what was cancelled a week ago and not resumed; gives of how many files."""
    left = ImportFile.objects.filter(outcome=Outcome.CANCELLED, content__isnull=False)
    return left.filter(finished_at__lte=now - KEPT).update(content=None)


def given_up(delivery: Import) -> Q:
    """Files that were not read and have no bytes any more, and those that held some of these."""
    gone = Q(outcome=Outcome.CANCELLED, content__isnull=True)
    pieces = ImportFile.objects.filter(gone, delivery=delivery, container__isnull=False)
    return gone | Q(pk__in=pieces.values("container"))
