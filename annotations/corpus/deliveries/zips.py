"""The members of a zip archive, within limits. Pure: bytes in memory, nothing is extracted."""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from annotations.corpus.deliveries.limits import MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED, RATIO_FROM
from annotations.corpus.deliveries.pieces import NESTED, Piece, too_long
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

BROKEN = wording("The archive is broken. Pack it again and send it anew.")
TOO_MANY = wording("The archive holds %(count)s files; at most %(most)s are taken.")
TOO_LARGE = wording("Unpacked, the archive has more than %(most)s bytes. Send its parts.")
BOMB = wording("The archive unpacks to %(ratio)s times its size, as no texts do; it is not opened.")
ENCRYPTED = wording("It is encrypted. Pack it without a password.")
OUTSIDE = wording("Its name leads out of the archive: “%(path)s”.")
LINK = wording("It is a link, not a file.")
TWICE = wording("The archive has another file of this name before it.")
UNKNOWN_WAY = wording("It is packed in a way that is not known here. Use the usual one (deflate).")
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError)
_CHUNK = 1 << 20
_LEFT_OUT = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


def members(data: bytes, *, longest: int) -> Iterator[Piece]:
    """Each file of the archive, in its order; one that cannot be taken comes with the reason.

    Raises `Unreadable` for an archive that is broken, too large, or made to swell.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise Unreadable("archive", BROKEN) from error
    files = [
        info
        for info in archive.infolist()
        if not (info.is_dir() or _LEFT_OUT.search(info.filename))
    ]
    _require_modest(files, packed=len(data))
    total = 0
    seen: set[str] = set()
    for info in files:
        reason = _refusal(info, seen)
        seen.add(info.filename)
        if info.file_size > longest and not reason:
            yield too_long(info.filename, info.file_size, longest)
            continue
        piece = _piece(archive, info, reason, longest)
        total += len(piece.data)
        if total > MOST_UNPACKED:
            raise Unreadable("archive", TOO_LARGE % {"most": f"{MOST_UNPACKED:,}"})
        yield piece


def _require_modest(files: list[ZipInfo], *, packed: int) -> None:
    """By what the archive says of itself; what it really holds is measured once more."""
    if len(files) > MOST_MEMBERS:
        said = {"count": f"{len(files):,}", "most": f"{MOST_MEMBERS:,}"}
        raise Unreadable("archive", TOO_MANY % said)
    total = sum(info.file_size for info in files)
    if total > RATIO_FROM and total > MOST_RATIO * packed:
        raise Unreadable("archive", BOMB % {"ratio": f"{total // packed:,}"})
    if total > MOST_UNPACKED:
        raise Unreadable("archive", TOO_LARGE % {"most": f"{MOST_UNPACKED:,}"})


def _refusal(info: ZipInfo, seen: set[str]) -> str:
    path = info.orig_filename.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
        return OUTSIDE % {"path": path[:100]}
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK
    if info.flag_bits & 1:
        return ENCRYPTED
    return TWICE if info.filename in seen else ""


def _piece(archive: ZipFile, info: ZipInfo, reason: str, longest: int) -> Piece:
    if reason:
        return Piece(info.filename, size=info.file_size, refused=reason)
    try:
        data = _content(archive, info, longest)
    except NotImplementedError:
        return Piece(info.filename, size=info.file_size, refused=UNKNOWN_WAY)
    except (*_BROKEN, RuntimeError):
        return Piece(info.filename, size=info.file_size, refused=BROKEN)
    if len(data) > longest:
        return too_long(info.filename, len(data), longest)
    if data.startswith(b"PK\x03\x04") and info.filename.lower().endswith(".zip"):
        return Piece(info.filename, size=len(data), refused=NESTED)
    return Piece(info.filename, data, len(data))


def _content(archive: ZipFile, info: ZipInfo, longest: int) -> bytes:
    """No more than one byte beyond `longest`, whatever the archive said."""
    parts: list[bytes] = []
    left = longest + 1
    with archive.open(info) as stream:
        while left > 0 and (part := stream.read(min(_CHUNK, left))):
            parts.append(part)
            left -= len(part)
    return b"".join(parts)
