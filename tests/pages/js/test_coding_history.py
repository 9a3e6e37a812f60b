"""The coding page in a real browser: part of an article, earlier versions, undo after a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.pages.js.articles import assignment
from tests.pages.js.hands import NINETY, Open, go_to, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser


def test_an_article_is_submitted_up_to_the_cursor_with_a_reason(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "1 c Control+Shift+Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Submit").click()
    assert site.contract.assignment["state"] == "in_progress", "a reason is asked for"
    dialog.get_by_label("Why not the whole article").fill("The rest is another article")
    dialog.get_by_role("button", name="Submit").click()
    idle(page)
    sent = site.contract.log[-1][2]
    assert sent is not None
    assert sent["reason"] == "The rest is another article"
    assert site.contract.text[: sent["up_to"]].endswith(NINETY)


def test_the_bar_counts_an_article_as_soon_as_it_is_submitted(site: Site, coding: Open) -> None:
    page = coding()
    bar = page.locator("#progress")
    expect(bar).to_contain_text("16 / 60")
    press(page, "Control+Enter Enter")
    expect(bar).to_contain_text("17 / 60")
    press(page, "Control+z")
    expect(bar).to_contain_text("16 / 60")


def test_the_next_article_is_there_before_it_is_asked_for(site: Site, coding: Open) -> None:
    other = "0199a000-0000-7000-8000-000000000002"
    site.next_assignment = {**assignment(), "id": other}
    page = coding()
    press(page, "Control+Enter Enter")
    until(
        page,
        """(id) => new Promise((resolve) => {
          const {db} = workbench.outbox;
          const found = db.transaction('articles').objectStore('articles').get(id);
          found.onsuccess = () => resolve(Boolean(found.result?.article.text));
        })""",
        other,
    )


def test_an_earlier_version_is_put_back_as_a_new_one(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c p 3 Escape")
    idle(page)
    page.locator(".mark").first.click()
    until(page, "() => workbench.chosen.body.theme === 'burnout'")
    press(page, "y")
    dialog = page.get_by_role("dialog", name="Versions of this annotation")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    dialog.get_by_role("button", name="Restore version 2").click()
    idle(page)
    chosen = page.evaluate("workbench.view.chosen")
    revised = site.contract.revisions[chosen]
    assert [each["stance"] for each in revised] == [None, "against", "favor", "against"]


def test_what_was_done_before_a_reload_can_be_undone(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c")
    idle(page)
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    press(page, "Control+z")
    idle(page)
    assert [each["stance"] for each in saved(site)] == [None]
    press(page, "Control+z Control+y Control+y")
    idle(page)
    assert [each["stance"] for each in saved(site)] == ["against"]


def test_what_cannot_be_undone_stays_in_the_history(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c")
    idle(page)
    site.contract.assignment["state"] = "submitted"
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    press(page, "Control+z")
    becomes(page, "workbench.history.next('undo').label", "change")
    assert saved(site)[0]["stance"] == "against"


def test_an_article_is_skipped_by_its_key(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "x")
    page.keyboard.type("Not about laboratories")
    press(page, "Enter")
    idle(page)
    assert site.contract.log[-1][2] == {"state": "skipped", "reason": "Not about laboratories"}


def test_a_history_of_another_day_is_forgotten(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1")
    idle(page)
    page.evaluate(
        """() => new Promise((resolve) => {
          const store = workbench.outbox.db.transaction('steps', 'readwrite').objectStore('steps');
          const [step] = workbench.history.steps;
          store.put({...step, at: step.at - 25 * 3600 * 1000}).onsuccess = () => resolve();
        })"""
    )
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    becomes(page, "workbench.history.steps.length", 0)
