"""Connections that notice when their server stands still: neither gone nor answering.

Limits on statements act in the server, and its machine goes on to acknowledge what arrives, so that
neither those nor the ones of TCP help against a server that is stopped, swapped out or cut off from
its disk. A statement that merely takes its time is told from that by asking to be let in anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from workbench.postgresql.patience import ANSWER, QUIET, QUIET_AGAIN, STILL

Waiting = Generator[Any, Any, Any]


class NoAnswer(psycopg.OperationalError):
    """Nobody is there who would say so."""


class _Still:
    """Until when, of `time.monotonic`, a server that was found still is looked at sooner."""

    until = 0.0


class _Serving:
    """Whether people wait for this process; a job goes on when its server does."""

    people = False


def serve_people() -> None:
    """To be called by what answers requests."""
    _Serving.people = True


class Watched(psycopg.Connection[Any]):
    """Gives up, with NoAnswer and closed, once its server lets nobody in any more either."""

    def wait(self, gen: Waiting, *args: Any, **options: Any) -> Any:
        """As psycopg's own, which wakes ten times a second to be interrupted."""
        if not _Serving.people:
            return super().wait(gen, *args, **options)
        try:
            return super().wait(watched(gen, lambda: answers(self)), *args, **options)
        except NoAnswer:
            self.close()
            raise


def watched(gen: Waiting, answers: Callable[[], bool]) -> Waiting:
    """What `gen` gives; asks whether the server `answers` each time it has been quiet for long."""
    since = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and time.monotonic() - since > _patience():
                _refuse_still(answers)
                since = time.monotonic()
            elif ready:
                since = time.monotonic()
            wanted = gen.send(ready)
    except StopIteration as ended:
        return ended.value


def _refuse_still(answers: Callable[[], bool]) -> None:
    if answers():
        return
    _Still.until = time.monotonic() + STILL
    raise NoAnswer("The server has stopped answering.")


def answers(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server of this connection says anything to somebody new, a refusal included."""
    info = connection.info
    where = make_conninfo(info.dsn, password=info.password or None, connect_timeout=ANSWER)
    try:
        psycopg.connect(where).close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.OperationalError:
        return PGconn.ping(where.encode()) in {Ping.OK, Ping.REJECT}
    _Still.until = 0.0
    return True


def _patience() -> float:
    return QUIET_AGAIN if time.monotonic() < _Still.until else QUIET
