"""The draft and the members in a real browser: two managers at once, keys alone, any width, no fault for axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from annotations.codebook.drafting import begin
from annotations.codebook.interchange import load_edition
from annotations.codebook.models import Theme
from annotations.project.accounts import new_sign_in_link
from annotations.project.members import enrol
from annotations.project.models import Role, User
from tests.axe import Axe
from tests.cast import Cast
from tests.fixtures.demonstration import BOOKS
from tests.pages.js.waiting import becomes
from tests.servers import Server

pytestmark = pytest.mark.browser
DRAFT = "/projects/labs/codebook/draft"
PAGES = (DRAFT, f"{DRAFT}?theme=burnout", "/projects/labs/codebook", "/projects/labs/members")


def window(browser: Browser, server: Server, user: User, language: str = "en-GB") -> Page:
    page = browser.new_context(base_url=server.url, locale=language).new_page()
    page.goto(f"/sign-in/{new_sign_in_link(user, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    return page


@pytest.fixture
def mia(browser: Browser, server: Server, live_cast: Cast) -> Iterator[Page]:
    begin(live_cast.project, by=live_cast.mia)
    load_edition(live_cast.project, BOOKS[2], by=None)
    page = window(browser, server, live_cast.mia)
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def definition() -> str:
    return str(Theme.objects.get(edition__number=2, key="burnout").definition["en"])


def test_of_two_managers_the_second_sees_both_and_chooses(
    mia: Page, browser: Browser, server: Server, live_cast: Cast
) -> None:
    enrol(live_cast.cleo, live_cast.project, roles=[Role.MANAGER])
    cleo = window(browser, server, live_cast.cleo)
    for page in (mia, cleo):
        page.goto(f"{DRAFT}?theme=burnout")
    field = 'textarea[name="c.definition.en"]'
    cleo.locator(field).fill("Work that never ends.")
    expect(cleo.locator("[data-state]")).to_have_text("Not saved yet")
    cleo.get_by_role("button", name="Save").first.click()
    expect(cleo.locator("[data-state]")).to_have_text("Saved")
    mia.locator(field).fill("Work without an end.")
    mia.locator(field).press("Control+s")
    expect(mia.get_by_role("alert")).to_contain_text("Somebody else has changed this")
    expect(mia.locator(".saved-meanwhile blockquote")).to_have_text("Work that never ends.")
    expect(mia.locator(field)).to_have_value("Work without an end.")
    found = Axe().run(mia).response["violations"]
    assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]
    mia.get_by_role("button", name="Save mine").first.click()
    expect(mia.locator("[data-state]")).to_have_text("Saved")
    assert definition() == "Work without an end."
    cleo.context.close()


def test_leaving_what_is_not_saved_is_asked_about(mia: Page) -> None:
    mia.goto(f"{DRAFT}?theme=burnout")
    mia.locator('input[name="c.name.en"]').fill("Other words")
    asked: list[str] = []
    mia.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    mia.get_by_role("link", name="All of the draft").first.click()
    expect(mia.locator('input[name="c.name.en"]')).to_have_value("Other words")
    assert asked == ["beforeunload"]


def test_an_invitation_is_made_and_copied_from_the_keyboard(mia: Page) -> None:
    mia.goto("/projects/labs/members")
    mia.get_by_label("Name", exact=True).fill("Éva")
    mia.get_by_label("Name", exact=True).press("Tab")
    mia.keyboard.press("Space")
    mia.get_by_label("Name", exact=True).press("Enter")
    link = mia.get_by_label("Link", exact=True)
    expect(link).to_be_focused()
    expect(link).to_have_value(re.compile("/sign-in/"))
    mia.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mia.get_by_role("button", name="Copy").press("Enter")
    expect(mia.get_by_role("button", name="Copied")).to_be_visible()
    becomes(mia, "navigator.clipboard.readText()", link.input_value())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(mia: Page, scheme: Literal["light", "dark"]) -> None:
    mia.emulate_media(color_scheme=scheme)
    for path in PAGES:
        mia.goto(path)
        found = Axe().run(mia).response["violations"]
        assert found == [], (path, [(each["id"], each["nodes"][0]["html"]) for each in found])


def test_no_page_is_wider_than_the_window(mia: Page) -> None:
    for width in (390, 800, 2560):
        mia.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            mia.goto(path)
            over = mia.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over == 0, (path, width)


def test_all_of_it_is_in_french_for_the_french(
    browser: Browser, server: Server, live_cast: Cast
) -> None:
    begin(live_cast.project, by=live_cast.mia)
    page = window(browser, server, live_cast.mia, "fr-FR")
    page.goto(f"{DRAFT}?theme=burnout")
    expect(page.get_by_role("group", name="Définition")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer").first).to_be_visible()
    page.goto("/projects/labs/members")
    expect(page.get_by_role("heading", name="Inviter quelqu’un")).to_be_visible()
    page.context.close()
