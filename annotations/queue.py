""" "Do this later": a job by its task's name, queued in the transaction of whoever asks.

The caller needs to know no task, so that a verb of any domain may ask for work that is
done by `annotations.jobs`.
"""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def later(task: str, /, *, lock: str | None = None, **arguments: str | int) -> int:
    """Queues `task` (such as "imports.run"); jobs of one `lock` run one after another."""
    job: int = app.configure_task(task, lock=lock).defer(**arguments)
    return job


def live(task: str, /) -> list[dict[str, Any]]:
    """The arguments of the jobs of `task` that are to be done or under way."""
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"])
    return list(jobs.values_list("args", flat=True))
