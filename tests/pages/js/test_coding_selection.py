"""The coding page in a real browser: how much is selected, where an annotation ends, what is found."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.hands import NINETY, PRICE, Open, annotated, boxes, drag, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import PATIENCE, becomes, still, until

pytestmark = pytest.mark.browser


def cursor_text(page: Page) -> str:
    return str(page.evaluate("workbench.slice(workbench.target)"))


def swept(page: Page, quote: str) -> None:
    box = boxes(page, quote)
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["last"], steps=6)
    page.mouse.up()


def taken(page: Page, quote: str) -> None:
    until(page, "(quote) => workbench.target && workbench.slice(workbench.target) === quote", quote)


def arrives(page: Page, site: Site, quote: str) -> None:
    """A hand that let go is answered in a turn of its own: nothing may be on its way yet."""
    deadline = time.monotonic() + PATIENCE
    while (found := saved(site)[0]["quote"]) != quote:
        assert time.monotonic() < deadline, f"{found!r} is saved, never {quote!r}"
        page.wait_for_timeout(20)  # settled: between two looks


def test_a_selection_can_take_whole_words_or_sentences(site: Site, coding: Open) -> None:
    page = coding()
    mode = page.get_by_role("radiogroup", name="Selecting takes")
    expect(mode.get_by_label("Exactly")).to_be_checked()
    press(page, "a")
    expect(mode.get_by_label("Words")).to_be_checked()
    swept(page, "ours a wee")
    taken(page, "hours a week")
    mode.get_by_label("Sentences").click()
    press(page, "Escape")
    swept(page, "ours a wee")
    taken(page, NINETY)
    assert site.beside.preferences["settings"]["selection"] == "sentence"


def test_chinese_words_are_words(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "a")
    swept(page, "究员说")
    until(page, "() => workbench.target && workbench.slice(workbench.target).includes('研究员')")


@pytest.mark.parametrize(
    ("keys", "quote"),
    [
        ("Shift+ArrowRight", "way to treat people you"),
        ("Shift+ArrowLeft", "way to treat"),
        ("Alt+ArrowLeft", "no way to treat people"),
        ("Alt+ArrowRight", "to treat people"),
        ("Control+Shift+ArrowLeft", "way to treat peopl"),
        ("Control+Alt+ArrowLeft", "o way to treat people"),
        ("Shift+ArrowDown", "way to treat people" + NINETY.split("way to treat people")[1]),
    ],
)
def test_the_ends_of_an_annotation_move_by_keys(
    site: Site, coding: Open, keys: str, quote: str
) -> None:
    key = annotated(site, "way to treat people")
    page = coding(f"/code/{site.contract.assignment['id']}#a-{key}")
    press(page, keys)
    idle(page)
    assert saved(site)[0]["quote"] == quote
    press(page, "Control+z")
    idle(page)
    assert saved(site)[0]["quote"] == "way to treat people"


def test_an_end_never_stands_inside_a_character(site: Site, coding: Open) -> None:
    key = annotated(site, "voluntary 👩‍🔬")
    page = coding(f"/code/{site.contract.assignment['id']}#a-{key}")
    press(page, "Control+Shift+ArrowLeft")
    idle(page)
    assert saved(site)[0]["quote"] == "voluntary"
    press(page, "Control+Shift+ArrowRight")
    idle(page)
    assert saved(site)[0]["quote"] == "voluntary 👩‍🔬"


def test_the_ends_of_an_annotation_are_dragged(site: Site, coding: Open) -> None:
    key = annotated(site, "way to treat people")
    page = coding(f"/code/{site.contract.assignment['id']}#a-{key}")
    still(page)
    grip = page.locator(".grip.end").bounding_box()
    assert grip is not None
    aim = boxes(page, "claim")
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(aim["right"] - 1, aim["last"], steps=8)
    page.mouse.up()
    arrives(page, site, "way to treat people you claim")


def test_a_finger_drags_an_end(site: Site, coding: Open) -> None:
    key = annotated(site, "way to treat people")
    path = f"/code/{site.contract.assignment['id']}#a-{key}"
    page = coding(path, viewport={"width": 390, "height": 844}, has_touch=True)
    still(page)
    grip = page.locator(".grip.start").bounding_box()
    assert grip is not None
    aim = boxes(page, "week")
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    touch("touchMove", aim["left"] + 40, aim["middle"])
    touch("touchMove", aim["left"] + 1, aim["middle"])
    touch("touchEnd")
    arrives(page, site, "week is no way to treat people")


def test_a_drag_with_a_modifier_extends_the_chosen_annotation(site: Site, coding: Open) -> None:
    key = annotated(site, "way to treat")
    page = coding(f"/code/{site.contract.assignment['id']}#a-{key}")
    still(page)
    page.keyboard.down("Alt")
    swept(page, "you claim")
    page.keyboard.up("Alt")
    arrives(page, site, "way to treat people you claim")


def test_words_are_found_without_case_or_accents(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "f")
    page.keyboard.type("LÀB")
    bar = page.get_by_role("search", name="Find in this article")
    expect(bar).to_contain_text("1 of 5")
    becomes(page, "CSS.highlights.get('found').size", 5)
    press(page, "Enter")
    expect(bar).to_contain_text("1 of 5")
    press(page, "Enter Shift+Enter Escape")
    expect(bar).to_be_hidden()
    assert cursor_text(page).lower() == "lab"
    becomes(page, "CSS.highlights.get('found').size", 0)


def test_chinese_is_found(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "f")
    page.keyboard.type("对不起")
    press(page, "Enter Escape 1 c")
    idle(page)
    assert saved(site)[0]["quote"] == "对不起"


def test_what_folding_leaves_maps_back_to_the_text(bench: Page) -> None:
    found = bench.evaluate(
        """async () => {
          const {findAll, folded} = await import('/static/annotations/text/finding.js');
          const text = '👩‍🔬 Cafe\\u0301 L’É\\n\\t té, ﬁn 研究 CAFÉ';
          const points = [...text];
          const ask = (words) => findAll(folded(text), words).map(({start, end}) => points.slice(start, end).join(''));
          return ['cafe', "l'e te", 'FIN', '研究', ' ', 'nothing'].map(ask);
        }"""
    )
    assert found == [["Cafe\u0301", "CAFÉ"], ["L’É\n\t té"], ["ﬁn"], ["研究"], [], []]


def test_a_word_goes_on_after_the_drag_as_before(site: Site, coding: Open) -> None:
    page = coding()
    drag(page, "does not contest")
    press(page, "1 c ArrowDown")
    idle(page)
    assert saved(site)[0]["quote"] in PRICE
    until(page, "() => !workbench.chosen")
