"""Files that are not there yet: built by a process of their own, and sent while they grow.

A web process only reads what has been written so far, so that an export of minutes costs those who
are coding nothing. Whoever asks meanwhile reads along; whoever breaks off stops nothing. The last
byte is sent once the file is whole, so that what was cut off never looks whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict
from itertools import chain, repeat
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import BinaryIO

from . import nursery
from .cache import held_lock, releases_folder
from .nursery import Order
from .wanting import Wanted

AT_ONCE = 2
"""So many processes build on one machine; the others' turn comes."""
READERS = 2
"""So many threads of a web process wait for files that grow; the rest goes on answering."""
PAUSES = (0.002,) * 25 + (0.02,)
"""Seconds between looks, short ones first: the first bytes are about to come."""
PIECE = 1 << 18  # bytes

_readers = BoundedSemaphore(READERS)


class BrokenOff(Exception):
    """Whoever built the file ended before it was whole."""


class Growing:
    """The bytes of a file, the first of them empty and at once. To be closed, read or not."""

    def __init__(self, wanted: Wanted) -> None:
        self._pieces = _pieces(wanted)
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def __enter__(self) -> Growing:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets another one read."""
        self._pieces.close()
        if self._open:
            self._open = False
            _readers.release()


def growing(wanted: Wanted) -> Growing | None:
    """None where too many are being read already."""
    return Growing(wanted) if _readers.acquire(blocking=False) else None


def begin(wanted: Wanted) -> None:
    """Has the file built, unless somebody builds it or too many are being built; waits for nothing."""
    if not wanted.place.is_being_built():
        _started(wanted)


def _pieces(wanted: Wanted) -> Generator[bytes, None, None]:
    yield b""
    place, pauses = wanted.place, _pauses()
    with _opened(wanted) as file:
        last = b""
        while True:
            grows = place.grows(file)
            if piece := file.read(PIECE):
                yield last + piece[:-1]
                last = piece[-1:]
            elif place.is_whole(file):
                yield last
                return
            elif grows:
                time.sleep(next(pauses))
            else:
                raise BrokenOff(place.beginning)


def _opened(wanted: Wanted) -> BinaryIO:
    place, pauses, started = wanted.place, _pauses(), False
    while True:
        being_built = place.is_being_built()  # asked first: who ends after this leaves it whole
        found = place.found()
        path = found.path if found else place.part
        if (found or being_built) and (file := _open_if_there(path)):
            return file
        if not being_built:
            if started:
                raise BrokenOff(place.beginning)
            started = _started(wanted)
        time.sleep(next(pauses))


def _pauses() -> Iterator[float]:
    return chain(PAUSES, repeat(PAUSES[-1]))


def _open_if_there(path: Path) -> BinaryIO | None:
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError:
        return None


def _started(wanted: Wanted) -> bool:
    """Whether it was our turn to have the file built. The process inherits both locks."""
    slot = _slot()
    if slot is None:
        return False
    lock = wanted.place.lock()
    if lock is None:
        os.close(slot)
        return False
    try:
        _start(wanted, slot, lock)
    finally:
        os.close(lock)
        os.close(slot)
    return True


def _slot() -> int | None:
    releases_folder().mkdir(parents=True, exist_ok=True)
    paths = (releases_folder() / f"building-{number}.lock" for number in range(AT_ONCE))
    return next(filter(None, map(held_lock, paths)), None)


def _start(wanted: Wanted, *locks: int) -> None:
    """By one who is ready, else by a program that has to import everything first."""
    release, asked = wanted.release, wanted.asked
    if nursery.ask(Order(release.pk, wanted.file, **asdict(asked)), *locks):
        return
    command = ["build_release_file", release.project.slug, release.version, wanted.file]
    command += ["--offsets", asked.offsets]
    command += ["--formula-safe"] * asked.formula_safe + ["--bom"] * asked.bom
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "django", *command, "--held", "-v", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=locks,
        start_new_session=True,
    )
    Thread(target=process.wait, daemon=True).start()
