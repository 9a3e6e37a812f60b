"""Two machines on one PostgreSQL behind a pooler: on each a web server and a worker, and a folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from annotations.project.models import User
from tests.clients import Person
from tests.operations.workplaces import PATIENCE, wait_until
from tests.pooling import Pooler, wanted_behind_it
from tests.servers import ROOT, Server

JSON = {"Content-Type": "application/json"}


@dataclass
class Machine:
    web: Server
    worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.web.start()

    def start_worker(self, address: str) -> None:
        """For all queues, as the documentation has it."""
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "workbench.workers", "default", "releases"],
            cwd=ROOT,
            env={**self.web.environment(), "DATABASE_URL": address},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self) -> None:
        try:
            self.web.stop()
        finally:
            if self.worker:
                self.worker.kill()
                self.worker.wait(timeout=PATIENCE)

    @property
    def kept(self) -> list[str]:
        """Names of files of releases that lie in its folder."""
        folder = self.web.data / "cache" / "releases"
        return sorted(each.name for each in folder.glob("*.jsonl*")) if folder.exists() else []


@contextmanager
def two_machines(pooler: Pooler, static_root: Path, place: Path) -> Iterator[tuple[Machine, ...]]:
    """Ended with the block, whatever happens in it."""
    with ExitStack() as stack:
        found = []
        for name in ("first", "second"):
            folder = place / name
            folder.mkdir()
            web = Server(pooler.address("web"), static_root, data=folder, more=wanted_behind_it())
            machine = Machine(web)
            stack.callback(machine.stop)
            machine.start()
            machine.start_worker(pooler.address("worker"))
            found.append(machine)
        yield tuple(found)


class Stranger(Person):
    """Nobody yet, on one machine."""

    def __init__(self, url: str) -> None:
        self.host, self.timeout, self.cookies = url.removeprefix("http://"), PATIENCE, {}
        self.connection = HTTPConnection(self.host, timeout=self.timeout)
        self.request("GET", "/sign-in")

    def signs_in(self, login: str, password: str) -> bool:
        form = {"login": login, "password": password}
        form["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.request("POST", "/sign-in", urlencode(form).encode(), kind)
        return self.request("GET", "/account")[0] == 200


@dataclass
class Everywhere:
    """Somebody signed in on one machine, who asks the next thing on the other each time."""

    machines: tuple[Machine, ...]
    user: User
    asked: int = 0
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = Person(self.machines[0].web.url, self.user, timeout=PATIENCE)
        second = copy(first)  # with the same cookies, as a browser has them behind a proxy
        second.host = self.machines[1].web.url.removeprefix("http://")
        second.reconnect()
        self.people = [first, second]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        self.asked += 1
        sent = {
            "Idempotency-Key": str(uuid4()),
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        data = body
        if isinstance(body, dict):
            data, sent = json.dumps(body).encode(), {**JSON, **sent}
        status, content, said = self.people[self.asked % 2].request(method, path, data, sent)
        is_json = "json" in (said["Content-Type"] or "") and "ndjson" not in said["Content-Type"]
        return status, json.loads(content) if is_json and content else content

    def wait(self, path: str, holds: Callable[[Any], bool], what: str) -> Any:
        """What is answered once it holds, asked here and there."""
        found: list[Any] = []

        def asked() -> bool:
            found[:] = [self.ask("GET", path)[1]]
            return holds(found[0])

        wait_until(asked, what)
        return found[0]
