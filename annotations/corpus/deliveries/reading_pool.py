"""Reading processes, kept running and replaced when they die; the worker's side of them. Pure."""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import NamedTuple

from annotations.corpus.deliveries.limits import CLOCK_A_CPU_SECOND, READERS
from annotations.corpus.deliveries.reading_child import Asked, Died, Process, Result
from annotations.corpus.deliveries.reading_process import READ

_ALONE = 256 * 1024  # A file of this size is a request by itself.
_TOGETHER = 16


class _Waiting(NamedTuple):
    asked: Asked
    results: SimpleQueue[Result]


class Pool:
    """Several processes, one thread to attend each. Whoever has files to read is an `asker`."""

    def __init__(
        self, size: int = READERS, reader: str = READ, *, patience: float = CLOCK_A_CPU_SECOND
    ) -> None:
        self.reader = reader
        self.patience = patience
        self._waiting: deque[_Waiting] = deque()
        self._more = threading.Condition()
        self._closed = False
        self._processes: set[Process] = set()
        self._threads = [threading.Thread(target=self._attend, daemon=True) for _ in range(size)]
        for thread in self._threads:
            thread.start()

    def asker(self) -> Asker:
        return Asker(self)

    def put(self, asked: Sequence[Asked], *, results: SimpleQueue[Result]) -> None:
        with self._more:
            self._waiting.extend(_Waiting(each, results) for each in asked)
            self._more.notify_all()

    def forget(self, results: SimpleQueue[Result]) -> None:
        with self._more:
            others = [each for each in self._waiting if each.results is not results]
            self._waiting.clear()
            self._waiting.extend(others)

    def close(self) -> None:
        with self._more:
            self._closed = True
            self._waiting.clear()
            self._more.notify_all()
        for process in list(self._processes):
            process.child.kill()
        for thread in self._threads:
            thread.join(timeout=10)

    def _attend(self) -> None:
        process: Process | None = None
        while taken := self._next():
            if process is None:
                process = Process(self.reader, patience=self.patience)
                self._processes.add(process)
            process = self._served(process, taken)
        if process:
            process.kill()

    def _served(self, process: Process, taken: list[_Waiting]) -> Process | None:
        """The process for the next request; None after it died, and others read the rest."""
        results = process.read([each.asked for each in taken])
        for done, (each, result) in enumerate(zip(taken, results, strict=False), start=1):
            each.results.put(result)
            if isinstance(result[1], Died):
                self._processes.discard(process)
                with self._more:
                    if not self._closed:
                        self._waiting.extendleft(reversed(taken[done:]))
                    self._more.notify_all()
                return None
        return process

    def _next(self) -> list[_Waiting]:
        """Some small files or a large one; empty when the pool is closed."""
        with self._more:
            self._more.wait_for(lambda: self._waiting or self._closed)
            taken: list[_Waiting] = []
            size = 0
            share = max(1, min(_TOGETHER, len(self._waiting) // len(self._threads)))
            while not self._closed and self._waiting and len(taken) < share and size < _ALONE:
                taken.append(self._waiting.popleft())
                size += len(taken[-1].asked.data)
            return taken


class Asker:
    """One of those who share a pool: what it asked for comes to it and to nobody else.

    `put` files, then `take` their results in any order.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._results: SimpleQueue[Result] = SimpleQueue()

    def put(self, asked: Sequence[Asked]) -> None:
        self._pool.put(asked, results=self._results)

    def take(self, timeout: float) -> Result | None:
        """The next result; None if there is none within `timeout` seconds."""
        try:
            return self._results.get(timeout=timeout)
        except Empty:
            return None

    def forget(self) -> None:
        """What is not begun is not read; what is under way still gives its result."""
        self._pool.forget(self._results)


_pools: list[Pool] = []
_first = threading.Lock()


def common_pool() -> Pool:
    """The pool of this process, started when it is first needed and kept: the model takes a while to load."""
    with _first:
        if not _pools:
            _pools.append(Pool())
            atexit.register(_pools[0].close)
        return _pools[0]
