"""Delivered files are read, a slice of time after another."""

from __future__ import annotations

from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from annotations.corpus.deliveries import cancelling, delivering, importing
from annotations.corpus.stories import gathering

# A database that restarts is back within minutes; a fault of the program is not repeated.
WHEN_THE_DATABASE_IS_AWAY = RetryStrategy(
    max_attempts=8, exponential_wait=3, retry_exceptions=[OperationalError, InterfaceError]
)
# Then others get their turn, and a worker that is asked to stop has stopped by then.
SLICE = timedelta(seconds=10)


@app.task(name=delivering.JOB, retry=WHEN_THE_DATABASE_IS_AWAY)
def run(import_id: int) -> None:
    until = timezone.now() + SLICE
    if importing.run_import(import_id, clock=timezone.now, until=until):
        delivering.ask_to_read(import_id)
    else:
        gathering.gather_later(import_id)


@app.periodic(cron="* * * * *")
@app.task(name="imports.wake", queueing_lock="imports.wake")
def wake(timestamp: int) -> None:
    """Deliveries with files that wait, and no job that would read them, get one."""
    for import_id in delivering.forsaken(now=timezone.now()):
        delivering.ask_to_read(import_id)


@app.periodic(cron="41 3 * * *")
@app.task(name="imports.give_up_bytes", queueing_lock="imports.give_up_bytes")
def give_up_bytes(timestamp: int) -> None:
    """What was cancelled and not resumed in time keeps no bytes."""
    cancelling.give_up_bytes(now=timezone.now())
