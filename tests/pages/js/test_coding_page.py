"""The coding page in a real browser: what hands do, what is seen, what arrives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import HARBOUR
from tests.pages.js.hands import (
    NINETY,
    PRICE,
    Open,
    annotated,
    boxes,
    drag,
    go_to,
    idle,
    press,
    saved,
)
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still

pytestmark = pytest.mark.browser


def test_move_theme_stance_codes_a_passage_in_three_keys(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c")
    idle(page)
    (found,) = saved(site)
    assert found["quote"] == HARBOUR[0][2][0]
    assert (found["theme"], found["stance"]) == ("burnout", "against")
    assert found["holder"] == {"kind": "author", "name": ""}


def test_the_next_passage_needs_no_other_key(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c ArrowDown 2 p")
    idle(page)
    assert [each["theme"] for each in saved(site)] == ["burnout", "compensation"]


def test_a_stance_is_never_filled_in(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 4")
    idle(page)
    (found,) = saved(site)
    assert (found["stance"], found["holder"], found["certainty"]) == (None, None, None)


def test_shift_with_a_stance_means_another_voice(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 Shift+C h")
    page.keyboard.type("Dara Quill")
    press(page, "Enter ArrowUp")
    idle(page)
    (found,) = saved(site)
    assert found["holder"] == {"kind": "person", "name": "Dara Quill"}


def test_two_themes_can_lie_on_one_passage(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 c 2 n")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [
        ("burnout", "against"),
        ("compensation", "none"),
    ]


def test_a_themes_key_again_and_a_letter_pick_a_sub_theme(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 1 h c")
    idle(page)
    (found,) = saved(site)
    assert (found["theme"], found["stance"]) == ("long_hours", "against")


def test_a_theme_is_found_by_name(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown /")
    page.keyboard.type("SECR")
    press(page, "Enter")
    idle(page)
    assert saved(site)[0]["theme"] == "secrecy"


def test_part_of_a_sentence_is_taken_by_words(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, PRICE)
    press(page, "ArrowRight ArrowRight Shift+ArrowRight 1")
    idle(page)
    assert saved(site)[0]["quote"] == "opposition does"


def test_the_last_theme_repeats_but_never_the_stance(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 2 p ArrowDown .")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [
        ("compensation", "favor"),
        ("compensation", None),
    ]


def test_shift_with_a_themes_key_changes_the_theme(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c Shift+Digit4")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [("secrecy", "against")]


def test_delete_removes_the_chosen_annotation_only(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 c 2 n Delete")
    idle(page)
    assert [each["theme"] for each in saved(site)] == ["burnout"]
    press(page, "Delete")
    idle(page)
    assert len(saved(site)) == 1


def test_escape_steps_back_and_deletes_nothing(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 Escape Backspace")
    idle(page)
    assert len(saved(site)) == 1
    becomes(page, "workbench.view.chosen", None)


def test_undo_and_redo_walk_through_everything(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c Delete Control+z")
    idle(page)
    assert [each["stance"] for each in saved(site)] == ["against"]
    press(page, "Control+z")
    idle(page)
    assert [each["stance"] for each in saved(site)] == [None]
    press(page, "Control+z")
    idle(page)
    assert saved(site) == []
    press(page, "Control+Shift+Z Control+Shift+Z")
    idle(page)
    assert [each["stance"] for each in saved(site)] == ["against"]


def test_keys_rest_while_typing(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c m")
    page.keyboard.type("1 2 p Delete? /.")
    press(page, "Escape ArrowDown")
    idle(page)
    (found,) = saved(site)
    assert found["memo"] == "1 2 p Delete? /."


def test_a_mouse_selection_is_taken_exactly(site: Site, coding: Open) -> None:
    page = coding()
    quote = "voluntary 👩‍🔬, that pay"
    drag(page, quote)
    press(page, "2")
    idle(page)
    assert saved(site)[0]["quote"] == quote


def test_a_click_takes_the_sentence(site: Site, coding: Open) -> None:
    page = coding()
    box = boxes(page, "does not contest")
    page.mouse.click(box["left"] + 5, box["middle"])
    press(page, "1")
    idle(page)
    assert saved(site)[0]["quote"] == PRICE


def test_a_click_goes_through_stacked_annotations(site: Site, coding: Open) -> None:
    outer = annotated(site, NINETY)
    inner = annotated(site, "no way to treat", theme="compensation")
    page = coding()
    box = boxes(page, "way to")
    for key in (inner, outer, inner):
        page.mouse.click(box["left"] + 5, box["middle"])
        becomes(page, "workbench.view.chosen", key)


def test_a_theme_without_a_place_waits_for_the_next_selection(site: Site, coding: Open) -> None:
    page = coding()
    page.get_by_role("button", name="Secrecy").first.click()
    drag(page, "Ninety hours")
    idle(page)
    assert [(each["theme"], each["quote"]) for each in saved(site)] == [("secrecy", "Ninety hours")]


def test_the_painted_highlight_covers_its_quote_and_nothing_else(site: Site, coding: Open) -> None:
    quote = "overtime is voluntary 👩‍🔬, that"
    annotated(site, quote, theme="compensation")
    annotated(site, "没有人强迫他们加班", theme="burnout")
    page = coding()
    becomes(
        page,
        """() => {
          const text = ({startContainer, startOffset, endContainer, endOffset}) => {
            const live = new Range();
            live.setStart(startContainer, startOffset);
            live.setEnd(endContainer, endOffset);
            return String(live);
          };
          const layers = [...CSS.highlights].filter(([name, all]) => name.startsWith('t') && all.size);
          return Object.fromEntries(layers.map(([name, all]) => [name, [...all].map(text)]));
        }""",
        {"t2-0": [quote], "t1-0": ["没有人强迫他们加班"]},
    )
    still(page)
    assert inked(page, quote) == {"before": False, "first": True, "last": True, "after": False}


def inked(page: Page, quote: str) -> dict[str, bool]:
    """Whether the characters around and at the ends of a quote stand on a tinted ground."""
    rects = page.evaluate(
        """(quote) => {
          const {map} = workbench.sheet;
          const from = map.points.toCodePoint(map.points.text.indexOf(quote));
          const to = from + [...quote].length;
          const at = (start) => {
            const [{left, top}] = map.rectangles({start, end: start + 1});
            return {x: left, y: top, width: 2, height: 2};
          };
          return {before: at(from - 2), first: at(from), last: at(to - 1), after: at(to + 1)};
        }""",
        quote,
    )
    shots = {name: page.screenshot(clip=box) for name, box in rects.items()}
    return {name: shot != shots["before"] for name, shot in shots.items()}


def test_the_page_holds_exactly_the_text(site: Site, coding: Open) -> None:
    annotated(site, NINETY)
    page = coding()
    press(page, "ArrowDown 1 c ArrowDown 2")
    becomes(page, "document.getElementById('text').textContent", site.article["text"])


def test_chips_are_buttons_with_the_whole_name(site: Site, coding: Open) -> None:
    annotated(site, PRICE, theme="compensation", stance="against")
    page = coding()
    chip = page.get_by_role("group", name="Annotations of paragraph 4").get_by_role("button")
    expect(chip).to_have_accessible_name(f"Pay, says unjustified: “{PRICE}”")
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_attribute("aria-pressed", "true")
    press(page, "p")
    idle(page)
    assert saved(site)[0]["stance"] == "favor"
