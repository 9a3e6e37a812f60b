"""The documentation, served by the product itself to whoever reaches it."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annotations.pages.manual_pages import ManualPage, page_of

# In a checkout beside the code; where it was installed, under the environment's share.
_PLACES = (
    Path(settings.BASE_DIR) / "docs",
    Path(sys.prefix) / "share" / "annotation-workbench" / "docs",
)
DOCS = next((place for place in _PLACES if (place / "README.md").exists()), _PLACES[0])
INDEX = "README"
ORDER = ("try", "code", "adjudicate", "lead", "consume", "formats", "operate", "extend")
"""The pages after the index, as a reader meets them."""


@require_safe
def manual(request: HttpRequest, page: str = INDEX) -> HttpResponse:
    """In the reader's language where the page is written in it, else in English."""
    if page not in (INDEX, *ORDER) or (page == INDEX and request.path.endswith(INDEX)):
        raise Http404
    found, language = _page(page)
    pages = [(each, *_named(each)) for each in ORDER]
    at = ORDER.index(page) if page in ORDER else -1
    context = {
        "page": found,
        "html": mark_safe(found.html),  # noqa: S308 - of our own files; HTML in them is escaped
        "name": page,
        "written_in": language,
        "pages": pages,
        "after": pages[at + 1] if at + 1 < len(pages) else None,
    }
    return render(request, "annotations/manual.html", context)


@require_safe
def shown(request: HttpRequest, picture: str) -> HttpResponseBase:
    """A picture of the documentation; only files that are there by this name."""
    if picture not in {each.name for each in (DOCS / "images").glob("*.png")}:
        raise Http404
    answer = FileResponse((DOCS / "images" / picture).open("rb"), content_type="image/png")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _named(page: str) -> tuple[str, str]:
    """Its title, and the language of that."""
    found, language = _page(page)
    return found.title, language


def _page(page: str) -> tuple[ManualPage, str]:
    language = get_language() or "en"
    file = DOCS / f"{page}.{language}.md"
    if not file.exists():
        file, language = DOCS / f"{page}.md", "en"
    return _read(file, file.stat().st_mtime_ns), language


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> ManualPage:
    return page_of(file.read_text(encoding="utf-8"))
