"""One embedded server for everything that works on a data folder at the same time.

Whoever comes first starts the server and owns it: `workbench run`, or a single command. Whoever
comes later uses it. The owner stops it after the last user has gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbench.supervisor.home import Home, open_home
from workbench.supervisor.locks import Lock
from workbench.supervisor.postgres import Server, answers
from workbench.supervisor.refusals import CannotStart, from_os_error
from workbench.supervisor.terminal import say

_PATIENCE = 120.0  # seconds for another process to get the server up


@dataclass
class Seat:
    """A hold on the server of a data folder. `server` is None when somebody else owns it."""

    url: str
    server: Server | None


@contextmanager
def database(data: Path, *, durable: bool = True) -> Iterator[str]:
    """The address of the folder's database, started for the duration if nobody has it up."""
    with ExitStack() as stack:
        owner, users = _locks(data, stack)
        seat = _take_seat(data, owner, users, durable=durable)
        if seat.server:
            stack.callback(_stop_after_users, seat.server, users)
            _start(seat.server)
        yield seat.url


@contextmanager
def owned(data: Path) -> Iterator[Server]:
    """The folder's server, not started yet, for a supervisor that outlives all others."""
    with ExitStack() as stack:
        owner, _ = _locks(data, stack)
        if not owner.try_alone():
            say(f"Waiting for another command to finish with the database: {owner.note()}")
            while not owner.try_alone():
                time.sleep(0.1)
        owner.write(f"workbench run (process {os.getpid()})")
        yield Server(_home(data))


def make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, folder=data) from error


def _locks(data: Path, stack: ExitStack) -> tuple[Lock, Lock]:
    make_folder(data)
    try:
        locks = Lock(data / "postgres.lock"), Lock(data / "postgres.users")
    except OSError as error:
        raise from_os_error(error, folder=data) from error
    for lock in locks:
        stack.callback(lock.close)
    return locks


def _take_seat(data: Path, owner: Lock, users: Lock, *, durable: bool) -> Seat:
    """Owners hold `owner`; everybody holds `users` together, until the owner wants it alone."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if users.try_together():
            if owner.try_alone():
                owner.write(f"a command (process {os.getpid()})")
                server = Server(_home(data), durable=durable)
                return Seat(server.url, server)
            home = _home_if_there(data)
            if home and answers(home.url()):
                return Seat(home.url(), None)
            users.release()
        time.sleep(0.05)
    raise CannotStart(
        f"The database in {data} is being started by another program ({owner.note()}),\n"
        f"but has not answered for {_PATIENCE:.0f} seconds. See {data / 'postgres' / 'log'}."
    )


def _stop_after_users(server: Server, users: Lock) -> None:
    while server.code is None and not users.wait_alone(seconds=1):
        pass
    server.stop()


def _start(server: Server) -> None:
    try:
        server.start()
    except OSError as error:
        raise from_os_error(error, folder=server.home.path) from error


def _home(data: Path) -> Home:
    try:
        return open_home(data)
    except OSError as error:
        raise from_os_error(error, folder=data) from error


def _home_if_there(data: Path) -> Home | None:
    return _home(data) if (data / "postgres").exists() else None
