"""File locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Somebody else has the lock; `note` is what they wrote into the file."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Lock:
    """An advisory lock on a file. The file stays; only the lock comes and goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def try_alone(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def try_together(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def wait_alone(self, *, seconds: float) -> bool:
        """Polls, because a blocking flock cannot be given a time limit."""
        until = time.monotonic() + seconds
        while not self.try_alone():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True

    def write(self, note: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, note.encode(), 0)

    def note(self) -> str:
        return os.pread(self._file, 4096, 0).decode()

    def release(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._file)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(path: Path) -> Iterator[Lock]:
    lock = Lock(path)
    try:
        if not lock.try_alone():
            raise Held(lock.note())
        yield lock
    finally:
        lock.close()


def address_of(data: Path) -> str | None:
    """Where the workbench of a data folder is served at this moment; None when it is not."""
    return (note_of(data) or "").partition(" ")[0].rstrip("/") or None


def note_of(data: Path) -> str | None:
    """What the running workbench of a data folder says of itself: its address and its process."""
    path = data / "run.lock"
    if not path.exists():
        return None
    lock = Lock(path)
    try:
        return None if lock.try_together() else lock.note()
    finally:
        lock.close()
