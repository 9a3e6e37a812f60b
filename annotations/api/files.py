"""A file over HTTP: known by its hash, in full, in part, or not again (RFC 9110 §13, §14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.request import Request

from annotations.api.problems import CONTENT_TYPE, problem
from annotations.api.ranges import Piece, Unsatisfiable, asked_range
from annotations.api.sending import has
from annotations.release.building import growing
from annotations.release.cache import Kept
from annotations.release.encodings import Encoding, place_of, preferred, while_it_shrinks
from annotations.release.wanting import Wanted

SOON = 10  # seconds
SHRINKING = frozenset({"application/x-ndjson", "application/json", "text/csv"})
"""What is sent smaller where the caller takes that; the other formats are compressed already."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent, and how it is called."""

    wanted: Wanted
    name: str
    media_type: str

    @property
    def etag(self) -> str:
        return f'"{self.wanted.etag}"'

    def etag_in(self, encoding: Encoding | None) -> str:
        """Each encoding is other bytes, so it has a name of its own."""
        return self.etag if encoding is None else f'"{self.wanted.etag}-{encoding.name}"'

    @property
    def shrinks(self) -> bool:
        return self.media_type.partition(";")[0] in SHRINKING


def answer_with(request: Request | HttpRequest, sent: Sent) -> HttpResponseBase:
    """200 or 206 with the file, 304 to whoever has it, 416 for a range outside of it.

    Gzip and zstd are for whoever takes them, as they stand beside the file; a range is of the file
    as it is. A large file that is not there yet is sent whole and as it is while it is built,
    whatever part is asked; 503 where many wait for such files already.
    """
    encoding = _encoding(request, sent)
    etag = sent.etag_in(encoding)
    if has(request, etag):
        answer: HttpResponseBase = HttpResponse(status=304)
    elif kept := sent.wanted.at_hand():
        answer = _smaller(request, sent, kept, encoding) if encoding else _file(request, sent, kept)
    else:
        etag = sent.etag
        answer = _while_it_grows(request, sent)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    if sent.shrinks:
        patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _encoding(request: Request | HttpRequest, sent: Sent) -> Encoding | None:
    if not sent.shrinks or "Range" in request.headers:
        return None
    return preferred(request.headers.get("Accept-Encoding", ""))


def _smaller(
    request: Request | HttpRequest, sent: Sent, kept: Kept, encoding: Encoding
) -> HttpResponseBase:
    found = place_of(kept, encoding).found()
    if found is not None:
        answer: HttpResponseBase = FileResponse(
            found.path.open("rb"),
            as_attachment=True,
            filename=sent.name,
            content_type=sent.media_type,
        )
        answer["Content-Length"] = str(found.size)
    else:
        pieces = [] if request.method == "HEAD" else while_it_shrinks(kept, encoding)
        answer = _streamed(sent, pieces, size=None)
    answer["Accept-Ranges"] = "none"
    answer["Content-Encoding"] = encoding.name
    return answer


def _file(request: Request | HttpRequest, sent: Sent, kept: Kept) -> HttpResponseBase:
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", sent.etag) != sent.etag:
        wanted = ""
    try:
        piece = asked_range(wanted, size=kept.size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
    source = kept.path.open("rb")
    body = source if piece is None else Piece(source, piece)
    answer = FileResponse(
        body, as_attachment=True, filename=sent.name, content_type=sent.media_type
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(kept.size if piece is None else len(piece))
    if piece is not None:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {piece.start}-{piece.stop - 1}/{kept.size}"
    return answer


def _while_it_grows(request: Request | HttpRequest, sent: Sent) -> HttpResponseBase:
    if request.method == "HEAD":
        return _streamed(sent, [], size=sent.wanted.size)
    pieces = growing(sent.wanted)
    if pieces is None:
        said = _("Many files are being built. Ask again in a few seconds.")
        body = problem(503, "busy", said)
        headers = {"Retry-After": str(SOON)}
        return JsonResponse(body, status=503, content_type=CONTENT_TYPE, headers=headers)
    if sent.wanted.size is None and request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
        # Its caller could not tell a file that was cut off from a whole one.
        with pieces:
            for _piece in pieces:
                pass
        return _file(request, sent, sent.wanted.kept())
    return _streamed(sent, pieces, size=sent.wanted.size)


def _streamed(sent: Sent, pieces: Iterable[bytes], *, size: int | None) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=sent.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{sent.name}"'
    if size is not None:
        answer["Content-Length"] = str(size)
    return answer
