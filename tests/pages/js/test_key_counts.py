"""How many keys five typical tasks take; ARCHITECTURE.md says the same numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.pages.js.articles import HARBOUR
from tests.pages.js.hands import NINETY, PRICE, Open, go_to, idle, press, saved
from tests.pages.js.serving import Site

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[3]

# Real key presses, as the page sees them: a chord such as Ctrl+Z is one press with modifiers held.
COUNT = """() => {
  globalThis.presses = 0;
  const held = new Set(['Shift', 'Control', 'Alt', 'Meta']);
  addEventListener('keydown', ({key}) => held.has(key) || globalThis.presses++, true);
}"""


def promised(task: str) -> int:
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    found = re.search(rf"^\| {re.escape(task)} \|.*\| (\d+) \|$", table, re.M)
    assert found, task
    return int(found[1])


def counted(page: Page, keys: str) -> int:
    page.evaluate(COUNT)
    press(page, keys)
    return int(page.evaluate("globalThis.presses"))


def test_a_whole_sentence(site: Site, coding: Open) -> None:
    page = coding()
    assert counted(page, "ArrowDown 1 c") == promised("a whole sentence, theme and stance")
    idle(page)
    (found,) = saved(site)
    assert (found["quote"], found["theme"], found["stance"]) == (
        HARBOUR[0][2][0],
        "burnout",
        "against",
    )


def test_part_of_a_sentence(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, PRICE)
    keys = "ArrowRight ArrowRight Shift+ArrowRight 1 c"
    assert counted(page, keys) == promised("two words of a sentence, theme and stance")
    idle(page)
    assert (saved(site)[0]["quote"], saved(site)[0]["stance"]) == ("opposition does", "against")


def test_two_themes_on_one_passage(site: Site, coding: Open) -> None:
    page = coding()
    assert counted(page, "ArrowDown 1 c 2 n") == promised("two themes on one passage")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [
        ("burnout", "against"),
        ("compensation", "none"),
    ]


def test_another_stance(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 c Escape Escape")
    go_to(page, NINETY)
    assert counted(page, "p") == promised("another stance, with the cursor on the passage")
    idle(page)
    assert [each["stance"] for each in saved(site)] == ["favor"]


def test_a_submission_taken_back(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c Control+Enter Enter")
    idle(page)
    assert site.contract.assignment["state"] == "submitted"
    assert counted(page, "Control+z") == promised("undo a submitted article")
    idle(page)
    assert site.contract.assignment["state"] == "in_progress"
