"""A release asked for: kept with its job in one transaction, frozen by the worker, once.

Whatever kills the worker, the job is taken up again. The release and the row that says so are one
transaction, so that an asking has one release or none, however often it is taken up.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations import queue
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotNow, NotVisible, Refusal
from annotations.project.speaking import said_again
from annotations.text.phrases import wording

from .choosing import wanted
from .freezing import NOTHING, NoLongerDue, freeze_release
from .freezings import OPEN, Freezing, FreezingProgress, FreezingState
from .gathering import candidates
from .serving import DOCUMENTS
from .splitting import Shares, shares_from
from .watching import Asked

JOB = "releases.freeze"
QUEUE = "releases"
"""A worker of its own, so that nobody's import waits for a release."""
MOST_ATTEMPTS = 5
WORKER_LOST = wording("Freezing stopped %(count)s times without a result.")
NOBODY = wording("Whoever asked for it is no longer there.")

Clock = Callable[[], datetime]


@transaction.atomic
def ask(
    project: Project,
    *,
    by: User,
    now: datetime,
    notes: str = "",
    shares: Shares | None = None,
    uuid: UUID | None = None,
) -> Freezing:
    """Keeps what is asked for and has it done. Asked again under the same `uuid` it is the same.

    Refuses with NotNow where no document could be in it.
    """
    require(by, Action.RELEASE, project)
    if uuid and (before := Freezing.objects.filter(uuid=uuid).first()):
        return _same(before, project)
    if not candidates(project).exists():
        raise NotNow(_(NOTHING))
    freezing = Freezing(
        project=project,
        by=coder_of(by, project),
        at=now,
        notes=notes,
        shares=asdict(shares) if shares else None,
    )
    if uuid:
        freezing.uuid = uuid
    freezing.save(force_insert=True)
    FreezingProgress.objects.create(freezing=freezing)
    _have_done(freezing.pk)
    return freezing


def _same(before: Freezing, project: Project) -> Freezing:
    if before.project_id != project.pk:
        detail = _("This key was used for something else.")
        raise Invalid.field("Idempotency-Key", "key-reused", detail)
    return before


def _have_done(freezing: int) -> None:
    # One lock for all: releases are frozen one after another.
    queue.later(JOB, lock=JOB, freezing_id=freezing)


def freeze_asked(freezing_id: int, *, clock: Clock) -> None:
    """What the job does; may be said again at any time, by several at once.

    A refusal is written down as why it failed. Whatever else stops it leaves it open.
    """
    if not Freezing.objects.filter(pk=freezing_id, state__in=OPEN).exists():
        return
    _take_up(freezing_id)
    try:
        with Asked(freezing_id, clock=clock) as asked, override("en"):
            _freeze(freezing_id, asked, now=clock())
    except NoLongerDue:
        return
    except Refusal as refusal:
        _fail(Freezing.objects.filter(pk=freezing_id), refusal.message, now=clock())


def keep_file(freezing_id: int) -> None:
    """Builds documents.jsonl of what was frozen, once, so that nobody has to wait for it.

    Nothing depends on it: where it is stopped, or something is taken back meanwhile, whoever asks
    has the file built. May be said again at any time.
    """
    freezing = Freezing.objects.select_related("release__project").get(pk=freezing_id)
    if freezing.release is not None:
        with suppress(Refusal):
            wanted(freezing.release, DOCUMENTS).kept()


def _take_up(freezing_id: int) -> None:
    """Counts the attempt before anything is done."""
    FreezingProgress.objects.filter(freezing=freezing_id).update(attempts=F("attempts") + 1)
    waiting = Freezing.objects.filter(pk=freezing_id, state=FreezingState.WAITING)
    waiting.update(state=FreezingState.RUNNING)


def _freeze(freezing_id: int, asked: Asked, *, now: datetime) -> None:
    freezing = Freezing.objects.select_related("project", "by__user").get(pk=freezing_id)
    if freezing.by.user is None:
        raise NotNow(NOBODY)
    freeze_release(
        freezing.project,
        by=freezing.by.user,
        now=now,
        notes=freezing.notes,
        shares=shares_from(freezing.shares) if freezing.shares else None,
        asked=asked,
    )


def _fail(rows: QuerySet[Freezing], reason: str, *, now: datetime) -> None:
    rows.filter(state__in=OPEN).update(state=FreezingState.FAILED, reason=reason, ended_at=now)


def wake(*, now: datetime) -> None:
    """Open freezings that no job would take up get one, or are given up after MOST_ATTEMPTS."""
    live = {int(each["freezing_id"]) for each in queue.live(JOB)}
    forsaken = Freezing.objects.filter(state__in=OPEN).exclude(pk__in=live)
    lost = forsaken.filter(progress__attempts__gte=MOST_ATTEMPTS)
    _fail(lost, WORKER_LOST % {"count": MOST_ATTEMPTS}, now=now)
    for freezing in forsaken.order_by("pk").values_list("pk", flat=True):
        _have_done(freezing)


def freezing_for(project: Project, uuid: UUID) -> Freezing:
    """Raises NotVisible where the project has no such asking."""
    rows = Freezing.objects.select_related("project", "progress", "release", "by").filter(
        project=project
    )
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def reason_in_words(reason: str) -> str:
    """Why a freezing failed, in the language of the reader."""
    return said_again(reason, (WORKER_LOST,))


def shown_of(project: Project, *, since: datetime) -> list[Freezing]:
    """Those that are open, and those that failed since; the newest first."""
    rows = Freezing.objects.select_related("progress", "by").filter(project=project)
    failed = rows.filter(state=FreezingState.FAILED, ended_at__gte=since)
    return [*rows.filter(state__in=OPEN).order_by("-pk"), *failed.order_by("-pk")]
