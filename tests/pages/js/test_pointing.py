"""What is selected by hand outside of the plain case: past the text, as a whole."""

from __future__ import annotations

from tests.pages.js.articles import HARBOUR, article
from tests.pages.js.hands import Open, boxes, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still, until

NINETY = HARBOUR[3][2][1]
TAKEN = "(quote) => workbench.view.cursor && workbench.slice(workbench.view.cursor) === quote"


def test_a_drag_may_end_beside_the_text(site: Site, coding: Open) -> None:
    page = coding()
    place = boxes(page, NINETY)
    page.mouse.move(place["left"] + 1, place["middle"])
    page.mouse.down()
    page.mouse.move(120, place["last"], steps=5)
    page.mouse.up()
    until(page, "() => workbench.view.cursor !== null")
    selected = page.evaluate("workbench.slice(workbench.view.cursor)")
    # As far as the line goes on which it was let go.
    assert selected in NINETY
    assert selected
    press(page, "1 c")
    idle(page)
    assert [each["quote"] for each in saved(site)] == [selected]


def test_a_press_beside_the_text_leaves_the_place(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown ArrowDown")
    before = page.evaluate("workbench.slice(workbench.view.cursor)")
    page.mouse.click(120, 600)
    still(page)  # nothing comes later either
    becomes(page, "workbench.slice(workbench.view.cursor)", before)


def test_all_is_all_of_the_article(site: Site, coding: Open) -> None:
    site.article = article(HARBOUR[:8])
    site.contract.text = site.article["text"]
    page = coding()
    idle(page)
    page.keyboard.press("Control+a")
    whole = site.article["text"].strip()
    until(page, TAKEN, whole)
    press(page, "1 c")
    idle(page)
    assert [each["quote"] for each in saved(site)] == [whole]
