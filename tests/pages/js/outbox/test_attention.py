"""What the server refused for good: side by side, with its words and the ways out, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.axe import Axe
from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import NINETY, Open, annotated, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser


def card(page: Page, name: str = "The server refused a change") -> Locator:
    return page.get_by_role("region", name=name)


def by_key(page: Page, button: Locator) -> None:
    """Presses a button as somebody without a mouse does, and the focus is where it can be seen."""
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def axe_finds_nothing(page: Page) -> None:
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (404, "The server knows nothing of it any more"),
        (413, "make it shorter"),
        (422, "Change the annotation"),
    ],
)
def test_a_refused_annotation_stands_beside_what_the_server_has(
    site: Site, coding: Open, status: int, advice: str
) -> None:
    annotated(site, NINETY, memo="as it was")
    page = coding()
    page.locator(".mark").click()
    site.contract.faults = [status]
    press(page, "b")
    expect(card(page)).to_contain_text(f"answer {status}")
    expect(card(page)).to_contain_text(advice)
    expect(card(page).locator(".version")).to_have_count(2)
    expect(card(page).locator(".version").first).to_contain_text("weighs both sides")
    expect(card(page).locator(".version").last).to_contain_text("as it was")
    expect(page.locator("#live")).to_have_text("1 refused")
    axe_finds_nothing(page)
    by_key(page, card(page).get_by_role("button", name="Try again"))
    idle(page)
    assert saved(site)[0]["stance"] == "mixed"


def test_a_change_of_what_was_submitted_elsewhere_goes_on_once_taken_back(
    site: Site, coding: Open
) -> None:
    annotated(site, NINETY)
    page = coding()
    site.contract.assignment = {**site.contract.assignment, "state": "submitted"}
    page.locator(".mark").click()
    press(page, "b")
    expect(card(page)).to_contain_text("The article was submitted elsewhere.")
    expect(page.locator("#banners")).to_contain_text("Submitted.")
    axe_finds_nothing(page)
    by_key(page, card(page).get_by_role("button", name="Take back and send"))
    idle(page)
    expect(card(page)).to_have_count(0)
    assert site.contract.assignment["state"] == "in_progress"
    assert saved(site)[0]["stance"] == "mixed"


def test_a_submission_without_stances_leads_to_them(site: Site, coding: Open) -> None:
    key = annotated(site, NINETY, stance=None)
    page = coding()
    page.evaluate("workbench.outbox.move('submit', {state: 'submitted', judged: [], up_to: null})")
    expect(card(page)).to_contain_text("Give these annotations a stance")
    axe_finds_nothing(page)
    by_key(page, card(page).get_by_role("button", name="Ninety hours"))
    becomes(page, "workbench.view.chosen", key)
    page.locator("#text").focus()
    press(page, "c")
    until(page, "() => !workbench.outbox.status.unsent")
    by_key(page, card(page).get_by_role("button", name="Try again"))
    idle(page)
    assert site.contract.assignment["state"] == "submitted"


def test_a_stance_given_offline_reaches_the_server_before_the_submission(
    site: Site, coding: Open
) -> None:
    annotated(site, NINETY, stance=None)
    page = coding()
    page.evaluate("workbench.outbox.move('submit', {state: 'submitted', judged: [], up_to: null})")
    expect(card(page)).to_be_visible()
    site.kill()
    page.locator(".mark").click()
    press(page, "c")
    card(page).get_by_role("button", name="Try again").click()
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert site.contract.assignment["state"] == "submitted"


def test_a_refused_comment_can_be_copied_sent_again_or_given_up(site: Site, coding: Open) -> None:
    page = coding()
    site.beside.refusal = (422, {"detail": "A comment may have at most 3 characters."})
    press(page, "ArrowDown t")
    page.keyboard.type("Much too long")
    press(page, "Control+Enter")
    expect(page.get_by_role("dialog").get_by_text("refused")).to_be_visible()
    expect(page.get_by_role("dialog").locator(".said")).to_have_text("Much too long")
    press(page, "Escape")
    expect(card(page)).to_contain_text("A comment may have at most 3 characters.")
    by_key(page, card(page).locator("summary"))
    expect(card(page).get_by_label("Your text, to copy")).to_have_value("Much too long")
    axe_finds_nothing(page)
    by_key(page, card(page).get_by_role("button", name="Copy"))
    becomes(page, "getSelection().toString()", "Much too long")
    by_key(page, card(page).get_by_role("button", name="Discard my change"))
    expect(card(page)).to_have_count(0)
    site.beside.refusal = None
    page.locator("#text").focus()
    press(page, "Control+z")
    idle(page)
    assert [each["text"] for each in site.beside.comments.values()] == ["Much too long"]


def test_what_was_discarded_comes_back_by_undoing(site: Site, coding: Open) -> None:
    site.contract.refused_themes.add("secrecy")
    page = coding()
    press(page, "ArrowDown 4 c")
    card(page).get_by_role("button", name="Discard my change").click()
    expect(page.locator("#banners")).to_contain_text("Discarded here. Undo brings it back.")
    assert saved(site) == []
    site.contract.refused_themes.clear()
    page.locator("#text").focus()
    press(page, "Control+z")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [("secrecy", "against")]


def test_a_refused_annotation_that_is_removed_is_simply_gone(site: Site, coding: Open) -> None:
    site.contract.refused_themes.add("secrecy")
    page = coding()
    press(page, "ArrowDown 4")
    expect(card(page)).to_be_visible()
    press(page, "Delete")
    idle(page)
    expect(card(page)).to_have_count(0)
    assert site.contract.log == []


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("Keep mine", "mixed"), ("Take the other", "against"), ("Keep both", "against")],
)
def test_whichever_version_stands_the_other_is_kept(
    site: Site, coding: Open, choice: str, stands: str
) -> None:
    key = annotated(site, NINETY, memo="first")
    page = coding()
    site.contract.annotations[key].update(revision=2, memo="from elsewhere", stance="against")
    page.locator(".mark").click()
    press(page, "b")
    both = card(page, "Changed in two places")
    expect(page.locator("#live")).to_have_text("1 conflict")
    axe_finds_nothing(page)
    by_key(page, both.get_by_role("button", name=choice))
    idle(page)
    expect(both).to_have_count(0)
    assert site.contract.annotations[key]["stance"] == stands
    assert "mixed" in {body["stance"] for _, _, body in site.contract.log if body}
    assert len(saved(site)) == (2 if choice == "Keep both" else 1)


def test_a_version_withdrawn_elsewhere_can_be_taken_and_mine_found_again(
    site: Site, coding: Open
) -> None:
    key = annotated(site, NINETY)
    page = coding()
    site.contract.annotations[key].update(revision=2, deleted=True)
    page.locator(".mark").click()
    press(page, "b")
    card(page, "Changed in two places").get_by_role("button", name="Take the other").click()
    idle(page)
    assert saved(site) == []
    written: list[Any] = [body and body["stance"] for _, _, body in site.contract.log]
    assert written == ["mixed", None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cards_speak_french_and_fit_a_phone(site: Site, coding: Open, scheme: str) -> None:
    annotated(site, NINETY, memo="as it was")
    page = coding(f"/fr/{ASSIGNMENT}", viewport={"width": 390, "height": 844}, color_scheme=scheme)
    site.contract.faults = [422]
    page.locator("#text").focus()
    press(page, "ArrowDown 1")
    french = card(page, "Le serveur a refusé une modification")
    expect(french).to_contain_text("Sur le serveur")
    axe_finds_nothing(page)
    until(page, "(width) => document.documentElement.scrollWidth <= width", 390)
