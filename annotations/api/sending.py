"""JSON that is sent smaller, and not again to whoever has it.

Of lists only: what holds a secret beside something that a stranger can choose is never compressed,
for its size would tell of the secret.
"""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.release.encodings import encoded, preferred

WORTH_IT = 1_000  # bytes


def sent_once(request: Request, answer: Response, *, shrinks: bool) -> HttpResponse | None:
    """To be called once the answer is rendered; gives another in its place, or None."""
    content = answer.content
    encoding = preferred(request.headers.get("Accept-Encoding", ""))
    if not shrinks or len(content) < WORTH_IT:
        encoding = None
    name = sha256(content).hexdigest()[:32]
    etag = f'"{name}"' if encoding is None else f'"{name}-{encoding.name}"'
    patch_vary_headers(answer, ["Accept-Encoding"])
    answer["ETag"] = etag
    if has(request, etag):
        answer.status_code = 304
        answer.content = b""
        del answer["Content-Type"]
    elif encoding is not None:
        answer.content = b"".join(encoded([content], encoding, size=len(content)))
        answer["Content-Encoding"] = encoding.name
    return None


def has(request: Request | HttpRequest, etag: str) -> bool:
    """Whether the caller says to have it (RFC 9110 §13.1.2)."""
    said = request.headers.get("If-None-Match", "")
    known = {each.strip().removeprefix("W/") for each in said.split(",")}
    return said.strip() == "*" or etag in known
