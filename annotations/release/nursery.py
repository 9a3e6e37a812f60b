"""Builders that begin at once: forked from a process that has imported everything, before they are asked.

The web server's first process forks it before those that answer, so that all share one memory. Of
those that it forks one is always waiting, with its connection open and all loaded that the first
bytes take. A web process sends what is to be built, and the locks that the builder is to hold; the
next one gets ready. All of them end when nobody is left who could ask; whoever builds then goes on.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connections

from .building_here import build_here, rehearse
from .files import learn_writers
from .formats.tokens import learn_tokens

LONGEST = 4096  # bytes of an order
LOCKS = 2
PAUSE = 10.0
"""Seconds without an order, so that the server is up before this takes a processor; and after one
that waited has died."""
BREATH = 0.5
"""Seconds until the next one gets ready, if nobody asks: the one who has just begun goes first."""
FRESH = 300.0
"""Seconds after which whoever waits looks again, so that it asks no server that is long gone."""
_asking: socket.socket | None = None
"""The end at which web processes ask, who have it from the process that began."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is to be built, by the key of its release."""

    release: int
    file: str
    offsets: str
    formula_safe: bool
    bom: bool


def begin() -> int | None:
    """Forks the one who waits; answers its number. To be called before any thread or connection.

    Linux only: elsewhere builders are programs that are started.
    """
    global _asking
    if sys.platform != "linux":
        return None
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    number = _forked(lambda: _wait(theirs))
    theirs.close()
    ours.setblocking(False)
    _asking = ours
    return number


def ask(order: Order, *locks: int) -> bool:
    """Whether somebody builds it now, holding these locks; False where nobody waits for orders."""
    if _asking is None:
        return False
    try:
        socket.send_fds(_asking, [json.dumps(asdict(order)).encode()], locks)
    except OSError:
        return False
    return True


def _wait(orders: socket.socket) -> None:
    _leave_the_web_server(orders)
    _learn(orders)
    pause = BREATH
    while not _is_over(orders):
        pause = BREATH if _is_taken(orders, pause) else PAUSE


def _is_taken(orders: socket.socket, pause: float) -> bool:
    """Another process waits for the next order, after a pause if there is none yet; this one until
    it was taken, or that one has died of something that may last."""
    select.select([orders], [], [], pause)
    taken, telling = os.pipe()
    _forked(lambda: _build_next(orders, taken, telling))
    os.close(telling)
    said = os.read(taken, 1)
    os.close(taken)
    return bool(said)


def _build_next(orders: socket.socket, taken: int, telling: int) -> None:
    os.close(taken)
    _do_without_pool()
    patience = 0.0  # who was asked before is not to wait until it is ready
    while not select.select([orders], [], [], patience)[0]:
        rehearse()
        patience = FRESH
    said, _locks, _flags, _address = socket.recv_fds(orders, LONGEST, LOCKS)
    if said:
        with suppress(OSError):
            os.write(telling, b"!")
        os.close(telling)
        orders.close()
        _build(Order(**json.loads(said)))


def _build(order: Order) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _be_called("release-builder")
    build_here(order.release, order.file, order.offsets, order.formula_safe, order.bom)


def _is_over(orders: socket.socket) -> bool:
    """Whether nobody is left who could ask."""
    look = select.poll()
    look.register(orders, 0)
    return bool(look.poll(0))


def _learn(orders: socket.socket) -> None:
    """What takes a moment and is the same for all files; whoever asks first has it once more."""
    if not select.select([orders], [], [], PAUSE)[0]:
        learn_writers()
        learn_tokens()


def _leave_the_web_server(orders: socket.socket) -> None:
    """Its signals mean nothing here, and its port is free when it ends."""
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGWINCH, signal.SIGCHLD):
        signal.signal(number, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    _be_called("release-nursery")
    # What Python still has open under these numbers it never closes: this process ends by _exit.
    for each in map(int, os.listdir("/proc/self/fd")):
        if each > sys.stderr.fileno() and each != orders.fileno():
            with suppress(OSError):
                os.close(each)


def _do_without_pool() -> None:
    """Its threads take a moment to begin, and one connection is all that is needed here."""
    for alias in connections:
        connections[alias].settings_dict["OPTIONS"].pop("pool", None)


def _be_called(name: str) -> None:
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name)


def _forked(do: Callable[[], None]) -> int:
    """Another process does it and ends; what it does not catch is written as at any end."""
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        do()
        code = 0
    finally:
        if code:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(code)
