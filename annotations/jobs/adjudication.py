"""What has changed is derived before an adjudicator asks for it."""

from __future__ import annotations

from procrastinate.contrib.django import app

from annotations.adjudication import standing

MOST = 1_000
"""Documents of a project at a time; the rest waits a minute."""


@app.periodic(cron="* * * * *")
@app.task(name="adjudication.catch_up", queueing_lock="adjudication.catch_up")
def catch_up(timestamp: int) -> None:
    for project in standing.projects_behind():
        standing.catch_up(project, most=MOST)
