"""Files that are built once and kept until somebody deletes them: whole, or not there.

Whoever builds a file holds its lock, which ends with the process however that ends. What is being
built is a `.part` of its own, which grows at its end alone and gets its name once it is whole; what
a killed process leaves of it nobody serves, and the next to build throws away.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

Write = Callable[[BinaryIO], None]
PIECE = 1 << 18
"""Bytes that are written at once: Linux keeps a file in memory in pieces as large as it was written in,
and sends large ones for less than small ones."""
WEIGHED = re.compile(r"\.([0-9]+)\.([0-9a-f]{64})", re.ASCII)
"""How a name ends that says size and SHA-256."""


def releases_folder() -> Path:
    """Where what is built from releases is kept."""
    return Path(settings.DATA_DIR) / "cache" / "releases"


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole file, by its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What is known of a file before it is built."""

    size: int
    sha256: str


class NotAsPromised(Exception):
    """The file came out otherwise; `found` is its SHA-256."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is kept, is being built, or would be.

    Its name is `beginning`, followed by its size and SHA-256 where these were not promised.
    """

    folder: Path
    beginning: str
    promised: Promise | None = None

    @property
    def part(self) -> Path:
        """What is being built, if anything is."""
        return self.folder / f"{self.beginning}.part"

    def found(self) -> Kept | None:
        """The whole file; None where there is none, or one that lost its end."""
        if self.promised is not None:
            path, said = self.folder / self.beginning, self.promised
            return Kept(path, said.size, said.sha256) if _sized(path, said.size) else None
        for path in self.folder.glob(f"{self.beginning}.*"):
            named = WEIGHED.fullmatch(path.name.removeprefix(self.beginning))
            if named and _sized(path, int(named[1])):
                return Kept(path, int(named[1]), named[2])
        return None

    def kept(self, write: Write) -> Kept:
        """The whole file: written here if nobody has, or waited for while somebody else writes it.

        Raises NotAsPromised, and then there is none.
        """
        if found := self.found():
            return found
        with self._alone():
            return self.found() or self.written(write)

    def lock(self) -> int | None:
        """A descriptor that holds the lock, for the one who builds; None while another does.

        What is left of an earlier one is gone then.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        held = held_lock(self._lock_file)
        if held is not None:
            self.part.unlink(missing_ok=True)
        return held

    def written(self, write: Write) -> Kept:
        """Writes the file; for whoever has the lock."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.part.unlink(missing_ok=True)
        try:
            with _begun(self.part) as part:
                write(cast("BinaryIO", part))
                return self.appear(part)
        finally:
            self.part.unlink(missing_ok=True)

    def along(self, pieces: Iterable[bytes], *, check: Callable[[], None]) -> Iterator[bytes]:
        """The pieces, which are written as they are read; whole once `check` passed at their end.

        For whoever has the lock. Raises NotAsPromised.
        """
        try:
            with _begun(self.part) as part:
                for number, piece in enumerate(pieces):
                    part.write(piece)
                    if not number:
                        part.flush()  # for those who read along
                    yield piece
                check()
                self.appear(part)
        finally:
            self.part.unlink(missing_ok=True)

    def appear(self, part: BufferedRandom) -> Kept:
        """Gives what was written to `part` its name; for whoever has the lock."""
        kept = self._weighed(part)
        os.fsync(part.fileno())
        self.part.replace(kept.path)
        return kept

    def is_being_built(self) -> bool:
        """Whether anybody holds the lock."""
        return is_locked(self._lock_file)

    def grows(self, file: BinaryIO) -> bool:
        """Whether this, opened at `part`, is still being written."""
        return self.is_being_built() and _same(file, self.part)

    def is_whole(self, file: BinaryIO) -> bool:
        """Whether this, opened at `part`, has become the whole file, read to its end."""
        found = self.found()
        return found is not None and _same(file, found.path) and file.tell() == found.size

    @property
    def _lock_file(self) -> Path:
        return self.folder / f"{self.beginning}.lock"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock_file.open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _weighed(self, part: BufferedRandom) -> Kept:
        part.flush()
        part.seek(0)
        digest = file_digest(part, "sha256").hexdigest()
        size = part.tell()
        if self.promised is None:
            return Kept(self.folder / f"{self.beginning}.{size}.{digest}", size, digest)
        if self.promised != Promise(size, digest):
            raise NotAsPromised(digest)
        return Kept(self.folder / self.beginning, size, digest)


def _begun(part: Path) -> BufferedRandom:
    return cast("BufferedRandom", part.open("x+b", buffering=PIECE))


def held_lock(path: Path) -> int | None:
    """A descriptor that holds the lock of a file; None while another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    os.close(descriptor)
    return None


def is_locked(path: Path) -> bool:
    """Whether anybody holds it."""
    try:
        with path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _sized(path: Path, size: int) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_size == size
    return False


def _same(file: BinaryIO, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False
