"""The codebook in a real browser: it fits any width, and has no fault that axe can find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.codebook.interchange import load_edition
from annotations.project.accounts import new_sign_in_link
from tests.axe import Axe
from tests.cast import Cast
from tests.fixtures.demonstration import BOOKS
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, at the demonstration's second edition."""
    load_edition(live_cast.project, BOOKS[2], by=None)
    link = new_sign_in_link(live_cast.ada, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    page.goto(f"{server.url}/projects/labs/codebook?edition=2")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def test_every_theme_can_be_reached_and_opened(ada: Page) -> None:
    ada.get_by_role("navigation", name="Themes").get_by_role("link", name="Talent war").click()
    expect(ada.get_by_role("heading", name="Talent war")).to_be_in_viewport()
    hours = ada.locator("#long_hours")
    expect(hours.get_by_text("Badges show")).to_be_hidden()
    hours.locator("summary").click()
    expect(hours.get_by_text("Badges show")).to_be_visible()
    ada.get_by_role("link", name="Edition 1").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Codebook, edition 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(ada: Page, scheme: Literal["light", "dark"]) -> None:
    ada.emulate_media(color_scheme=scheme)
    ada.locator("summary").nth(1).click()
    found = Axe().run(ada).response["violations"]
    assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("width", [360, 800, 1800])
def test_it_is_never_wider_than_the_window(ada: Page, width: int) -> None:
    ada.set_viewport_size({"width": width, "height": 800})
    over = ada.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over == 0
