"""A line between two programs that can be slow, dead, silent or cut: a TCP proxy on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PIECE = 16 * 1024  # bytes


@dataclass
class Line:
    """From `port` here to `host:port` or a socket's path there.

    `down` hangs up on everybody and refuses who comes; `silent` takes everything and passes nothing
    on. Of what goes `there` (or comes `back`) a connection passes so many bytes and is then cut.
    """

    there: tuple[str, int] | str
    port: int = 0
    delay: float = 0.0  # seconds a piece
    silent: bool = False
    cut_there: int | None = None
    cut_back: int | None = None
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def up(self) -> Line:
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()
        return self

    def down(self) -> None:
        if self._listener:
            # Closing alone wakes nobody who waits in accept.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.hang_up()

    def hang_up(self) -> None:
        with self._lock:
            left, self._open = self._open, set()
        for each in left:
            _end(each)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            try:
                there = self._reach()
            except OSError:
                here.close()
                continue
            with self._lock:
                self._open |= {here, there}
            for way in ((here, there, "cut_there"), (there, here, "cut_back")):
                threading.Thread(target=self._pass_on, args=way, daemon=True).start()

    def _reach(self) -> socket.socket:
        if isinstance(self.there, tuple):
            return socket.create_connection(self.there, timeout=10)
        there = socket.socket(socket.AF_UNIX)
        there.connect(self.there)
        return there

    def _pass_on(self, source: socket.socket, sink: socket.socket, limit: str) -> None:
        passed = 0
        try:
            source.settimeout(None)
            while data := source.recv(PIECE):
                time.sleep(self.delay)
                while self.silent:
                    time.sleep(0.05)
                most = getattr(self, limit)
                sink.sendall(data if most is None else data[: max(0, most - passed)])
                passed += len(data)
                if most is not None and passed >= most:
                    break
        except OSError:
            pass  # One end is gone, and so is the other in a moment.
        finally:
            _end(source)
            _end(sink)


def _end(each: socket.socket) -> None:
    try:
        each.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    finally:
        each.close()


@contextmanager
def line(there: tuple[str, int] | str) -> Iterator[Line]:
    made = Line(there).up()
    try:
        yield made
    finally:
        made.silent = False
        made.down()
