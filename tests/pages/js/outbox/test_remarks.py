"""Comments and flags wait in the outbox like annotations: shown at once, sent in order, never lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.js.hands import NINETY, Open, go_to, idle, press
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

pytestmark = pytest.mark.browser


def comment(page: Page, text: str) -> Locator:
    """Writes one on the passage under the cursor; gives the dialog, which stays open."""
    press(page, "t")
    page.keyboard.type(text)
    press(page, "Control+Enter")
    dialog = page.get_by_role("dialog", name="Comments")
    expect(dialog.locator(".said", has_text=text)).to_be_visible()
    return dialog


def ready(page: Page) -> None:
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")


def test_a_comment_written_offline_is_shown_counted_and_sent_later(
    site: Site, coding: Open
) -> None:
    page = coding()
    site.kill()
    press(page, "ArrowDown")
    dialog = comment(page, "Kept in the dark")
    expect(dialog.get_by_text("not sent yet")).to_be_visible()
    expect(page.locator("#save")).to_contain_text("1 unsent")
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    expect(dialog.get_by_text("not sent yet")).to_have_count(0)
    assert [each["text"] for each in site.beside.comments.values()] == ["Kept in the dark"]


def test_a_comment_is_shown_at_once_while_the_server_keeps_silent(site: Site, coding: Open) -> None:
    page = coding()
    site.silent = {"/comments"}
    press(page, "ArrowDown")
    dialog = comment(page, "Nobody answers")
    expect(dialog.locator("[aria-busy=true]")).to_have_count(1)
    idle(page)
    expect(dialog.get_by_text("not sent yet")).to_have_count(0)


def test_half_an_answer_about_comments_is_none(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown")
    comment(page, "Still there")
    idle(page)
    site.broken_off = {"/comments"}
    ready(page)
    press(page, "Shift+T")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    expect(dialog.locator(".said")).to_have_text("Still there")


def test_a_comment_survives_the_page_before_it_is_sent(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.faults = [503] * 1000
    press(page, "ArrowDown")
    comment(page, "Before the crash")
    ready(page)
    press(page, "Shift+T")
    expect(page.get_by_role("dialog").locator(".said")).to_have_text("Before the crash")
    site.contract.faults = []
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert len(site.beside.comments) == 1


@pytest.mark.parametrize("trouble", ["lost", 403, 408, 429, 503])
def test_a_comment_whose_answer_is_lost_or_late_is_there_once(
    site: Site, coding: Open, trouble: str | int
) -> None:
    page = coding()
    press(page, "ArrowDown")
    site.contract.faults = [trouble]
    comment(page, "Once")
    until(page, "() => { workbench.outbox.sender.kick(); return !workbench.outbox.status.unsent; }")
    assert [method for method, _, _ in site.beside.log] == ["PUT"]


def test_an_answer_to_an_unsent_comment_follows_it(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    press(page, "ArrowDown")
    dialog = comment(page, "First")
    dialog.get_by_role("button", name="Reply").click()
    page.keyboard.type("And then")
    press(page, "Control+Enter")
    expect(dialog.locator(".said")).to_have_text(["First", "And then"])
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    first, second = site.beside.comments.values()
    assert (second["text"], second["reply_to"]) == ("And then", first["id"])


def test_a_comment_and_its_withdrawal_leave_in_their_order(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    press(page, "ArrowDown")
    dialog = comment(page, "Never mind")
    dialog.get_by_role("button", name="Settle").click()
    expect(dialog.get_by_text("settled", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Withdraw").click()
    expect(dialog.locator(".said")).to_have_count(0)
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert [method for method, _, _ in site.beside.log] == ["PUT", "PATCH", "DELETE"]


def test_undo_withdraws_a_comment_and_redo_writes_it_anew(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    comment(page, "Is this so?")
    press(page, "Escape Control+z")
    idle(page)
    assert site.beside.comments == {}
    press(page, "Control+y")
    idle(page)
    assert [each["text"] for each in site.beside.comments.values()] == ["Is this so?"]
    press(page, "Control+z")
    idle(page)
    assert site.beside.comments == {}, "the comment as it was written anew"


def test_a_flag_is_raised_offline_and_undone(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    press(page, "ArrowDown r")
    page.get_by_label("Note").fill("Two sentences")
    page.get_by_role("button", name="Flag", exact=True).click()
    expect(page.locator("#save")).to_contain_text("1 unsent")
    press(page, "r")
    expect(page.get_by_role("dialog")).to_contain_text("not sent yet")
    press(page, "Escape")
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert [each["note"] for each in site.beside.flags.values()] == ["Two sentences"]
    press(page, "Control+z")
    idle(page)
    assert site.beside.flags == {}


def test_a_comment_goes_on_after_signing_in_again(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.signed_in = None
    press(page, "ArrowDown")
    comment(page, "Signed out")
    expect(page.locator("#save")).to_contain_text("Signed out, 1 unsent")
    site.contract.signed_in = "ada"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    idle(page)
    assert len(site.beside.comments) == 1


def test_a_comment_reaches_the_other_tab(site: Site, coding: Open) -> None:
    page = coding()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#text[aria-busy=false]")
    press(other, "Shift+T")
    press(page, "ArrowDown")
    comment(page, "Seen there?")
    expect(other.get_by_role("dialog").locator(".said")).to_have_text("Seen there?")


def test_a_submission_does_not_wait_for_a_refused_comment(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 c")
    idle(page)
    site.beside.refusal = (422, {"detail": "Too long."})
    comment(page, "Refused")
    press(page, "Escape")
    expect(page.get_by_role("region", name="The server refused a change")).to_be_visible()
    press(page, "Control+Enter Enter")
    until(page, "() => workbench.outbox.work.server === 'submitted'")
    assert site.contract.assignment["state"] == "submitted"
