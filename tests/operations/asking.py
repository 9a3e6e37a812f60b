"""People who ask all the time while something happens to the server, and what they met."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE = 120.0  # seconds until an answer is taken for lost


@dataclass
class Met:
    """How many answers were as they should be, and whatever else came instead of one."""

    answers: int = 0
    faults: list[str] = field(default_factory=list)


class Visitor(threading.Thread):
    """Asks for a page again and again: on one connection while the server keeps it, or each on its own."""

    def __init__(self, port: int, over: threading.Event, *, keeps: bool) -> None:
        super().__init__(daemon=True)
        self.port, self.over, self.keeps = port, over, keeps
        self.met = Met()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not self.over.wait(0.02):
            try:
                connection.request("GET", "/sign-in")
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.met.faults.append(repr(error))
                connection.close()
                continue
            if answer.status == http.client.OK:
                self.met.answers += 1
            else:
                self.met.faults.append(str(answer.status))
            if not self.keeps:
                connection.close()
        connection.close()


@contextmanager
def visitors(port: int, *, each_kind: int = 2) -> Iterator[list[Met]]:
    """Some that keep their connections and some that do not, until the block ends."""
    over = threading.Event()
    people = [Visitor(port, over, keeps=keeps) for keeps in (True, False) for _ in range(each_kind)]
    for each in people:
        each.start()
    try:
        yield [each.met for each in people]
    finally:
        over.set()
        for each in people:
            each.join(timeout=PATIENCE)
