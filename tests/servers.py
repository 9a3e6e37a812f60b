"""A real web server on a database of the test's own: started, killed, started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

from workbench import serving

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds until something is taken for hanging; no measure of speed


def free_port() -> int:
    """A port that stays free while its server is away.

    Not of those that the system gives to connections: one of them may be taken by then.
    """
    for port in SystemRandom().sample(range(20_000, 32_000), 200):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("No port is free.")


@dataclass
class Server:
    """gunicorn on loopback. `kill` is SIGKILL to all of it; `start` may be called again."""

    database_url: str
    static_root: Path
    data: Path
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    as_run: bool = False
    """With all that `workbench run` has beside the web processes, such as builders that are ready."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "workbench.settings",
            "DATABASE_URL": self.database_url,
            "WORKBENCH_STATIC_ROOT": str(self.static_root),
            "WORKBENCH_DATA": str(self.data),
            "WORKBENCH_DEBUG": "false",
            "WORKBENCH_POOL_SIZE": "4",
            "WORKBENCH_LOG_LEVEL": "ERROR",
            **self.more,
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "workbench.wsgi:application"]
        options = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers)]
        # Browsers hold their connections; a test that ends does not wait for them.
        threads = [
            "--worker-class",
            "workbench.slow_clients.Worker",
            "--threads",
            "8",
            "--keep-alive",
            "60",
        ]
        threads += ["--graceful-timeout", "2"]
        if self.as_run:
            threads += ["--config", "python:workbench.serving"]
        if serving.worker_tmp_dir:  # as in production, where a busy disk holds up no answer
            threads += ["--worker-tmp-dir", serving.worker_tmp_dir]
        self.process = subprocess.Popen(
            [*command, *options, *threads, "--log-level", "error"],
            cwd=ROOT,
            env=self.environment(),
            start_new_session=True,
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError("The web server ended before it answered.")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise TimeoutError("The web server did not answer.")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        self.process.wait(timeout=PATIENCE)
        self.process = None
