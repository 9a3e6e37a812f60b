"""What the worker does for itself: jobs of dead workers again, finished ones away."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from annotations.assignment import tallies
from workbench import limits

MOST_ATTEMPTS = 5
KEPT_HOURS = 14 * 24
# Of a clock that was ahead: it would pass for alive until then. Who lives writes its own at once.
BEATS_ANEW = (
    "UPDATE procrastinate_workers SET last_heartbeat = now()"
    " WHERE last_heartbeat > now() + interval '1 minute'"
)

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Gives up on a job that took its worker down each time, so that others get their turn."""
    await context.app.connector.execute_query_async(BEATS_ANEW)
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.attempts + 1 >= MOST_ATTEMPTS:
            log.error("Job %s (%s) died %s times.", job.id, job.task_name, MOST_ATTEMPTS)
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job)


@app.periodic(cron="17 4 * * *")
@app.task(name="upkeep.remove_old", queueing_lock="upkeep.remove_old", pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_HOURS)


@app.periodic(cron="23 * * * *")
@app.task(name="upkeep.forget_limits", queueing_lock="upkeep.forget_limits")
def forget_limits(timestamp: int) -> None:
    """How often one may ask: whoever has not asked lately is forgotten."""
    limits.forget(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="upkeep.fold_tallies", queueing_lock="upkeep.fold_tallies")
def fold_tallies(timestamp: int) -> None:
    """So that a count stays the sum of a few rows."""
    tallies.fold()
