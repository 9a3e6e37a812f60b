"""Offline, refused, on two devices, after somebody else: on the real server nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.assignment.models import Assignment
from annotations.coding.models import Annotation, Revision
from annotations.coding.remarks import Comment, Flag
from annotations.corpus.models import Document
from annotations.project.accounts import new_sign_in_link
from annotations.project.models import User
from annotations.project.preferences import preferences_of
from tests.cast import Cast
from tests.flow.test_the_whole_way import (  # noqa: F401
    SENTENCES,
    TITLE,
    start_coding,
    submit,
    tag_sentence,
    text,
    visit,
)
from tests.pages.js.waiting import becomes, unplug, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[[User], Page]
REFUSED = "The server refused a change"


def sent(page: Page) -> None:
    until(page, "() => { workbench.outbox.sender.kick(); return !workbench.outbox.status.unsent; }")


def reopened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#text")).to_have_attribute("aria-busy", "false")
    page.locator("#text").focus()
    return page


def say(page: Page, words: str) -> None:
    page.keyboard.press("t")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog").locator(".said", has_text=words)).to_be_visible()


def test_a_tunnel_loses_neither_comments_nor_flags_nor_keys(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Visit,  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    unplug(page)
    tag_sentence(page, SENTENCES[0], "1c")
    say(page, "Said in a tunnel")
    page.get_by_role("dialog").get_by_role("button", name="Reply").click()
    page.keyboard.type("And answered there")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.get_by_label("Note").fill("Look at this")
    page.get_by_role("dialog").get_by_role("button", name="Flag", exact=True).click()
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the key: Memo", exact=True).click()
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    expect(page.locator("#save")).to_contain_text("6 unsent")
    assert not Comment.objects.exists()

    page.context.set_offline(False)
    sent(page)
    expect(page.locator("#save")).to_contain_text("Saved")
    first, second = Comment.objects.order_by("created_at", "pk")
    assert (first.text, second.text) == ("Said in a tunnel", "And answered there")
    assert second.reply_to_id == first.pk
    assert [each.note for each in Flag.objects.all()] == ["Look at this"]
    assert preferences_of(live_cast.ada)["keys"] == {"memo": "w"}
    assert [each.stance.key for each in Annotation.objects.select_related("stance")] == ["against"]

    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    sent(page)
    assert Flag.objects.get().withdrawn_at is not None


def test_what_another_device_did_is_shown_and_both_versions_are_kept(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Visit,  # noqa: F811
) -> None:
    desk, laptop = visit(live_cast.ada), visit(live_cast.ada)
    start_coding(desk)
    tag_sentence(desk, SENTENCES[0], "1c")
    sent(desk)
    reopened(laptop, desk.url)
    tag_sentence(laptop, SENTENCES[0], "1b")
    sent(laptop)
    desk.keyboard.press("p")
    card = desk.get_by_role("region", name="Changed in two places")
    expect(card).to_be_visible()
    card.get_by_role("button", name="Take the other").click()
    sent(desk)
    assert Annotation.objects.select_related("stance").get().stance.key == "mixed"
    stances = [each.stance and each.stance.key for each in Revision.objects.order_by("number")]
    assert stances == [None, "against", "mixed", "favor", "mixed"]

    submit(laptop)
    desk.locator("#text").focus()
    desk.locator(".mark").first.click()
    desk.keyboard.press("c")
    closed = desk.get_by_role("region", name=REFUSED)
    expect(closed).to_contain_text("The article was submitted elsewhere.")
    closed.get_by_role("button", name="Take back and send").click()
    sent(desk)
    expect(closed).to_have_count(0)
    assert Assignment.objects.get().state == "in_progress"
    assert Annotation.objects.select_related("stance").get().stance.key == "against"


def test_each_refusal_of_the_server_stays_in_sight(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Visit,  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    page.evaluate(
        """() => {
          const {outbox, page: {assignment: {id}}} = workbench;
          const other = '0199a000-0000-7000-8000-00000000000';
          outbox.remark('comment', other + '1', {assignment: id, passage: 0, text: 'x'.repeat(10001)});
          outbox.remark('comment-withdraw', other + '2', null);
          outbox.remark('flag', other + '3', {assignment: id, passage: 0, kind: 'split', proposed: '?', note: 'Here'});
          outbox.prefer({keys: {memo: 'w', holder: 'w'}, settings: {}}, {keys: true});
        }"""
    )
    until(page, "() => workbench.outbox.status.parked.length === 4")
    found = page.evaluate(
        "workbench.outbox.status.parked.map(({kind, problem}) => [kind, problem.status])"
    )
    assert found == [
        ["comment", 422], ["comment-withdraw", 404], ["flag", 422], ["preferences", 422],
    ]  # fmt: skip
    expect(page.locator("#save")).to_contain_text("4 refused")
    cards = page.get_by_role("region", name=REFUSED)
    expect(cards).to_have_count(4)
    cards.last.get_by_role("button", name="Show the keys").click()
    field = page.get_by_role("button", name="Change the key: Memo", exact=True)
    expect(field).to_have_accessible_description("“w” is given to: memo, holder.")
    page.keyboard.press("Escape")
    for _ in range(4):
        cards.first.get_by_role("button", name="Discard my change").click()
    expect(cards).to_have_count(0)
    assert preferences_of(live_cast.ada)["keys"] == {}


def test_a_submission_without_a_stance_is_refused_in_words_and_repaired(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Visit,  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    tag_sentence(page, SENTENCES[1], "3")
    page.evaluate(
        "workbench.outbox.move('submit', {state: 'submitted', judged: [], up_to: null, reason: ''})"
    )
    card = page.get_by_role("region", name=REFUSED)
    expect(card).to_contain_text("Give these annotations a stance")
    card.get_by_role("button", name=SENTENCES[1][:20]).click()
    page.locator("#text").focus()
    page.keyboard.press("p")
    card.get_by_role("button", name="Try again").click()
    sent(page)
    expect(card).to_have_count(0)
    assert Assignment.objects.get().state == "submitted"


def test_work_waits_for_its_own_person_while_another_uses_the_browser(
    live_cast: Cast,
    text: Document,  # noqa: F811
    visit: Visit,  # noqa: F811
) -> None:
    page = visit(live_cast.ada)
    start_coding(page)
    address = page.url
    page.context.clear_cookies()
    tag_sentence(page, SENTENCES[0], "1c")
    say(page, "Hers")
    page.keyboard.type("half a thou")
    expect(page.locator("#save")).to_contain_text("Signed out, 3 unsent")
    until(page, "() => !workbench.drafts.unwritten.size")

    sign_in(page, live_cast.ben)
    start_coding(page)
    becomes(
        page,
        "[workbench.outbox.operations.length, workbench.drafts.values.size]",
        [
            0,
            0,
        ],
    )
    tag_sentence(page, SENTENCES[1], "3p")
    sent(page)
    assert [each.quote for each in Annotation.objects.all()] == [SENTENCES[1]]
    assert not Comment.objects.exists()

    sign_in(page, live_cast.ada)
    reopened(page, address)
    sent(page)
    assert {each.quote for each in Annotation.objects.all()} == set(SENTENCES[:2])
    assert [each.by.user for each in Comment.objects.all()] == [live_cast.ada]
    page.keyboard.press("Shift+T")
    # On the passage under the cursor, if one has come back to it; else below.
    expect(page.get_by_role("dialog").locator("textarea:visible")).to_have_value("half a thou")


def sign_in(page: Page, user: User) -> None:
    page.context.clear_cookies()
    page.goto(f"/sign-in/{new_sign_in_link(user, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/")
