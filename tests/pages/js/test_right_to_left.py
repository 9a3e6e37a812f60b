"""Hebrew and Arabic: which way the keys go, where ends stand, and what turns directions unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT, HARBOUR, Paragraph, article
from tests.pages.js.contract import Contract
from tests.pages.js.hands import Open, annotated, go_to, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still, until

pytestmark = pytest.mark.browser

HEBREW: list[Paragraph] = [
    ("title", "he", ["המעבדה בנמל לא נחה בלילה"]),
    (
        "body",
        "he",
        [
            "OpenTide הודיעה ביום שלישי כי 41 חוקרים עובדים במשמרות.",
            "ראש העיר אמר: “a lab that goes home at six” והוסיף שאין סיבה לדאגה.",
            "החוקרים ביקשו לראות את התוצאות.",
        ],
    ),
    ("body", "ar", ["قالت المهندسة ليلى حداد إن العمل لا يتوقف.", "لم يجبها أحد حتى الآن."]),
    ("body", "en", ["The council meets in מאי again.", "Nobody objects."]),
    ("boilerplate", "he", ["כל הזכויות שמורות."]),
]
QUOTE = "a lab that goes home at six"


@pytest.fixture
def hebrew(site: Site) -> Site:
    content = article(HEBREW, language="he", direction="rtl")
    site.article = content
    site.contract = Contract(text=content["text"], assignment=site.contract.assignment)
    return site


def here(page: Page) -> str:
    return str(page.evaluate("workbench.slice(workbench.target)"))


def test_the_left_arrow_goes_forward_in_hebrew(hebrew: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown ArrowLeft")
    assert here(page) == "המעבדה"
    press(page, "ArrowLeft")
    assert here(page) == "בנמל"
    press(page, "ArrowRight")
    assert here(page) == "המעבדה"
    press(page, "Shift+ArrowLeft")
    assert here(page) == "המעבדה בנמל"


def test_the_arrows_follow_the_paragraph_and_not_the_article(hebrew: Site, coding: Open) -> None:
    page = coding()
    go_to(page, HEBREW[3][2][0])
    press(page, "ArrowRight ArrowRight")
    assert here(page) == "council"


def test_a_hebrew_paragraph_in_an_english_article_is_one_too(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, HARBOUR[6][2][0])
    press(page, "ArrowLeft ArrowLeft")
    assert here(page) == "לא"


GRIPS = """() => Object.fromEntries(['start', 'end'].map((side) => {
  const box = document.querySelector(`.grip.${side}`).getBoundingClientRect();
  return [side, box.left + box.width / 2];
}))"""
LETTERS = """(quote) => {
  const {map} = workbench.sheet;
  const start = map.points.toCodePoint(map.points.text.indexOf(quote));
  const end = start + [...quote].length;
  const box = (at) => { const {left, right} = map.rectangles({start: at, end: at + 1})[0]; return [left, right]; };
  return [box(start), box(end - 1)];
}"""


@pytest.mark.parametrize(
    ("quote", "first", "last"),
    [
        ("המעבדה בנמל", "right", "left"),
        ("41 חוקרים", "left", "left"),
        ("חוקרים עובדים", "right", "left"),
        ("OpenTide הודיעה", "left", "left"),
        (QUOTE, "left", "right"),
        ("goes home", "left", "right"),
        ("العمل لا يتوقف", "right", "left"),
        ("council meets", "left", "right"),
        ("in מאי", "left", "left"),
        ("התוצאות.", "right", "left"),
    ],
)
def test_grips_stand_at_the_ends_that_are_seen(
    hebrew: Site, coding: Open, quote: str, first: str, last: str
) -> None:
    key = annotated(hebrew, quote)
    page = coding(f"/code/{ASSIGNMENT}#a-{key}")
    page.wait_for_selector(".grip.start:not([hidden])")
    still(page)
    grips = page.evaluate(GRIPS)
    start, end = page.evaluate(LETTERS, quote)
    assert grips["start"] == pytest.approx(start[first == "right"], abs=1)
    assert grips["end"] == pytest.approx(end[last == "right"], abs=1)


def test_an_end_is_dragged_to_the_left_in_hebrew(hebrew: Site, coding: Open) -> None:
    key = annotated(hebrew, "הודיעה ביום")
    page = coding(f"/code/{ASSIGNMENT}#a-{key}")
    page.wait_for_selector(".grip.end:not([hidden])")
    still(page)
    grip = page.locator(".grip.end").bounding_box()
    assert grip is not None
    _, (left, _) = page.evaluate(LETTERS, "ביום שלישי")
    middle = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(left + 1, middle, steps=8)
    page.mouse.up()
    idle(page)
    assert saved(hebrew)[0]["quote"] == "הודיעה ביום שלישי"


def test_chips_stand_on_the_side_where_lines_end(hebrew: Site, coding: Open) -> None:
    annotated(hebrew, "בנמל")
    page = coding()
    expect(page.locator(".tags button").first).to_be_visible()
    still(page)
    chip = page.locator(".tags button").first.bounding_box()
    text = page.locator(".para p").first.bounding_box()
    assert chip is not None
    assert text is not None
    assert chip["x"] < text["x"]


def test_each_paragraph_says_its_language_and_direction(hebrew: Site, coding: Open) -> None:
    page = coding()
    found = page.locator(".para p").evaluate_all("all => all.map((p) => [p.dir, p.lang])")
    assert found == [["rtl", ""], ["rtl", ""], ["rtl", "ar"], ["ltr", "en"], ["rtl", ""]]


@pytest.fixture
def mixed(site: Site) -> Callable[..., Site]:
    def make(*sentences: tuple[str, str]) -> Site:
        content = article([("body", "en", [text for _, text in sentences])])
        for passage, (language, _) in zip(content["passages"], sentences, strict=True):
            passage["language"] = language
        site.article = content
        site.contract = Contract(text=content["text"], assignment=site.contract.assignment)
        return site

    return make


def test_a_sentence_of_another_language_says_so(mixed: Callable[..., Site], coding: Open) -> None:
    mixed(("en", "He said it twice."), ("he", "לא יפורסם דבר."), ("en", "Then he left."))
    page = coding()
    apart = page.locator(".para p .apart")
    expect(apart).to_have_count(1)
    expect(apart).to_have_attribute("lang", "he")
    expect(apart).to_have_attribute("dir", "rtl")
    go_to(page, "לא יפורסם דבר.")
    press(page, "ArrowLeft ArrowLeft 1 c")
    idle(page)
    becomes(page, "workbench.annotations.map(({body}) => body.quote)", ["יפורסם"])


def test_what_turns_directions_is_named_and_ends_with_its_sentence(
    mixed: Callable[..., Site], coding: Open
) -> None:
    trick, after = "The file \u202egpj.exe was opened.", "Nothing else was turned."
    mixed(("en", trick), ("en", after))
    page = coding()
    expect(page.locator(".control")).to_have_attribute("data-name", "RLO")
    until(page, "() => workbench.sheet.map.root.textContent === workbench.article.text")
    shown = page.evaluate(LETTERS, after)
    assert shown[0][0] < shown[1][0]
    go_to(page, trick)
    press(page, "1 c")
    idle(page)
    becomes(page, "workbench.annotations[0].body.quote", trick)
