"""Names offered for another voice: read from the sentence, the best first, never filled in unasked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.attributions import ATTRIBUTIONS, HARDER, Attribution
from tests.pages.js.hands import NINETY, PRICE, Open, annotated, go_to, idle, press, saved
from tests.pages.js.serving import Site

pytestmark = pytest.mark.browser

OFFER = """async (rows) => {
  const {voicesOf} = await import('/static/annotations/text/voices.js');
  return rows.map(({sentence, before, coded, used}) => {
    const start = coded ? sentence.indexOf(coded) : 0;
    const end = coded ? start + coded.length : sentence.length;
    return voicesOf({sentence, before, coded: {start, end}, used});
  });
}"""


def offered(page: Page, rows: Sequence[Attribution], *used: str) -> list[list[str]]:
    asked = [{**vars(row), "used": list(used)} for row in rows]
    found: list[list[str]] = page.evaluate(OFFER, asked)
    return found


def one(page: Page, sentence: str, *used: str, before: str = "", language: str = "en") -> list[str]:
    return offered(page, [Attribution(language, sentence, "", before)], *used)[0]


@pytest.mark.parametrize("rows", [ATTRIBUTIONS, HARDER], ids=["plain", "harder"])
def test_the_speaker_comes_first(bench: Page, rows: list[Attribution]) -> None:
    names = offered(bench, rows)
    missed = [(row.speaker, found) for row, found in zip(rows, names, strict=True)]
    missed = [(speaker, found) for speaker, found in missed if [speaker] != found[:1]]
    assert not missed


def test_a_name_in_quotation_marks_is_not_the_first(bench: Page) -> None:
    found = one(bench, "“Anna Holm is tired,” said Mira Solano.")
    assert found == ["Mira Solano", "Anna Holm"]


def test_days_and_openings_are_nobody(bench: Page) -> None:
    assert one(bench, "On Monday The French said nothing in March.") == []


def test_names_used_in_the_article_come_last(bench: Page) -> None:
    found = one(bench, "The tide is low, said Mira Solano.", "Ada Pell", "Mira Solano")
    assert found == ["Mira Solano", "Ada Pell"]


def test_after_a_pronoun_the_sentence_before_comes_first(bench: Page) -> None:
    found = one(bench, "“It was Anna Holm,” he said.", before="Ruben Ashe runs it.")
    assert found == ["Ruben Ashe", "Anna Holm"]


def test_a_family_name_is_offered_in_full(bench: Page) -> None:
    assert one(bench, "Pell said so.", "Ada Pell") == ["Ada Pell"]


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "<img src=x onerror=alert(1)>", "\u202eabc said", "A" * 5000]
)
def test_anything_may_be_asked(bench: Page, text: str) -> None:
    assert len(one(bench, text, before=text)) <= 5


def holder(site: Site) -> Any:
    return saved(site)[0]["holder"]


def test_shift_and_the_stance_once_more_takes_the_name(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 Shift+C")
    idle(page)
    assert holder(site) == {"kind": "person", "name": ""}
    chip = page.get_by_role("group", name="Names offered").get_by_role("button").first
    expect(chip).to_have_text("Dara Quill")
    press(page, "Shift+C")
    idle(page)
    assert holder(site) == {"kind": "person", "name": "Dara Quill"}
    expect(chip).to_have_attribute("aria-pressed", "true")
    press(page, "Control+z")
    idle(page)
    assert holder(site) == {"kind": "person", "name": ""}


def test_a_name_that_was_typed_stays(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 Shift+C h")
    page.keyboard.type("the leader")
    press(page, "Enter Shift+C Shift+C")
    idle(page)
    assert holder(site)["name"] == "the leader"


def test_names_that_were_given_before_are_offered_elsewhere(site: Site, coding: Open) -> None:
    annotated(site, NINETY, holder={"kind": "person", "name": "<b>Quill</b>"})
    page = coding()
    go_to(page, PRICE)
    press(page, "2 Shift+P")
    offers = page.get_by_role("group", name="Names offered")
    offers.get_by_role("button", name="<b>Quill</b>").click()
    idle(page)
    assert [each["holder"]["name"] for each in saved(site)] == ["<b>Quill</b>"] * 2
