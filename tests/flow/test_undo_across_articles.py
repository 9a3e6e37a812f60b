"""Undo and redo go back to the article before, on the real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation
from annotations.corpus.models import Document
from annotations.project.models import User
from tests.cast import Cast, batch
from tests.flow.test_the_whole_way import TEXT, start_coding, submit, visit  # noqa: F401
from tests.pages.js.waiting import until


def two_articles(cast: Cast, folder: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"{name.title()}: {TEXT}", encoding="utf-8")
    call_command("import_corpus", cast.project.slug, *map(str, folder.iterdir()))
    batch(cast.project, cast.edition, list(Document.objects.all()))


@pytest.fixture
def coded(
    live_cast: Cast,
    visit: Callable[[User], Page],  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Page:
    """The first of two articles, with its first sentence coded."""
    two_articles(live_cast, tmp_path_factory.mktemp("corpus"))
    page = visit(live_cast.ada)
    start_coding(page)
    for key in ("ArrowDown", "1", "c"):
        page.keyboard.press(key)
    return page


def go_on(page: Page) -> str:
    """To the next article; gives the address of this one."""
    address = page.url
    page.get_by_role("button", name="Next article").click()
    expect(page).not_to_have_url(address)
    expect(page.locator("#text")).to_have_attribute("aria-busy", "false")
    return address


def work_at(address: str) -> Assignment:
    return Assignment.objects.get(uuid=address.rsplit("/", 1)[1])


@pytest.mark.browser
@pytest.mark.slow
def test_undo_after_the_next_article_takes_the_submission_back(coded: Page) -> None:
    page = coded
    submit(page)
    first = go_on(page)

    page.keyboard.press("Control+z")
    expect(page).to_have_url(first)
    expect(page.locator("#banners")).to_contain_text("Undone: the submission.")
    expect(page.locator("#save")).to_contain_text("Saved")
    assert work_at(first).state == "in_progress"

    page.keyboard.press("Control+z")
    expect(page.locator("#save")).to_contain_text("Saved")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    expect(page.locator("#banners")).to_contain_text("Submitted.")
    expect(page.locator("#save")).to_contain_text("Saved")
    assert [each.stance.key for each in Annotation.objects.standing() if each.stance] == ["against"]


@pytest.mark.browser
@pytest.mark.slow
def test_undo_after_a_skip_gives_the_article_back(coded: Page) -> None:
    page = coded
    page.keyboard.press("x")
    page.keyboard.type("Not about laboratories")
    page.keyboard.press("Enter")
    first = go_on(page)
    skipped = work_at(first)
    assert skipped.state == "skipped"

    page.keyboard.press("Control+z")
    expect(page).to_have_url(first)
    expect(page.locator("#save")).to_contain_text("Saved")
    skipped.refresh_from_db()
    assert skipped.state == "in_progress"
    assert [each.stance.key for each in Annotation.objects.standing() if each.stance] == ["against"]

    page.keyboard.press("Control+y")
    expect(page.locator("#save")).to_contain_text("Saved")
    until(page, "() => !workbench.outbox.status.unsent")
    skipped.refresh_from_db()
    assert skipped.state == "skipped"
