"""Files that are not plain text, known by their first bytes."""

from __future__ import annotations

from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

NOT_TEXT = wording(
    "This is %(kind)s, not plain text. "
    "Save or export its text as a .txt file in UTF-8 and try again."
)

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", wording("a PDF document")),
    (b"PK\x03\x04", wording("a zip archive or an office document")),
    (b"PK\x05\x06", wording("an empty zip archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", wording("an old office document")),
    (b"{\\rtf", wording("an RTF document")),
    (b"\x1f\x8b", wording("a gzip archive")),
    (b"BZh", wording("a bzip2 archive")),
    (b"\xfd7zXZ\x00", wording("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", wording("a 7-zip archive")),
    (b"Rar!\x1a\x07", wording("a RAR archive")),
    (b"\x28\xb5\x2f\xfd", wording("a zstd archive")),
    (b"\x89PNG\r\n\x1a\n", wording("a PNG image")),
    (b"\xff\xd8\xff", wording("a JPEG image")),
    (b"GIF87a", wording("a GIF image")),
    (b"GIF89a", wording("a GIF image")),
    (b"II*\x00", wording("a TIFF image")),
    (b"MM\x00*", wording("a TIFF image")),
    (b"OggS", wording("an audio or video file")),
    (b"ID3", wording("an MP3 file")),
    (b"fLaC", wording("a FLAC file")),
    (b"\x7fELF", wording("a program")),
    (b"\xca\xfe\xba\xbe", wording("a program")),
    (b"SQLite format 3\x00", wording("a database")),
    (b"PAR1", wording("a Parquet file")),
)
# A kind that names itself some bytes after the beginning.
_AT_OFFSET: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WEBP", wording("a WebP image")),
    (8, b"WAVE", wording("a WAV file")),
    (4, b"ftyp", wording("an audio, video or HEIC file")),
    (257, b"ustar", wording("a tar archive")),
)


def require_text_file(data: bytes) -> None:
    """Raise `Unreadable` for an empty file and for known kinds that are not plain text."""
    if not data:
        raise Unreadable("empty", wording("The file is empty."))
    if kind := _kind(data):
        raise Unreadable("binary", NOT_TEXT % {"kind": kind})


def _kind(data: bytes) -> str | None:
    for mark, kind in _SIGNATURES:
        if data.startswith(mark):
            return kind
    for offset, mark, kind in _AT_OFFSET:
        if data[offset : offset + len(mark)] == mark:
            return kind
    return None
