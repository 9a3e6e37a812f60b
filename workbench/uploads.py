"""Uploaded files on their way to the database: one temporary file a request, whatever it holds.

Django's own handlers keep small files in memory and give large ones a file each; thousands of files
at once would cost one or the other.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

MOST_BYTES = 1024 * 1024 * 1024
_COPIED_AT_ONCE = 256 * 1024


class Slice(io.RawIOBase):
    """A stretch of a larger file, read as a file of its own. All slices share one position."""

    def __init__(self, whole: IO[bytes], start: int, size: int) -> None:
        super().__init__()
        self.whole, self.start, self.size, self.at = whole, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        self.at = min(max(0, base + offset), self.size)
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int | None = -1) -> bytes:
        left = self.size - self.at
        self.whole.seek(self.start + self.at)
        data = self.whole.read(left if size is None or size < 0 else min(size, left))
        self.at += len(data)
        return data


class OneSpool(FileUploadHandler):
    """Django's upload handler: all files of a request, one behind the other."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.spool = TemporaryFile()  # noqa: SIM115 - lives as long as the request's files
        self.start = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],  # noqa: N803 - Django's name
        content_length: Any,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        require_modest(int(content_length))
        _require_utf8(encoding)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.start = self.spool.seek(0, io.SEEK_END)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        return UploadedFile(
            file=Slice(self.spool, self.start, file_size),  # type: ignore[arg-type]  # reads as one
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def _require_utf8(encoding: str | None) -> None:
    """As Django has it of other forms. Some of what Python has a codec for is no text at all."""
    if encoding and codecs.lookup(encoding).name != "utf-8":
        raise MultiPartParserError("A form is sent in UTF-8.")


def require_modest(size: int) -> None:
    if size > MOST_BYTES:
        raise RequestDataTooBig(f"{size:,} bytes in one request; at most {MOST_BYTES:,}.")


def spooled(stream: IO[bytes]) -> IO[bytes]:
    """A request's body in a temporary file, at its beginning."""
    spool = TemporaryFile()  # noqa: SIM115 - the caller closes it
    size = 0
    while chunk := stream.read(_COPIED_AT_ONCE):
        size += len(chunk)
        require_modest(size)
        spool.write(chunk)
    spool.seek(0)
    return spool
