"""Rules of the hand: whole characters, Chinese words, the last theme, sub-themes, keys of one's own."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT, article
from tests.pages.js.contract import Contract
from tests.pages.js.hands import Open, annotated, boxes, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser

FAMILY, FLAG, ACCENT, SYLLABLE, KEYCAP = "👨‍👩‍👧", "🇫🇷", "e\u0301\u0323", "क्षि", "1️⃣"
SIGNS = f"One {FAMILY}, two {FLAG}{FLAG} three c{ACCENT}d four {SYLLABLE} five {KEYCAP} end."
WHOLE = [FAMILY, FLAG, ACCENT, SYLLABLE, KEYCAP]


@pytest.fixture
def signs(site: Site) -> Site:
    content = article([("body", "en", [SIGNS, "Done."])])
    site.article = content
    site.contract = Contract(text=content["text"], assignment=site.contract.assignment)
    return site


def here(page: Page) -> str:
    return str(page.evaluate("workbench.slice(workbench.target)"))


def torn(text: str) -> list[str]:
    """Signs of which a stretch of the text has a part."""
    start = SIGNS.index(text)
    cuts = (start, start + len(text))
    places = [(SIGNS.index(sign), sign) for sign in WHOLE]
    places += [(SIGNS.rindex(FLAG), FLAG)]
    return [sign for at, sign in places for cut in cuts if at < cut < at + len(sign)]


@pytest.mark.parametrize("keys", ["Control+Shift+ArrowLeft", "Control+Alt+ArrowRight"])
@pytest.mark.parametrize("tagged", [True, False], ids=["annotation", "cursor"])
def test_an_end_passes_whole_characters_only(
    signs: Site, coding: Open, keys: str, tagged: bool
) -> None:
    page = coding()
    press(page, "Home 1" if tagged else "Home")
    seen = set()
    for _ in range(60):
        press(page, keys)
        seen.add(here(page))
        assert not torn(here(page))
    assert len(seen) > 20


@pytest.mark.parametrize("tagged", [True, False], ids=["annotation", "cursor"])
def test_no_end_goes_beyond_the_text(signs: Site, coding: Open, tagged: bool) -> None:
    page = coding()
    length = len(signs.contract.text)
    press(page, "Home 1" if tagged else "Home")
    press(page, "Control+Alt+ArrowLeft Alt+ArrowLeft" if tagged else "Control+Alt+ArrowLeft")
    becomes(page, "workbench.target.start", 0)
    press(page, "End 1" if tagged else "End")
    press(page, "Control+Shift+ArrowRight Shift+ArrowRight Control+Shift+ArrowRight")
    until(page, "(length) => workbench.target.end <= length", length)


def test_a_word_is_never_part_of_a_character(signs: Site, coding: Open) -> None:
    page = coding()
    press(page, "Home ArrowRight")
    while here(page) != "end":
        assert not torn(here(page))
        press(page, "ArrowRight")


@pytest.mark.parametrize("part", ["👨", "👧", "🇫", "e", "क"])
def test_what_is_found_is_taken_as_whole_characters(signs: Site, coding: Open, part: str) -> None:
    page = coding()
    press(page, "f")
    page.keyboard.insert_text(part)
    press(page, "Enter Escape")
    assert part in here(page)
    assert not torn(here(page))


# What the browser selects by a click is heard of a moment later.
CHOSEN = "(quote) => workbench.chosen?.body.quote === quote"


@pytest.mark.parametrize("place", [0.25, 0.5, 0.9])
def test_a_click_with_a_modifier_reaches_a_whole_character(
    signs: Site, coding: Open, place: float
) -> None:
    key = annotated(signs, "One")
    page = coding(f"/code/{ASSIGNMENT}#a-{key}")
    box = page.evaluate(
        """(sign) => {
          const {map} = workbench.sheet;
          const start = map.points.toCodePoint(map.points.text.indexOf(sign));
          const {left, width, top, height} = map.rectangles({start, end: start + [...sign].length})[0];
          return {left, width, middle: top + height / 2};
        }""",
        FAMILY,
    )
    page.keyboard.down("Shift")
    page.mouse.click(box["left"] + box["width"] * place, box["middle"])
    page.keyboard.up("Shift")
    until(page, CHOSEN, f"One {FAMILY}")
    idle(page)
    assert saved(signs)[0]["quote"] == f"One {FAMILY}"


def test_a_click_with_a_modifier_reaches_no_further(site: Site, coding: Open) -> None:
    key = annotated(site, "way to treat")
    page = coding(f"/code/{ASSIGNMENT}#a-{key}")
    box = boxes(page, "claim")
    page.keyboard.down("Shift")
    page.mouse.click((box["left"] + box["right"]) / 2, box["middle"])
    page.keyboard.up("Shift")
    until(page, CHOSEN, "way to treat people you claim")
    idle(page)
    assert saved(site)[0]["quote"] == "way to treat people you claim"


# Firefox says of some Chinese words that they are none.
DENYING = """async (text) => {
  const own = Intl.Segmenter.prototype.segment;
  Intl.Segmenter.prototype.segment = function (...given) {
    const found = own.apply(this, given);
    return this.resolvedOptions().granularity !== 'word' ? found
      : [...found].map((one) => /\\p{Script=Han}/u.test(one.segment) ? {...one, isWordLike: false} : one);
  };
  const {wordsOf} = await import('/static/annotations/text/words.js');
  const {CodePoints} = await import('/static/annotations/text/textmap.js');
  const points = new CodePoints(text);
  const words = wordsOf(points, {start: 0, end: points.length}, 'zh').map(({start, end}) => points.slice(start, end));
  Intl.Segmenter.prototype.segment = own;
  return words;
}"""


def test_chinese_words_do_not_rest_on_what_the_browser_calls_a_word(bench: Page) -> None:
    words = bench.evaluate(DENYING, "研究员说，没有人强迫他们加班𠮷。")
    assert "".join(words) == "研究员说没有人强迫他们加班𠮷"
    assert 5 <= len(words) <= 12


def test_the_last_theme_is_repeated_and_never_its_stance(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 1 h Shift+C s ArrowDown .")
    idle(page)
    first, second = saved(site)
    assert first["stance"] == "against"
    assert (second["stance"], second["holder"], second["certainty"]) == (None, None, None)
    assert (first["theme"], second["theme"]) == ("long_hours", "burnout")


def test_a_second_key_takes_a_sub_theme_and_rests_afterwards(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 1")
    expect(page.get_by_role("button", name="H Long hours")).to_be_visible()
    press(page, "h h")
    idle(page)
    assert saved(site)[0]["theme"] == "long_hours"
    expect(page.locator("#holder-name")).to_be_focused()


BOUND = """async ({codebook, own}) => {
  const {keymapOf} = await import('/static/annotations/keys/keymap.js');
  const {Codebook} = await import('/static/annotations/codebook.js');
  const {bindings} = keymapOf(new Codebook(codebook), own);
  return Object.fromEntries([...bindings].map(([key, {verb, value}]) => [key, value ? `${verb}:${value}` : verb]));
}"""


def bound(page: Page, own: dict[str, Any]) -> dict[str, str]:
    stances = [{"key": "yes", "label": "Yes", "glyph": "+", "hotkey": "y", "position": 0}]
    themes = [{"key": "pay", "hotkey": "1", "parent": None}]
    book = {"edition": 1, "themes": themes, "stances": stances}
    found: dict[str, str] = page.evaluate(BOUND, {"codebook": book, "own": own})
    return found


def test_a_key_of_ones_own_takes_the_old_one_away(bench: Page) -> None:
    found = bound(bench, {"extend-next": "Shift+j", "memo": None, "tag:pay": "w"})
    assert found["Shift+j"] == "extend-next"
    assert "Shift+ArrowDown" not in found
    assert "memo" not in found.values()
    assert found["w"] == "tag:pay"
    assert "1" not in found


def test_one_key_serves_one_verb_even_where_the_store_says_otherwise(bench: Page) -> None:
    found = bound(bench, {"memo": "w", "list": "w", "skip": "ArrowDown"})
    assert found["w"] == "memo"
    assert "list" not in found.values()
    assert found["ArrowDown"] == "skip"


def test_hostile_keys_are_data(bench: Page) -> None:
    hostile = {"__proto__": "w", "constructor": "w", "toString": "j", "<b>": "k", "extend": "v"}
    found = bound(bench, {**hostile, "memo": {"key": "w"}, "list": ["l"], "skip": 7})
    assert not {"w", "j"} & set(found)
    assert found["k"] == "annotation-next"
    assert not {"memo", "list", "skip"} & set(found.values())


@pytest.mark.parametrize("key", ["Control+s", "Control+Shift+t", "F5", "Control+1"])
def test_the_browsers_keys_cannot_be_taken(site: Site, coding: Open, key: str) -> None:
    page = coding()
    press(page, "?")
    page.get_by_role("button", name="Change the key: Memo").click()
    press(page, key)
    state = page.get_by_role("dialog").get_by_role("status")
    expect(state).to_have_text("That key cannot be used. Press another one.")
    assert site.beside.preferences["keys"] == {}


def test_a_new_key_works_at_once_in_place_of_the_old_one(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "?")
    page.get_by_role("button", name="Change the key: Next paragraph").click()
    press(page, "w Escape ArrowDown ArrowDown w")
    page.keyboard.press("w")
    before = here(page)
    press(page, "Control+ArrowDown")
    assert here(page) == before
    becomes(page, "workbench.passagesOf(workbench.target)[0].paragraph", 3)
