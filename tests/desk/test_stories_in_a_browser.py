"""Deciding pairs from the keyboard, in a real browser; and no fault that axe can find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.corpus.models import Document, StoryCandidate
from annotations.corpus.stories.deciding import waiting
from annotations.corpus.stories.gathering import gather_project
from annotations.project.accounts import new_sign_in_link
from tests.axe import Axe
from tests.cast import Cast
from tests.corpus.stories.tales import admitted
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, on the first pair that waits."""
    admitted(live_cast.project, "bridge.en", "bridge.copy.en", "bridge.fr", "strike.en")
    gather_project(live_cast.project.pk)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(live_cast.mia, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    page.goto(f"{server.url}/projects/labs/stories")
    page.get_by_role("link", name="Decide one after another").click()
    expect(page.locator(".side")).to_have_count(2)
    page.wait_for_load_state()  # keys are heard once the module has run
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def decisions() -> list[tuple[str, str]]:
    rows = StoryCandidate.objects.exclude(decision="").order_by("decided_at")
    return list(rows.values_list("relation", "decision"))


def test_a_queue_is_decided_by_keys_alone(mia: Page, live_cast: Cast) -> None:
    first = mia.url
    mia.keyboard.press("n")
    expect(mia).not_to_have_url(first)
    mia.wait_for_load_state()
    mia.keyboard.press("x")
    expect(mia.get_by_role("button", name="Undo the last")).to_be_visible()
    mia.wait_for_load_state()
    assert [decision for _relation, decision in decisions()] == ["different"]
    mia.keyboard.press("u")
    expect(mia.get_by_text("The pair waits again.")).to_be_visible()
    assert decisions() == []
    mia.goto(first)
    mia.keyboard.press("o")
    expect(mia.get_by_role("radio", name="A comes from B")).to_be_checked()
    mia.keyboard.press("t")
    expect(mia.get_by_role("button", name="Undo the last")).to_be_visible()
    mia.wait_for_load_state()
    mia.keyboard.press("c")
    expect(mia.get_by_role("heading", name="Stories", exact=True)).to_be_visible()
    assert [decision for _relation, decision in decisions()] == ["same", "same"]
    assert Document.objects.filter(story__isnull=False).count() == 3
    assert not waiting(live_cast.project).exists()


def test_arrows_walk_through_what_both_have(mia: Page) -> None:
    lit = mia.locator(".side mark.here")
    mia.keyboard.press("ArrowDown")
    mia.keyboard.press("ArrowDown")
    expect(lit).to_have_count(2)
    for mark in range(2):
        expect(lit.nth(mark)).to_have_attribute("data-n", "2")
    expect(mia.locator("#said")).to_contain_text("2: ")
    mia.keyboard.press("ArrowUp")
    expect(lit.first).to_have_attribute("data-n", "1")
    mia.locator("#title-first + p").click()
    mia.locator('.side mark[data-n="3"]').last.click()
    expect(lit).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_at_any_width(mia: Page, scheme: Literal["light", "dark"]) -> None:
    mia.emulate_media(color_scheme=scheme)
    here = mia.url
    for address in (here, here.rsplit("/", 1)[0]):
        mia.goto(address)
        for width in (390, 1280, 2560):
            mia.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(mia).response["violations"]
            assert found == [], (address, width, [each["id"] for each in found])
            wide = mia.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, (address, width)
