"""Settings of the web server: gunicorn -c python:workbench.serving."""

import gc
import os
from pathlib import Path
from typing import Any

from workbench import environment as env
from workbench.supervisor.renewing import ready

wsgi_app = "workbench.wsgi:application"
worker_class = "workbench.slow_clients.Worker"
workers = env.whole("WORKBENCH_WEB_PROCESSES", default=2)
threads = env.whole("WORKBENCH_WEB_THREADS", default=4)
preload_app = True  # imported once for all processes, which then share that memory
keepalive = 15  # seconds: an annotator's next save finds the connection open
graceful_timeout = 20
timeout = 60
loglevel = "warning"
logger_class = "workbench.server_log.ServerLog"
accesslog = None  # addresses can hold sign-in tokens
control_socket_disable = True
# Workers prove by a file that they are alive; in memory, so that a busy disk kills nobody.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - its own file


def on_starting(server: Any) -> None:
    """Figures of processes that are gone count no more."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        for each in Path(folder).glob("*.db"):
            each.unlink(missing_ok=True)


def when_ready(server: Any) -> None:
    """Before the first fork: what a collection never writes to stays in memory once for all."""
    from annotations.release import nursery  # by now the application is there

    gc.collect()
    gc.freeze()
    nursery.begin()
    ready()


def child_exit(server: Any, worker: Any) -> None:
    """What a process counted stays when it ends."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
