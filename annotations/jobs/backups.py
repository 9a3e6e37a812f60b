"""Backups by themselves: asked for every hour, taken when one is due.

In the worker, which every installation has: `workbench run` and the compose file alike. A backup
whose worker was killed is started again with the other stalled jobs, or at the next hour.
"""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from workbench.backup.keeping import take_if_due


@app.periodic(cron="23 * * * *")
@app.task(name="backups.take", lock="backups.take", queueing_lock="backups.take")
def take(timestamp: int) -> None:
    take_if_due(of=connection, clock=timezone.now)
