"""Releases that were asked for, as the page shows them: what is known of each, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from annotations.project.models import Project
from annotations.release.asking import reason_in_words, shown_of
from annotations.release.freezings import STEPS, Freezing, FreezingState, FreezingStep

FAILED_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FreezingRow:
    """`part` of `whole` is for the bar, over all steps; None while nothing was heard."""

    freezing: Freezing
    words: str
    part: int | None
    whole: int

    @property
    def stand(self) -> str:
        """Changes with whatever the page shows of it."""
        progress = self.freezing.progress
        return f"{self.freezing.state} {progress.step} {progress.done} {progress.total}"


def rows_of_freezings(project: Project, *, now: datetime) -> list[FreezingRow]:
    """Those that are open, and those that failed within FAILED_SHOWN."""
    return [_row(each) for each in shown_of(project, since=now - FAILED_SHOWN)]


def _row(freezing: Freezing) -> FreezingRow:
    progress = freezing.progress
    whole = progress.total * len(STEPS)
    if freezing.state == FreezingState.FAILED:
        return FreezingRow(freezing, reason_in_words(freezing.reason), None, whole)
    if progress.at is None:
        return FreezingRow(freezing, _waiting(freezing), None, whole)
    step = STEPS.index(FreezingStep(progress.step))
    words = _("Step %(step)s of %(steps)s, %(what)s: %(done)s of %(total)s documents") % {
        "step": step + 1,
        "steps": len(STEPS),
        "what": FreezingStep(progress.step).label,
        "done": progress.done,
        "total": progress.total,
    }
    return FreezingRow(freezing, words, step * progress.total + progress.done, whole)


def _waiting(freezing: Freezing) -> str:
    if freezing.state == FreezingState.RUNNING:
        return _("A worker has taken it up; nothing was heard of it yet.")
    return _("It waits for a worker. Releases are frozen one after another.")
