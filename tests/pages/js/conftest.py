"""The coding page on a small server of its own: no database, but a real browser and a real network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from annotations.pages.strings import coding_strings
from annotations.project.models import User
from tests.pages.js.articles import ASSIGNMENT, DOCUMENT, article, assignment
from tests.pages.js.contract import Contract
from tests.pages.js.serving import BLANK, Site

ROOT = Path(__file__).resolve().parents[3]
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}


def codebook(language: str) -> dict[str, Any]:
    """The demonstration's first edition, as the page gets it."""
    data = json.loads((ROOT / "fixtures" / "codebook-1.json").read_text())

    def said(texts: Any) -> Any:
        return texts.get(language, "") if isinstance(texts, dict) else texts or ""

    def theme(row: dict[str, Any]) -> dict[str, Any]:
        words = {
            key: said(row.get(key))
            for key in ("name", "definition", "include", "exclude", "proposition")
        }
        labels = {key: said(value) for key, value in (row.get("stance_labels") or {}).items()}
        examples = {
            key: [{**one, "why": said(one.get("why"))} for one in row.get(key) or []]
            for key in ("examples", "counter_examples")
        }
        kept = {key: row.get(key) for key in ("key", "code", "colour", "hotkey", "parent")}
        needed = bool(row.get("memo_required"))
        return {**kept, **words, **examples, "stance_labels": labels, "memo_required": needed}

    stances = [{**row, "label": said(row["label"])} for row in data["stances"]]
    return {"edition": 1, "themes": [theme(row) for row in data["themes"]], "stances": stances}


def page_data(language: str = "en") -> dict[str, Any]:
    with override(language):
        strings = coding_strings()
    return {
        "user": {"id": "ada", "name": "Ada Lind", "initials": "AL"},
        "language": language,
        "assignment": assignment(),
        "documentUrl": f"/api/v1/documents/{DOCUMENT}",
        "urls": {
            "annotations": "/api/v1/annotations/",
            "assignment": f"/api/v1/assignments/{ASSIGNMENT}",
            "csrf": "/api/v1/csrf",
            "next": "/projects/demo/next",
            "comment": "/api/v1/comments/",
            "comments": f"/api/v1/documents/{DOCUMENT}/comments",
            "flag": "/api/v1/flags/",
            "original": f"/api/v1/documents/{DOCUMENT}/original",
            "assignments": "/api/v1/projects/demo/assignments",
            "preferences": "/api/v1/me/preferences",
            "nextApi": "/api/v1/projects/demo/assignments/next",
            "code": "/code/",
            "search": "/projects/demo/search",
            "coded": "/projects/demo/coded",
            "home": "/",
            "signIn": "/sign-in",
        },
        "codebook": codebook(language),
        "progress": {"done": 16, "total": 60},
        "holders": ["author", "person", "organisation", "group", "unnamed"],
        "strings": strings,
    }


def render(language: str = "en", data: dict[str, Any] | None = None) -> str:
    someone = User(username="ada", name="Ada Lind")
    request = RequestFactory().get(f"/code/{ASSIGNMENT}")
    with override(language), override_settings(STORAGES=PLAIN):
        context = {"page": data or page_data(language), "user": someone, "request": request}
        return render_to_string("annotations/coding.html", context)


@pytest.fixture
def site() -> Iterator[Site]:
    content = article()
    built = Site(
        contract=Contract(text=content["text"], assignment=assignment()),
        article=content,
        pages={
            f"/code/{ASSIGNMENT}": render,
            f"/fr/{ASSIGNMENT}": lambda: render("fr"),
            "/blank": lambda: BLANK,
        },
    )
    built.start()
    yield built
    built.kill()


@pytest.fixture
def bench(site: Site, page: Page) -> Page:
    """An empty page under the product's policy, to try single modules on."""
    page.goto(site.url + "/blank")
    return page


@pytest.fixture
def coding(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the coding page; whatever a script complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(
        path: str = f"/code/{ASSIGNMENT}",
        before: Callable[[Page], None] = lambda page: None,
        **options: Any,
    ) -> Page:
        settings = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=site.url, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complain(said.type, said.text))
        before(page)
        page.goto(path)
        page.wait_for_selector("#text[aria-busy=false]", state="attached")
        return page

    def complain(kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            complaints.append(text)

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
