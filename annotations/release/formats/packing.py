"""Members into a zip, as they come: the same members give the same bytes. Pure.

Stored, not deflated: what deflating gives depends on the library that does it, and a transport can
compress. Times are those of the zip format's first day. The zip grows at its end alone, a member at
a time, so that it can be sent while it is made.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from .contract import Member

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16
UNIX = 3
IN_MEMORY = 1 << 22
"""A member of so many bytes is held in memory until its length is known, a larger one on disk."""
PIECE = 1 << 18  # bytes
BEGINNING = b"PK\x03\x04"
"""Of every member."""


def pack(members: Iterable[Member], into: BinaryIO) -> None:
    """Appends the zip, holding one piece of one member at a time."""
    with _End(into) as end:
        with ZipFile(end, "w", ZIP_STORED) as archive:
            for member in members:
                about = ZipInfo(member.name, FIRST_DAY)
                about.create_system = UNIX
                about.external_attr = READABLE
                # How long a member will be is not known before, so each may pass 2 GiB.
                with archive.open(about, "w", force_zip64=True) as target:
                    end.begin()
                    for piece in member.pieces:
                        target.write(piece)
                end.settle()
        end.settle()


def write_single(members: Iterable[Member], into: BinaryIO) -> None:
    """The one member of a format that is not packed."""
    (member,) = members
    for number, piece in enumerate(member.pieces):
        into.write(piece)
        if not number:
            into.flush()


class _End(io.RawIOBase):
    """The end of a file, which can be sought in until it is settled: a member's length and checksum
    stand before its bytes. What it begins with does not wait for them."""

    def __init__(self, into: BinaryIO) -> None:
        self._into = into
        self._settled = 0
        self._begun = 0
        self._open = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by close

    def begin(self) -> None:
        """A member is there, however long its first byte takes."""
        self._into.write(BEGINNING)
        self._into.flush()
        self._begun = len(BEGINNING)

    def settle(self) -> None:
        """What was written is final."""
        self._open.seek(self._begun)
        self._begun = 0
        copyfileobj(self._open, self._into, PIECE)
        self._settled += self._open.tell()
        self._open.seek(0)
        self._open.truncate()

    def close(self) -> None:
        self._open.close()
        super().close()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._settled + self._open.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            self._open.seek(offset - self._settled)
        else:
            self._open.seek(offset, whence)
        return self.tell()

    def write(self, data: Any) -> int:
        return self._open.write(data)
