"""Releases that were asked for are frozen, one after another."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.jobs.imports import WHEN_THE_DATABASE_IS_AWAY
from annotations.release import asking, sweeping_cache


@app.task(name=asking.JOB, queue=asking.QUEUE, retry=WHEN_THE_DATABASE_IS_AWAY)
def freeze(freezing_id: int) -> None:
    asking.freeze_asked(freezing_id, clock=timezone.now)
    asking.keep_file(freezing_id)
    sweeping_cache.sweep_old_daily(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="releases.wake", queueing_lock="releases.wake")
def wake(timestamp: int) -> None:
    """What was asked for and has no job any more gets one."""
    asking.wake(now=timezone.now())


@app.periodic(cron="29 3 * * *")
@app.task(name="releases.sweep", queueing_lock="releases.sweep")
def sweep(timestamp: int) -> None:
    """The cache of this machine keeps what is asked for."""
    sweeping_cache.sweep()
    sweeping_cache.sweep_old(now=timezone.now())
