"""The description, for programs and for people; both without signing in, for it holds no data."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from annotations.api.schema.description import description
from annotations.api.schema.reading import in_code, parts


@cache
def _written() -> bytes:
    return json.dumps(description(), ensure_ascii=False, separators=(",", ":")).encode()


@csrf_exempt
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, as JSON."""
    content = _written()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type="application/json", headers=headers)


@csrf_exempt
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same as a page: no script, no other host."""
    said = description()
    shown = {"about": in_code(said["info"]["description"]), "parts": parts()}
    return render(request, "annotations/api.html", shown)
