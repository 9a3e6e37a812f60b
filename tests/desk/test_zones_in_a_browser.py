"""Zones are settled from the keyboard, and what is settled is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.corpus.models import Document, Passage
from annotations.project.accounts import new_sign_in_link
from tests import cast as made
from tests.axe import Axe
from tests.cast import Cast
from tests.pages.js.waiting import unplug, until
from tests.servers import Server

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280, 2560)


@pytest.fixture
def article(live_cast: Cast) -> Document:
    text = "Nights\n\nThey stayed all night long.\n\nابق هنا.\n\nShare this\n"
    row = made.document(live_cast.project, text, zones=["title", "body", "body", "link"])
    Passage.objects.filter(zone="link").update(zone_reason="share line")
    Passage.objects.filter(index=2).update(language="ar")
    return row


@pytest.fixture
def page_of_zones(page: Page, server: Server, live_cast: Cast, article: Document) -> Iterator[Page]:
    link = new_sign_in_link(live_cast.mia, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    page.goto(f"{server.url}/documents/{article.uuid}")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def kept(article: Document) -> list[tuple[str, bool]]:
    return [(p.zone, p.zone_confirmed_at is not None) for p in article.passages.order_by("index")]


def test_one_key_settles_a_zone_and_u_takes_it_back(page_of_zones: Page, article: Document) -> None:
    page = page_of_zones
    said = page.locator(".state")
    for key in ("ArrowDown", "Enter", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("x")
    expect(said).to_have_text("Saved. To confirm: 2")
    assert kept(article) == [
        ("title", True),
        ("body", False),
        ("body", False),
        ("boilerplate", True),
    ]
    page.keyboard.press("u")
    expect(said).to_have_text("Saved. To confirm: 3")
    assert kept(article)[3] == ("link", False)
    page.keyboard.press("Control+Enter")
    expect(said).to_have_text("Saved. To confirm: 0")
    assert all(confirmed for _, confirmed in kept(article))


def test_what_did_not_arrive_says_so_and_goes_with_the_next_key(
    page_of_zones: Page, article: Document
) -> None:
    page = page_of_zones
    unplug(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".state")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    expect(page.locator(".state")).to_have_text("Saved. To confirm: 3")
    assert kept(article)[0] == ("title", True)


def test_a_list_of_zones_keeps_its_own_keys(page_of_zones: Page, article: Document) -> None:
    page_of_zones.locator("select").nth(1).focus()
    page_of_zones.keyboard.press("x")
    expect(page_of_zones.locator(".state")).to_have_text("")
    assert not any(confirmed for _, confirmed in kept(article))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_fault_and_no_sideways_scroll(page_of_zones: Page, scheme: str) -> None:
    page = page_of_zones
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".state")).to_contain_text("Saved.")
    row = page.locator("tr[data-index='2'] td.text")
    expect(row).to_have_attribute("lang", "ar")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        until(page, "() => document.documentElement.scrollWidth <= innerWidth")
        assert [each["id"] for each in Axe().run(page).response["violations"]] == []
