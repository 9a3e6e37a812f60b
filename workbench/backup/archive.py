"""One file of named parts: a zip of parts compressed with zstd, sealed by a checksum.

Any unzip opens it. The zip's comment, its last 71 bytes, is `sha256:` and the SHA-256 in hex of
all bytes before those 64 digits, so that one flipped bit anywhere is noticed. It protects from
damage, not from forgery. Parts are written and read as streams: memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import IO

import zstandard

from workbench.backup.refusals import Damaged, NotMade, Unknown

MARK = b"sha256:"
DIGITS = 64
CHUNK = 256 * 1024  # bytes
UNFINISHED = ".unfinished"
_BEGINNING = b"PK\x03\x04"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """What went through: bytes before compression, lines, and their SHA-256."""

    size: int
    rows: int
    sha256: str


class Counting:
    """Adds up what passes; lines end with LF, as COPY's text format has them."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._size = self._rows = 0

    def add(self, piece: bytes) -> None:
        self._digest.update(piece)
        self._size += len(piece)
        self._rows += piece.count(b"\n")

    def sum(self) -> Sum:
        return Sum(self._size, self._rows, self._digest.hexdigest())


class Writer:
    """Parts go in one after another."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._zip.comment = MARK + b"0" * DIGITS

    def add(self, name: str, pieces: Iterable[bytes]) -> Sum:
        """The part `name`; large pieces are compressed as they come, small ones are gathered."""
        counting = Counting()
        info = zipfile.ZipInfo(f"{name}.zst", _EPOCH)
        info.external_attr = 0o600 << 16
        compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        with (
            self._zip.open(info, "w", force_zip64=True) as member,
            compressor.stream_writer(member, closefd=False) as stream,
        ):
            for piece in gathered(pieces):
                counting.add(piece)
                stream.write(piece)
        return counting.sum()

    def close(self) -> None:
        self._zip.close()


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces: a call for each row would cost more than its bytes."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """The archive at `path`, whole or not at all, for its owner's eyes only (0600).

    What a killed process leaves has a name of its own, `.NAME.….unfinished`.
    """
    if path.exists():
        raise NotMade(f"{path} is there already, and is not written over. Name another file.")
    try:
        number, name = mkstemp(UNFINISHED, f".{path.name}.", path.parent)  # mode 0600
    except OSError as error:
        raise NotMade(f"No backup can be written to {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(number, "w+b") as file:
            writer = Writer(file)
            yield writer
            writer.close()
            _seal(file)
        os.rename(name, path)
        _settle(path.parent)
    except OSError as error:
        raise NotMade(
            f"The backup could not be written to {path}: {error.strerror or error}. "
            "No file was left there."
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _seal(file: IO[bytes]) -> None:
    """Reads everything back, and writes the checksum into the place kept for it."""
    file.flush()
    end = file.seek(0, os.SEEK_END) - DIGITS
    digits = _digest(file, end).encode()
    file.seek(end)
    file.write(digits)
    file.flush()
    os.fsync(file.fileno())


def _digest(file: IO[bytes], end: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while file.tell() < end:
        digest.update(file.read(min(CHUNK, end - file.tell())))
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """The name survives a power cut only once its folder is on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Reader:
    """An archive whose checksum was found right."""

    def __init__(self, path: Path, file: IO[bytes], checksum: str) -> None:
        self.path = path
        self.checksum = checksum
        self._zip = zipfile.ZipFile(file)

    def names(self) -> set[str]:
        return {name.removesuffix(".zst") for name in self._zip.namelist()}

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part's bytes; raises Damaged where it cannot be read to its end."""
        try:
            with self._zip.open(f"{name}.zst") as member:
                stream = zstandard.ZstdDecompressor().stream_reader(member)
                while piece := stream.read(CHUNK):
                    yield piece
        except KeyError as error:
            raise Damaged(self.path, f"its part {name} is missing") from error
        except (zstandard.ZstdError, zipfile.BadZipFile, EOFError, RuntimeError) as error:
            raise Damaged(self.path, f"its part {name} cannot be read ({error})") from error

    def sum(self, name: str) -> Sum:
        counting = Counting()
        for piece in self.pieces(name):
            counting.add(piece)
        return counting.sum()


@contextmanager
def reading(path: Path, *, whole: bool = True) -> Iterator[Reader]:
    """The archive, after all of it was read once and its checksum compared.

    Not `whole`: for a glance, the checksum is the one that it says it has.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Unknown(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        checksum = _sealed(path, file, compared=whole)
        try:
            yield _reader(path, file, checksum)
        except zipfile.BadZipFile as error:
            raise Damaged(path, f"its list of parts cannot be read ({error})") from error


def _reader(path: Path, file: IO[bytes], checksum: str) -> Reader:
    try:
        return Reader(path, file, checksum)
    except (ValueError, OSError, NotImplementedError) as error:  # of numbers that lead nowhere
        raise zipfile.BadZipFile(str(error)) from error


def _sealed(path: Path, file: IO[bytes], *, compared: bool) -> str:
    try:
        beginning = file.read(len(_BEGINNING))
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(MARK) - DIGITS))
        mark, digits = file.read(len(MARK)), file.read(DIGITS)
    except OSError as error:  # a folder, for one
        raise Unknown(f"{path} cannot be read: {error.strerror}.") from error
    if mark != MARK or beginning != _BEGINNING:
        raise Unknown(f"{path} is no backup of the workbench, or its beginning or end is lost.")
    if compared and _digest(file, size - DIGITS).encode() != digits:
        raise Damaged(path, "its bytes do not have the checksum that it ends with")
    return digits.decode(errors="replace")
