"""Background workers, one process a queue, forked from one that has imported everything.

    python -m workbench.workers default releases

So that imports do not wait for a release of minutes, and what both need is in memory once. One
that dies is forked anew; all of them end with this process, however it ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time

import django
from procrastinate.exceptions import ConnectorException

from workbench.before_forks import learn_models
from workbench.postgresql.patience import POOL
from workbench.supervisor.external import wait_for
from workbench.supervisor.keeping import Keeper
from workbench.supervisor.processes import die_with, name_this
from workbench.supervisor.renewing import ready
from workbench.supervisor.stopping import Signals, Stop
from workbench.supervisor.terminal import say
from workbench.wall_clock import WallClock

NAMES = {"default": "The worker", "releases": "The release worker"}
GRACE = 20.0
"""Seconds for a job under way; what is not done by then is given back, and goes on at the next start."""
_forking = multiprocessing.get_context("fork")


class Forked:
    """A queue's worker and its latest process."""

    def __init__(self, queue: str) -> None:
        self.queue = queue
        self.name = NAMES.get(queue, f"The worker of {queue}")
        self.process = self._forked()

    def start(self) -> None:
        self.process = self._forked()

    def code(self) -> int | None:
        return self.process.exitcode

    def ask_to_stop(self) -> None:
        if self.code() is None:
            self.process.terminate()

    def _forked(self) -> multiprocessing.context.ForkProcess:
        process = _forking.Process(target=_work, args=(self.queue, os.getpid()))
        process.start()
        return process


def run(queues: list[str]) -> None:
    """Until SIGTERM: then jobs have `GRACE` seconds."""
    signals = Signals()
    forked: list[Forked] = []
    try:
        _import_everything()
        forked += [Forked(queue) for queue in queues]
        ready()
        keepers = [Keeper(each.name, code=each.code, start=each.start) for each in forked]
        clock = WallClock()
        while True:
            signals.sleep(1.0)
            if clock.was_set():
                _begin_anew(forked)
            for keeper in keepers:
                keeper.look(now=time.monotonic())
    except Stop:
        for each in forked:
            each.ask_to_stop()
        for each in forked:
            each.process.join()


def _begin_anew(forked: list[Forked]) -> None:
    """A schedule goes on from the last time it was due: one that is ahead, or long ago, by now."""
    say("The clock was set; the workers begin anew.")
    for each in forked:
        each.ask_to_stop()


def _import_everything() -> None:
    """Before the forks; no connection is opened, since two processes cannot share one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    from procrastinate.contrib.django import app

    app.perform_import_paths()  # type: ignore[no-untyped-call]  # no types there
    learn_models()
    gc.collect()
    gc.freeze()  # a collection writes to what it looks at, and what is written to is shared no more


def _work(queue: str, parent: int) -> None:
    """In the forked process."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)  # until the worker has its own
    die_with(parent, by=signal.SIGKILL)()
    name_this(f"worker-{queue}")
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    own = PsycopgConnector(kwargs=connector_params(), max_size=4, **POOL)
    wait_for(os.environ["DATABASE_URL"])
    try:
        with app.replace_connector(own):
            app.run_worker(queues=[queue], shutdown_graceful_timeout=GRACE)
    except ConnectorException as error:
        sys.exit(f"{NAMES.get(queue, queue)}: {error.__cause__ or error}")


if __name__ == "__main__":
    run(sys.argv[1:])
