"""The coding page in a real browser: reading, handing in, trouble, and whoever looks or listens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.axe import Axe
from tests.pages.js.articles import ASSIGNMENT, HARBOUR, assignment
from tests.pages.js.hands import (
    NINETY,
    PRICE,
    Open,
    annotated,
    boxes,
    idle,
    place_kept,
    press,
    saved,
)
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still, until

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[3]


def test_page_furniture_is_folded_and_stepped_over(site: Site, coding: Open) -> None:
    page = coding()
    expect(page.get_by_text("Share this article")).to_be_hidden()
    press(page, "End")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    becomes(page, "workbench.slice(workbench.view.cursor)", HARBOUR[7][2][-1])
    page.get_by_role("button", name="4 passages of boilerplate folded").click()
    expect(page.get_by_text("Share this article")).to_be_visible()


def test_submitting_asks_for_missing_stances_first(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 Control+Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 annotation has no stance")
    dialog.get_by_role("button", name="Submit").click(force=True)
    assert site.contract.assignment["state"] == "in_progress"
    dialog.get_by_role("button", name=HARBOUR[0][2][0]).click()
    press(page, "c Control+Enter")
    page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    idle(page)
    assert site.contract.assignment["state"] == "submitted"


def test_a_submission_lists_the_judged_passages_only(site: Site, coding: Open) -> None:
    page = coding(viewport={"width": 1440, "height": 420})
    press(page, "ArrowDown ArrowDown ArrowDown")
    press(page, "Control+Enter")
    expect(page.get_by_role("dialog")).to_contain_text("passages were not read")
    page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    idle(page)
    judged = site.contract.log[-1][2]["judged"]  # type: ignore[index]
    assert judged[:3] == [0, 1, 2]
    assert len(judged) < 12


def test_what_is_on_screen_for_a_second_is_judged_and_stays_so(site: Site, coding: Open) -> None:
    page = coding(viewport={"width": 1440, "height": 420})
    until(page, "() => workbench.judged.indices.size > 2")
    seen = page.evaluate("[...workbench.judged.indices]")
    place_kept(page)
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    until(page, "(seen) => seen.every((index) => workbench.judged.indices.has(index))", seen)
    assert 15 not in seen


def test_a_submitted_article_is_closed_until_taken_back(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c Control+Enter Enter")
    idle(page)
    press(page, "ArrowDown 2 Delete")
    idle(page)
    assert [each["theme"] for each in saved(site)] == ["burnout"]
    page.get_by_role("button", name="Take back").click()
    idle(page)
    assert site.contract.assignment["state"] == "in_progress"
    press(page, "2")
    idle(page)
    assert len(saved(site)) == 2


def test_a_submission_can_be_undone_by_the_same_key(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c Control+Enter Enter")
    idle(page)
    press(page, "Control+z")
    idle(page)
    assert site.contract.assignment["state"] == "in_progress"


def test_an_article_is_skipped_with_a_reason(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "Control+Enter")
    page.get_by_text("This article cannot be coded").click()
    page.get_by_label("Reason").fill("Not about laboratories")
    page.get_by_role("button", name="Skip the article").click()
    idle(page)
    assert site.contract.log[-1][2] == {"state": "skipped", "reason": "Not about laboratories"}


def test_after_the_last_article_one_is_told(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "Control+Enter Enter")
    page.get_by_role("button", name="Next article").click()
    expect(page.get_by_role("heading", name="All done")).to_be_visible()


def test_the_next_article_opens(site: Site, coding: Open) -> None:
    other = "0199a000-0000-7000-8000-000000000002"
    site.next_assignment = {**assignment(), "id": other}
    site.pages[f"/code/{other}"] = lambda: "<!doctype html><title>the next</title>"
    page = coding()
    press(page, "Control+Enter Enter")
    page.get_by_role("button", name="Next article").click()
    expect(page).to_have_title("the next")


def test_a_conflict_shows_both_versions(site: Site, coding: Open) -> None:
    key = annotated(site, NINETY, memo="first")
    page = coding()
    site.contract.annotations[key].update(revision=2, memo="from elsewhere", stance="against")
    page.locator(".mark").click()
    press(page, "b")
    card = page.get_by_role("region", name="Changed in two places")
    expect(card).to_contain_text("weighs both sides")
    expect(card).to_contain_text("from elsewhere")
    expect(page.locator("#save")).to_contain_text("1 conflict")
    card.get_by_role("button", name="Keep mine").click()
    idle(page)
    expect(card).to_be_hidden()
    assert saved(site)[0]["stance"] == "mixed"


def test_a_refusal_says_what_the_server_said(site: Site, coding: Open) -> None:
    site.contract.refused_themes.add("secrecy")
    page = coding()
    press(page, "ArrowDown 4")
    card = page.get_by_role("region", name="The server refused a change")
    expect(card).to_contain_text("The theme is not in this edition.")
    card.get_by_role("button", name="Discard my change").click()
    expect(card).to_be_hidden()
    expect(page.locator(".mark")).to_have_count(0)


def test_being_signed_out_is_said_and_nothing_is_lost(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.signed_in = None
    press(page, "ArrowDown 1 c")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("#save")).to_contain_text("2 unsent")
    site.contract.signed_in = "ada"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    idle(page)
    expect(page.get_by_text("You are signed out.")).to_be_hidden()
    assert saved(site)[0]["stance"] == "against"


def test_without_the_server_one_goes_on_coding(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    press(page, "ArrowDown 1 c ArrowDown 2 p")
    expect(page.locator("#save")).to_contain_text("4 unsent")
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    expect(page.locator("#save")).to_contain_text("Saved")
    assert len(saved(site)) == 2


def test_an_article_that_cannot_be_fetched_says_so(site: Site, coding: Open) -> None:
    content, site.article = site.article, None
    page = coding()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    for each in ("#submit", "#tip", "#inspector", "#selection"):
        expect(page.locator(each)).to_be_hidden()
    site.article = content
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HARBOUR[0][2][0])
    for each in ("#submit", "#tip", "#inspector", "#selection"):
        expect(page.locator(each)).to_be_visible()


def test_what_is_not_ones_own_leads_home(coding: Open) -> None:
    def nobody(page: Page) -> None:
        page.route("**/api/v1/documents/*", lambda route: route.fulfill(status=404, json={}))

    page = coding(before=nobody)
    expect(page.get_by_role("alert")).to_contain_text("not yours to code")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", "/")


def test_an_article_without_text_says_so(site: Site, coding: Open) -> None:
    assert site.article
    site.article.update(text="", length=0, passages=[])
    page = coding()
    expect(page.locator("#banners")).to_contain_text("There is no text here.")
    press(page, "ArrowDown 1 x")
    page.get_by_label("Reason").fill("No text")
    page.get_by_role("button", name="Skip the article").click()
    idle(page)
    assert site.contract.assignment["state"] == "skipped"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_what_is_found_first_is_not_under_the_bar(coding: Open, size: tuple[int, int]) -> None:
    page = coding(viewport={"width": size[0], "height": size[1]})
    press(page, "f")
    page.keyboard.type(HARBOUR[0][2][0][:12])
    expect(page.locator("#find")).to_contain_text("1 of 1")
    bar = page.locator("#find").bounding_box()
    assert bar
    assert boxes(page, HARBOUR[0][2][0][:12])["middle"] > bar["y"] + bar["height"]
    assert bar["x"] + bar["width"] <= size[0]
    press(page, "Escape")
    expect(page.locator("#find")).to_be_hidden()


def test_an_address_can_point_to_a_passage(site: Site, coding: Open) -> None:
    page = coding(f"/code/{ASSIGNMENT}#p14")
    sentence = site.article["passages"][14]
    becomes(page, "workbench.view.cursor.start", sentence["start"])


def test_all_keys_and_the_definition_are_one_key_away(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "?")
    expect(page.get_by_role("dialog", name="All keys")).to_contain_text("Next sentence")
    press(page, "Escape ArrowDown 2 d")
    dialog = page.get_by_role("dialog", name="Codebook")
    expect(dialog).to_contain_text("Poaching as such")
    expect(dialog).to_contain_text("The level of pay in AI is justified.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (2560, 1440)])
def test_axe_finds_nothing(site: Site, coding: Open, scheme: str, size: tuple[int, int]) -> None:
    annotated(site, NINETY)
    annotated(site, PRICE, theme="secrecy", stance=None)
    viewport = {"width": size[0], "height": size[1]}
    page = coding(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    for keys in (
        "",
        "ArrowDown ArrowDown 2 p",
        "Control+Enter",
        "Escape ?",
        "Escape d",
        "Escape /",
        "Escape f",
        "Escape t",
        "Escape r",
        "Escape Shift+V",
    ):
        press(page, keys)
        still(page)
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()


def test_the_interface_speaks_french(site: Site, coding: Open) -> None:
    page = coding(f"/fr/{ASSIGNMENT}")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#themes")).to_contain_text("Épuisement et rythme")


def test_every_module_is_fetched_at_once() -> None:
    static = ROOT / "annotations" / "static" / "annotations"
    template = ROOT / "annotations" / "templates" / "annotations" / "coding.html"
    listed = set(re.findall(r"modulepreload.*?'annotations/(.*?)'", template.read_text("utf-8")))
    needed, waiting = set(), [static / "coding.js"]
    while waiting:
        module = waiting.pop()
        for found in re.findall(r"^import .* from '(.*)';$", module.read_text("utf-8"), re.M):
            path = (module.parent / found).resolve()
            if (name := str(path.relative_to(static))) not in needed:
                needed.add(name)
                waiting.append(path)
    assert listed == needed
