"""Boilerplate stands in one quiet line: out of the way, one key away, and never coded by accident."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT, Paragraph, article
from tests.pages.js.conftest import render
from tests.pages.js.contract import Contract
from tests.pages.js.hands import Open, annotated, boxes, go_to, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser

BEFORE, AFTER = "The tide came in at four.", "Nobody had moved the boats."
ADVERT, MORE = "Subscribe for the tide tables.", "Share this article"
MIDDLE: list[Paragraph] = [
    ("title", "en", ["High water"]),
    ("body", "en", [BEFORE]),
    ("boilerplate", "en", [ADVERT, MORE]),
    ("link", "en", ["Read also: Low water"]),
    ("body", "en", [AFTER]),
    ("boilerplate", "en", ["All rights reserved."]),
]


@pytest.fixture(autouse=True)
def folded(site: Site) -> None:
    content = article(MIDDLE)
    site.article = content
    site.contract = Contract(text=content["text"], assignment=site.contract.assignment)


def here(page: Page) -> Any:
    return page.evaluate("workbench.target && workbench.slice(workbench.target)")


def fold(page: Page, number: int = 3) -> Any:
    words = "passages" if number > 1 else "passage"
    return page.get_by_role("button", name=f"{number} {words} of boilerplate")


def test_one_line_a_run_says_how_much_is_folded(coding: Open) -> None:
    page = coding()
    expect(page.locator(".unfold")).to_have_count(2)
    expect(fold(page)).to_have_attribute("aria-expanded", "false")
    expect(fold(page)).to_have_accessible_name("3 passages of boilerplate folded")
    expect(fold(page, 1)).to_have_accessible_name("1 passage of boilerplate folded")
    expect(page.get_by_text(ADVERT)).not_to_be_in_viewport()
    until(page, "() => workbench.sheet.map.root.textContent === workbench.article.text")


def test_in_french_too(coding: Open) -> None:
    page = coding(f"/fr/{ASSIGNMENT}")
    name = "3 passages d’habillage repliés"
    expect(page.get_by_role("button", name=name)).to_be_visible()


def test_the_cursor_steps_over_what_is_folded_and_into_what_is_open(coding: Open) -> None:
    page = coding()
    go_to(page, BEFORE)
    press(page, "ArrowDown")
    assert here(page) == AFTER
    press(page, "ArrowUp z ArrowDown")
    assert here(page) == ADVERT
    press(page, "z")
    assert here(page) is None


def test_a_click_opens_one_and_closes_it(coding: Open) -> None:
    page = coding()
    fold(page).click()
    expect(page.get_by_text(ADVERT)).to_be_in_viewport()
    becomes(page, "workbench.sheet.folds.closed.length", 1)
    fold(page).click()
    expect(page.get_by_text(ADVERT)).not_to_be_in_viewport()


def test_a_key_does_not_extend_over_what_is_folded(coding: Open) -> None:
    page = coding()
    go_to(page, BEFORE)
    press(page, "Shift+ArrowDown")
    assert here(page) == BEFORE
    expect(page.locator("#live")).to_have_text("Folded boilerplate lies between, and is left out.")
    press(page, "z Shift+ArrowDown")
    assert here(page) == f"{BEFORE}\n\n{ADVERT}"


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_over_what_is_folded_takes_the_side_where_it_began(
    coding: Open, backwards: bool
) -> None:
    page = coding()
    ends = [boxes(page, BEFORE), boxes(page, AFTER)]
    start, end = reversed(ends) if backwards else ends
    page.mouse.move((start["left"] + start["right"]) / 2, start["middle"])
    page.mouse.down()
    page.mouse.move((end["left"] + end["right"]) / 2, end["middle"], steps=6)
    page.mouse.up()
    until(page, "() => workbench.view.cursor !== null")
    taken = here(page)
    assert taken in (AFTER if backwards else BEFORE)
    assert len(taken) > 5


def test_an_end_is_not_moved_over_what_is_folded(site: Site, coding: Open) -> None:
    key = annotated(site, BEFORE)
    page = coding(f"/code/{ASSIGNMENT}#a-{key}")
    press(page, "Shift+ArrowDown Shift+ArrowRight")
    idle(page)
    assert [each["quote"] for each in saved(site)] == [BEFORE]


def test_what_is_found_opens_its_fold(coding: Open) -> None:
    page = coding()
    press(page, "f")
    page.keyboard.type("tide tables")
    expect(page.get_by_text(ADVERT)).to_be_in_viewport()
    expect(page.get_by_role("search", name="Find in this article")).to_contain_text("1 of 1")


def test_an_annotation_inside_opens_its_fold(site: Site, coding: Open) -> None:
    annotated(site, MORE)
    page = coding()
    until(page, "() => workbench.sheet.folds.closed.length === 1")
    expect(page.locator("#text").get_by_text(MORE)).to_be_in_viewport()
    expect(fold(page, 1)).to_have_attribute("aria-expanded", "false")
    fold(page).click()
    becomes(page, "workbench.sheet.folds.closed.length", 2)


def test_a_deep_link_opens_its_fold(site: Site, coding: Open) -> None:
    assert site.article is not None
    (index,) = [each["index"] for each in site.article["passages"] if each["zone"] == "link"]
    page = coding(f"/code/{ASSIGNMENT}#p{index}")
    assert here(page) == "Read also: Low water"
    expect(page.locator("#text").get_by_text("Read also: Low water")).to_be_in_viewport()


def test_who_wants_it_open_gets_it_open(site: Site, coding: Open) -> None:
    page = coding()
    press(page, ",")
    dialog = page.get_by_role("dialog", name="Preferences")
    dialog.get_by_label("Fold boilerplate away").uncheck()
    expect(dialog.get_by_role("status")).to_have_text("Kept.")
    press(page, "Escape")
    expect(page.get_by_text(ADVERT)).to_be_in_viewport()
    assert site.beside.preferences["settings"]["fold_boilerplate"] is False


def test_what_was_set_before_holds_from_the_start(site: Site, coding: Open) -> None:
    kept = '"preferences": {"keys": {}, "settings": {"fold_boilerplate": false}}, "holders"'
    site.pages[f"/code/{ASSIGNMENT}"] = lambda: render().replace('"holders"', kept, 1)
    page = coding()
    becomes(page, "workbench.sheet.folds.closed.length", 0)
    expect(fold(page)).to_have_accessible_name("3 passages of boilerplate")


def test_the_browsers_own_search_may_open_it(coding: Open) -> None:
    page = coding()
    inside = page.locator(".folded").first
    expect(inside).to_have_attribute("hidden", "until-found")
    inside.evaluate("fold => fold.dispatchEvent(new Event('beforematch'))")
    expect(fold(page)).to_have_attribute("aria-expanded", "true")
