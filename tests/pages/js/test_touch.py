"""The coding page under a thumb, at the size of a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import NINETY, PRICE, Open, annotated, boxes, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still, until

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LONG = 600


class Finger:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def press(self, x: float, y: float, milliseconds: int = 60) -> None:
        self._send("touchStart", x, y)
        self.page.wait_for_timeout(milliseconds)  # settled: as long as a finger rests
        self._send("touchEnd")

    def drag(self, grip: str, x: float, y: float) -> None:
        still(self.page)
        box = self.page.locator(grip).bounding_box()
        assert box is not None
        from_x, from_y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self._send("touchStart", from_x, from_y)
        for part in (0.3, 0.7, 1.0):
            self._send("touchMove", from_x + (x - from_x) * part, from_y + (y - from_y) * part)
        self._send("touchEnd")


def middle_of(page: Page, quote: str) -> tuple[float, float]:
    box = boxes(page, quote)
    return (box["left"] + box["right"]) / 2, box["middle"]


def here(page: Page, quote: str) -> None:
    until(
        page,
        "(quote) => workbench.view.cursor && workbench.slice(workbench.view.cursor) === quote",
        quote,
    )


def test_a_long_press_takes_a_word_and_its_ends_are_dragged(site: Site, coding: Open) -> None:
    page = coding(**PHONE)
    finger = Finger(page)
    finger.press(*middle_of(page, "voluntary"), LONG)
    here(page, "voluntary")
    aim = boxes(page, "overtime")
    finger.drag(".grip.start", aim["left"] + 1, aim["middle"] - 11)
    here(page, "overtime is voluntary")
    page.locator("#inspector").get_by_role("button", name="Burnout and pace").tap()
    page.locator("[data-part=stances] label").first.tap()
    idle(page)
    assert [(each["quote"], each["stance"]) for each in saved(site)] == [
        ("overtime is voluntary", "against")
    ]


def test_a_tap_takes_the_sentence(site: Site, coding: Open) -> None:
    page = coding(**PHONE)
    Finger(page).press(*middle_of(page, "contest"))
    here(page, PRICE)


def test_a_tap_on_a_highlight_chooses_it_and_the_next_tap_what_lies_under_it(
    site: Site, coding: Open
) -> None:
    annotated(site, NINETY)
    annotated(site, "no way to treat people", theme="compensation")
    page = coding(**PHONE)
    finger = Finger(page)
    found = []
    for _ in range(3):
        still(page, 500)  # a second tap that comes too soon is a double one
        before = page.evaluate("workbench.view.chosen")
        finger.press(*middle_of(page, "way"))
        until(page, "(before) => workbench.view.chosen !== before", before)
        found.append(page.evaluate("workbench.chosen.body.theme"))
    assert found == ["compensation", "burnout", "compensation"]


TARGETS = """() => [...document.querySelectorAll('button, summary, select, textarea, input, a')]
  .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .map((one) => one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') : one)
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, {width, height}]) => width && height && (width < 24 || height < 24))
  .map(([what, {width, height}]) => `${width} × ${height}: ${what}`)"""


@pytest.mark.parametrize("path", [f"/code/{ASSIGNMENT}", f"/fr/{ASSIGNMENT}"])
def test_what_is_tapped_is_large_enough(site: Site, coding: Open, path: str) -> None:
    key = annotated(site, NINETY, holder={"kind": "person", "name": "Dara Quill"})
    page = coding(f"{path}#a-{key}", **PHONE)
    still(page)
    becomes(page, TARGETS, [])
    press(page, "1")
    becomes(page, TARGETS, [])
    press(page, "Escape f")
    becomes(page, TARGETS, [])
    press(page, "Escape")
    page.locator(".tools summary").tap()
    becomes(page, TARGETS, [])


def test_the_palette_stays_within_reach_and_nothing_scrolls_sideways(
    site: Site, coding: Open
) -> None:
    key = annotated(site, NINETY)
    page = coding(f"/code/{ASSIGNMENT}#a-{key}", **PHONE)
    still(page)
    palette = page.get_by_role("complementary", name="Annotation").bounding_box()
    assert palette is not None
    assert palette["y"] > 844 / 3
    assert palette["y"] + palette["height"] <= 844
    until(page, "() => document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_label("says unacceptable")).to_be_in_viewport()


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 720, "height": 450}},
        {"viewport": {"width": 640, "height": 360}},
        {"viewport": {"width": 390, "height": 844}},
        {"viewport": {"width": 320, "height": 568}},
    ],
    ids=["200 % of 1440", "200 % of 1280", "phone", "400 % of 1280"],
)
def test_text_and_palette_both_stay_in_view_when_enlarged(
    site: Site, coding: Open, options: dict[str, Any]
) -> None:
    key = annotated(site, "no way to treat people")
    page = coding(f"/code/{ASSIGNMENT}#a-{key}", **options)
    still(page)
    frame = page.locator("#frame").bounding_box()
    assert frame is not None
    assert frame["height"] >= 130
    place = boxes(page, "no way to treat people")
    assert frame["y"] <= place["middle"] <= frame["y"] + frame["height"]
    until(page, "() => document.documentElement.scrollWidth <= innerWidth")


def test_nothing_glides_where_motion_is_reduced(site: Site, coding: Open) -> None:
    annotated(site, NINETY)
    page = coding(reduced_motion="reduce")
    press(page, "End")
    moving = "() => document.getAnimations().length"
    becomes(page, moving, 0)
    box = "() => document.getElementById('frame').scrollTop"
    at = page.evaluate(box)
    still(page)
    becomes(page, box, at)


def test_forced_colours_keep_ends_and_choices_apart(site: Site, coding: Open) -> None:
    key = annotated(site, NINETY, stance="against")
    page = coding(f"/code/{ASSIGNMENT}#a-{key}", forced_colors="active")
    page.wait_for_selector(".grip.start:not([hidden])")
    line = page.evaluate(
        "getComputedStyle(document.querySelector('.grip.start'), '::before').backgroundColor"
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert line != paper
    borders = page.locator("[data-part=stances] label").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderColor + getComputedStyle(one).outlineStyle)"
    )
    assert borders[0] != borders[1]
