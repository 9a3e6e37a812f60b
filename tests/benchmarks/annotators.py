"""People at work, in processes of their own: what each asked for, and how long it took.

    python -m tests.benchmarks.annotators < plan.json

The plan names the server, the project, the people (their cookies), what they do and for how long;
each person is a thread with one connection. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from tests.benchmarks.kept_line import KeptLine

NEW = "If-None-Match: *\r\n"


def _headers(cookies: dict[str, str]) -> str:
    """Of each request of a person."""
    shown = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return (
        "Accept-Encoding: identity\r\nContent-Type: application/json\r\n"
        f"Cookie: {shown}\r\nX-CSRFToken: {cookies.get('csrftoken', '')}\r\n"
    )


@dataclass
class Done:
    """`times` in milliseconds by deed; `saved` as they were acknowledged."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    saved: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)


class Annotator(threading.Thread):
    def __init__(self, plan: dict[str, Any], who: dict[str, Any], begin: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.plan, self.who, self.begin = plan, who, begin
        self.chance = Random(who["seed"])
        self.line = KeptLine(plan["host"])
        self.headers = _headers(who["cookies"])
        self.done = Done()
        self.broken = ""

    def run(self) -> None:
        try:
            self.begin.wait(timeout=120)
            self.until = time.monotonic() + self.plan["seconds"]
            getattr(self, self.plan["what"])()
        except (OSError, ValueError, LookupError) as error:
            self.broken = repr(error)

    def ask(
        self, deed: str, method: str, path: str, body: dict[str, Any], headers: str = ""
    ) -> tuple[int, Any]:
        """The status, and the answer read as JSON."""
        sent = f"{self.headers}Idempotency-Key: {uuid4()}\r\n{headers}"
        content = json.dumps(body).encode()
        before = time.perf_counter()
        status, answer = self.line.ask(method, path, sent, content)
        self.done.times.setdefault(deed, []).append(1000 * (time.perf_counter() - before))
        self.done.statuses[f"{deed} {status}"] += 1
        return status, json.loads(answer) if answer else None

    def save(self, work: str) -> None:
        text, length = self.plan["text"], 20
        start = self.chance.randrange(len(text) - length)
        while text[start : start + length].isspace():
            start = self.chance.randrange(len(text) - length)
        body = {"assignment": work, "start": start, "end": start + length, "theme": "burnout"}
        name = str(uuid4())
        status, _said = self.ask(
            "save",
            "PUT",
            f"/api/v1/annotations/{name}",
            {**body, "quote": text[start : start + length], "stance": "against"},
            NEW,
        )
        if status == 201:
            self.done.saved.append(name)

    def think(self) -> None:
        if self.plan["think"]:
            time.sleep(self.plan["think"] * (0.5 + self.chance.random()))

    def saves(self) -> None:
        """On one's own assignment, until the time is over. Nobody begins at the same moment as all others."""
        self.think()
        while time.monotonic() < self.until:
            self.save(self.who["assignment"])
            self.think()

    def once(self) -> None:
        """One save, at the very moment of all others."""
        self.save(self.who["assignment"])

    def claim(self) -> str | None:
        path = f"/api/v1/projects/{self.plan['project']}/assignments/next"
        status, said = self.ask("next", "POST", path, {})
        if status != 200:
            return None
        self.done.claimed.append(said["id"])
        return str(said["id"])

    def bare(self) -> None:
        """The least that this server answers, in the same crowd."""
        if self.plan["bare"]:
            self.ask("bare", "GET", "/healthz", {})

    def leave(self, work: str, **how: Any) -> None:
        self.ask(how["state"], "PATCH", f"/api/v1/assignments/{work}", how)

    def claims(self) -> None:
        """Takes the next and submits it, as often as was asked."""
        self.think()
        for _ in range(self.plan["times"]):
            work = self.claim()
            if work is None:
                return
            self.bare()
            self.think()
            self.leave(work, state="submitted", judged=[0], up_to=None, reason="")
            self.think()

    def days(self) -> None:
        """Whole documents: claimed, coded, submitted, until there is none or the time is over."""
        while time.monotonic() < self.until:
            work = self.claim()
            if work is None:
                return
            for _ in range(self.plan["saves"]):
                self.save(work)
                self.think()
            self.leave(work, state="submitted", judged=[0], up_to=None, reason="")


def main() -> None:
    plan = json.load(sys.stdin)
    begin = threading.Barrier(len(plan["people"]))
    people = [Annotator(plan, who, begin) for who in plan["people"]]
    for each in people:
        each.start()
    for each in people:
        each.join()
    print(
        json.dumps(
            [
                {
                    "times": each.done.times,
                    "statuses": each.done.statuses,
                    "saved": each.done.saved,
                    "claimed": each.done.claimed,
                    "broken": each.broken,
                }
                for each in people
            ]
        )
    )


if __name__ == "__main__":
    main()
