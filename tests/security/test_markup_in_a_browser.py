"""Markup in every word of people, and the policy turned off: still no page makes an element of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Browser, Page

from annotations.assignment.models import Assignment, Batch
from annotations.corpus.models import Document, StoryCandidate
from annotations.project.models import User
from tests.pages.test_every_page import places, sign_in
from tests.released.rich import make
from tests.security import markup
from tests.servers import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# What of a page is not as its templates made it.
HOSTILE = """() => [
  ...(window.hostile ? ['ran'] : []),
  ...[...document.querySelectorAll('x-p, [x-p], [onclick], [onerror], [onload], [src$="/hostile"]')]
    .map((each) => each.outerHTML.slice(0, 120)),
  ...[...document.querySelectorAll('[href], [src], [action], [formaction]')]
    .flatMap((each) => ['href', 'src', 'action', 'formaction'].map((name) => each.getAttribute(name)))
    .filter((to) => /^\\s*(javascript|data|vbscript):/i.test(to ?? '')),
]"""
DRAWN = ("/code/", "/adjudication/", "/documents/", "/imports/")
"""Pages whose scripts draw words of people."""
OPENED = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
"""Whatever a page folds."""


@pytest.fixture
def seen_by(browser: Browser, server: Server) -> Iterator[dict[str, Page]]:
    """Pages of people who are signed in, without the policy that would keep markup from harm."""
    make()
    User.objects.create_user("root", is_staff=True, is_superuser=True)
    pages: dict[str, Page] = {}
    for name in ("", "mia", "cleo", "ben", "root"):
        context = browser.new_context(base_url=server.url, bypass_csp=True, user_agent=markup.SHORT)
        pages[name] = context.new_page()
        if name:
            sign_in(pages[name], name)
    yield pages
    for page in pages.values():
        page.context.close()


def visited() -> list[tuple[str, str]]:
    """Who goes where: every page of the product, and of the administration lists and rows."""
    project = "/projects/life-in-ai-labs"
    document = Document.objects.earliest("pk")
    more = [
        *(("mia", f"{project}/{each}") for each in ("members", "codebook/draft", "matrix")),
        *(("mia", f"{project}/{each}") for each in ("batches/new", "agreement/methods", "search")),
        *(("mia", f"{project}/{each}") for each in ("coded", "search?q=x-p", "coded?q=x-p")),
        ("mia", f"{project}/documents?q={markup.SHORT}"),
        ("mia", f"{project}/search?q={markup.LONG}"),
        *(("mia", f"/batches/{each.uuid}/seats") for each in Batch.objects.all()),
        *(("mia", f"/documents/{each.uuid}") for each in Document.objects.all()),
        *(("mia", f"{project}/stories/{each.uuid}") for each in StoryCandidate.objects.all()),
        ("mia", f"/documents/{document.uuid}/takedown"),
        ("mia", f"{project}/releases/v2/retraction"),
        ("mia", f"{project}/releases/v1/diff/v2"),
        *(("cleo", f"/adjudication/{each.uuid}") for each in Document.objects.all()),
        *(("ben", each) for each in ("/account", "/tokens", "/account/erase")),
        *(
            ("ben", f"/code/{each.uuid}")
            for each in Assignment.objects.filter(coder__user__username="ben")
        ),
    ]
    return [*places(), *more, *(("root", each) for each in administration())]


def administration() -> Iterator[str]:
    yield "/admin/"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if row := model._default_manager.order_by("pk").first():
            for page in ("change", "history"):
                yield reverse(f"{name}_{page}", args=[row.pk])


PUT_IN = """([markup, to]) => {
  document.body.innerHTML = `<a title='${markup}'></a>${markup}<a id="led"></a>`;
  document.querySelector('#led').href = to;
}"""


def test_what_gets_through_is_seen(page: Page) -> None:
    """The look itself: on a page that escapes nothing."""
    page.goto("about:blank")
    page.evaluate(PUT_IN, [markup.LONG, markup.ADDRESS])
    found = page.evaluate(HOSTILE)
    assert len(found) > 4
    assert found[-1].startswith("javascript:")


def test_no_word_of_people_becomes_an_element(
    seen_by: dict[str, Page],
) -> None:
    to_see = visited()
    assert markup.enter() > 500
    wrong, marked = {}, 0
    for name, path in to_see:
        page = seen_by[name]
        page.goto(path)
        if path.startswith(DRAWN):
            page.wait_for_load_state("networkidle")
        page.evaluate(OPENED)
        marked += "<x-p" in page.locator("body").inner_text()
        if found := page.evaluate(HOSTILE):
            wrong[path] = found[:3]
    assert wrong == {}, wrong
    assert marked > 60


def test_every_column_of_words_is_known() -> None:
    """A new one is marked by these tests, or named as ours."""
    known = {
        (name, field)
        for told in (markup.WORDS, markup.OURS)
        for name, fields in told.items()
        for field in fields
    }
    assert set(markup.columns()) == known
