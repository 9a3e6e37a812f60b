"""gunicorn's threaded worker, in which waiting for a slow client keeps nobody else waiting.

A thread that answers holds one of `threads` slots. Whoever sends slowly, or reads slowly what is
sent, gives the slot up for as long as the network is waited for, so that slow clients cost a thread
and no turn of others; and a client that moves next to nothing is cut off.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from typing import Any

from gunicorn.workers import gthread

WAITING = 60
"""Threads of a process for clients that are waited for, beside those that answer."""
GRACE = 20.0
"""Seconds that a request may keep us waiting in all, however little comes or goes,"""
RATE = 1_000
"""one more for each so many bytes,"""
STALL = 60.0
"""and at most so many at one time."""
_AT_ONCE = 1024 * 1024
_SMALL = 64 * 1024
CHUNKED = b"\r\nTransfer-Encoding: chunked\r\n"  # as gunicorn writes it


class Wire(socket.socket):
    """A client's connection that gives up the slot of whoever waits at it.

    It looks as a blocking one does. Waiting in vain is told as a client that hung up.
    """

    slots: Semaphore
    holding = False
    head = b""  # of an answer, until its body is there: sent together, the client wakes once
    passed = 0
    waited = 0.0
    patience: float | None = None

    @classmethod
    def of(cls, plain: socket.socket, slots: Semaphore) -> Wire:
        wire = cls(fileno=plain.detach())
        wire.slots = slots
        socket.socket.settimeout(wire, 0.0)
        return wire

    def begin(self) -> None:
        """A request: from here on the caller holds a slot, and the clock is set anew."""
        self.holding, self.passed, self.waited = True, 0, 0.0

    def end(self) -> None:
        self.holding = False

    def settimeout(self, value: float | None) -> None:
        self.patience = value

    def setblocking(self, flag: bool) -> None:
        self.patience = None if flag else 0.0

    def gettimeout(self) -> float | None:
        return self.patience

    def recv(self, size: int, flags: int = 0) -> bytes:
        self.flush()
        while True:
            try:
                data = super().recv(size, flags)
            except BlockingIOError:
                self._wait(select.POLLIN)
            else:
                self.passed += len(data)
                return data

    def send(self, data: Any, flags: int = 0) -> int:
        while True:
            try:
                sent = super().send(data, flags)
            except BlockingIOError:
                self._wait(select.POLLOUT)
            else:
                self.passed += sent
                return sent

    def sendall(self, data: Any, flags: int = 0) -> None:
        if not self.head and _is_head(data):
            self.head = bytes(data)
            return
        if self.head and len(data) <= _SMALL:
            data, self.head = self.head + data, b""
        self.flush()
        self._send_all(data, flags)

    def flush(self) -> None:
        """Sends what waits for more."""
        if self.head:
            head, self.head = self.head, b""
            self._send_all(head)

    def _send_all(self, data: Any, flags: int = 0) -> None:
        left = memoryview(data).cast("B")
        while left:
            left = left[self.send(left, flags) :]

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        self.flush()
        start, end = offset, None if count is None else offset + count
        while end is None or offset < end:
            most = _AT_ONCE if end is None else min(_AT_ONCE, end - offset)
            try:
                sent = os.sendfile(self.fileno(), file.fileno(), offset, most)
            except BlockingIOError:
                self._wait(select.POLLOUT)
                continue
            if not sent:
                break
            self.passed += sent
            offset += sent
        return offset - start

    def _wait(self, what: int) -> None:
        seconds = min(STALL, GRACE + self.passed / RATE - self.waited)
        if self.patience is not None:
            seconds = min(seconds, self.patience)
        began = time.monotonic()
        ready = seconds > 0 and self._ready(what, seconds)
        self.waited += time.monotonic() - began
        if not ready:
            raise ConnectionResetError(errno.ECONNRESET, "The client was waited for in vain.")

    def _ready(self, what: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self.fileno(), what)
        if not self.holding:
            return bool(poll.poll(seconds * 1000))
        self.slots.release()
        try:
            return bool(poll.poll(seconds * 1000))
        finally:
            self.slots.acquire()


class Worker(gthread.ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """As many requests at once as gunicorn is given `threads`; slow clients come on top."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        self.slots = Semaphore(self.cfg.threads)
        return ThreadPoolExecutor(max_workers=self.cfg.threads + WAITING)

    def handle(self, conn: Any) -> Any:
        if not isinstance(conn.sock, Wire):
            conn.sock = Wire.of(conn.sock, self.slots)
        # Without a slot: a browser opens connections that it may never use.
        if not conn.initialized and not conn.wait_for_data(gthread.DEFAULT_WORKER_DATA_TIMEOUT):
            return gthread._DEFER
        conn.data_ready = True
        again = self._answer(conn)
        if not again:
            # Here, and not in the one thread that takes connections in: it waits for the client.
            conn.close(graceful=True)
            conn.close = _closed
        return again

    def _answer(self, conn: Any) -> Any:
        """One request; whether there may be another on this connection."""
        with self.slots:
            conn.sock.begin()
            try:
                again = super().handle(conn)
                conn.sock.flush()
            except OSError:
                return False  # who is gone by now misses nothing
            finally:
                conn.sock.end()
            return again


def _is_head(data: Any) -> bool:
    """Of an answer whose body is about to come: that of one in chunks may take its time."""
    ends = data[:7] == b"HTTP/1." and data[-4:] == b"\r\n\r\n"
    return ends and CHUNKED not in bytes(data)


def _closed(*, graceful: bool = False) -> None:
    """There is nothing left to close."""
