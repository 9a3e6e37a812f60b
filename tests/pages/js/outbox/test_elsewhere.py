"""What waits for a choice in another article is seen here too, leads there, and can be given up from here."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import NINETY, Open, annotated, idle, press, saved
from tests.pages.js.outbox.test_attention import axe_finds_nothing, by_key, card
from tests.pages.js.serving import Site

pytestmark = pytest.mark.browser
OTHER = "0199a000-0000-7000-8000-000000000002"


def on_to_another(site: Site, page: Page) -> None:
    """The next article, in the same tab."""
    plain = site.pages[f"/code/{ASSIGNMENT}"]
    site.pages[f"/code/{OTHER}"] = lambda: plain().replace(ASSIGNMENT, OTHER)
    site.contract.assignment = {**site.contract.assignment, "id": OTHER}
    page.goto(f"/code/{OTHER}")
    page.wait_for_selector("#text[aria-busy=false]")


def test_what_was_refused_in_another_article_leads_there_or_is_given_up_here(
    site: Site, coding: Open
) -> None:
    site.contract.refused_themes.add("secrecy")
    page = coding()
    press(page, "ArrowDown 4 c")
    expect(card(page)).to_be_visible()
    on_to_another(site, page)
    leads = card(page).get_by_role("link", name="Open its article")
    expect(leads).to_have_attribute("href", f"/code/{ASSIGNMENT}")
    axe_finds_nothing(page)
    by_key(page, card(page).get_by_role("button", name="Discard my change"))
    expect(card(page)).to_have_count(0)
    expect(page.locator("#save")).to_contain_text("Saved")
    assert saved(site) == []

    site.contract.refused_themes.clear()
    page.locator("#text").focus()
    press(page, "Control+z")
    idle(page)
    (there,) = saved(site)
    assert (there["assignment"], there["theme"], there["stance"]) == (
        ASSIGNMENT, "secrecy", "against",
    )  # fmt: skip


def test_what_the_server_has_of_another_article_is_not_guessed(site: Site, coding: Open) -> None:
    annotated(site, NINETY, memo="as it was")
    page = coding()
    page.locator(".mark").click()
    site.contract.faults = [422]
    press(page, "b")
    expect(card(page)).to_be_visible()
    on_to_another(site, page)
    expect(card(page).locator(".version")).to_have_count(1)
    expect(card(page).locator(".version")).to_contain_text("Mine")


def test_a_conflict_in_another_article_is_counted_and_leads_there(site: Site, coding: Open) -> None:
    key = annotated(site, NINETY, memo="first")
    page = coding()
    site.contract.annotations[key].update(revision=2, memo="from elsewhere", stance="against")
    page.locator(".mark").click()
    press(page, "b")
    expect(card(page, "Changed in two places")).to_be_visible()
    on_to_another(site, page)
    expect(page.locator("#save")).to_contain_text("1 conflict")
    away = card(page, "Changed in two places, in another article")
    expect(away).to_contain_text("Ninety hours")
    axe_finds_nothing(page)
    expect(away.get_by_role("link", name="Open its article")).to_have_attribute(
        "href", f"/code/{ASSIGNMENT}"
    )
