"""Figures of agreement in a real browser: by keyboard, on a phone, without a fault that axe can find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.project.accounts import new_sign_in_link
from tests.agreement.studies import study
from tests.axe import Axe
from tests.cast import Cast
from tests.pages.js.waiting import becomes
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PLACES = (
    "agreement",
    "agreement/passages?theme=burnout&with=compensation",
    "agreement/methods",
    "matrix",
)


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, with a study of three coders."""
    study(live_cast, documents=6, lines=8)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(live_cast.mia, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def test_pages_are_clean_and_fit_light_and_dark_wide_and_on_a_phone(
    mia: Page, server: Server
) -> None:
    for place in PLACES:
        mia.goto(f"{server.url}/projects/labs/{place}")
        mia.evaluate("document.querySelectorAll('details.more').forEach(each => each.open = true)")
        for scheme, width in (("light", 1440), ("dark", 390), ("light", 2560)):
            mia.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
            mia.set_viewport_size({"width": width, "height": 900})
            over = mia.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (place, width, over)
        found = Axe().run(mia).response["violations"]
        assert [each["id"] for each in found] == [], place


def test_on_a_phone_nothing_of_a_figure_is_beyond_its_frame(mia: Page, server: Server) -> None:
    mia.set_viewport_size({"width": 390, "height": 900})
    for place in ("agreement", "matrix"):
        mia.goto(f"{server.url}/projects/labs/{place}")
        beyond = mia.locator(".scroll, .plot, .card").evaluate_all(
            "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).length"
        )
        assert beyond == 0, place
    expect(mia.locator("td[data-label]").first).to_be_visible()


def test_a_figure_is_followed_by_keyboard_to_its_passages(mia: Page, server: Server) -> None:
    mia.goto(f"{server.url}/projects/labs/agreement")
    mia.locator("[aria-labelledby=table-title] td a").first.focus()
    mia.keyboard.press("Enter")
    mia.wait_for_url("**/agreement/passages?**")
    expect(mia.locator(".behind > li").first).to_be_visible()
    expect(mia.locator(".behind > li").first.locator(".side")).to_have_count(3)


def test_a_square_is_followed_by_pointer(mia: Page, server: Server) -> None:
    mia.goto(f"{server.url}/projects/labs/agreement")
    square = mia.locator("svg.heat a").first
    expect(square).to_have_attribute("tabindex", "-1")
    square.click()
    mia.wait_for_url("**/agreement/passages?**")


def test_the_paragraph_is_copied(mia: Page, server: Server) -> None:
    mia.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mia.goto(f"{server.url}/projects/labs/agreement/methods")
    text = mia.locator("#paragraph-en").input_value()
    mia.get_by_role("button", name="Copy").first.click()
    expect(mia.get_by_role("status").first).to_have_text("Copied")
    becomes(mia, "navigator.clipboard.readText()", text)
