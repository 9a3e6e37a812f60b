"""Rounds in a real browser: planned and changed from the keyboard, on every screen, in both tongues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.assignment import claiming
from annotations.assignment.models import Assignment, Batch
from annotations.assignment.seating import leave
from annotations.assignment.seats import Hand, Seat
from annotations.coding.submitting import Submission, submit
from annotations.corpus.models import Document, Story
from annotations.project.accounts import new_sign_in_link
from tests.assignment.rounds import joined, planned, texts
from tests.axe import Axe
from tests.cast import Cast
from tests.servers import Server

pytestmark = pytest.mark.browser

SIZES = ((390, 844), (1440, 900), (2560, 1300))


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, signed in."""
    link = new_sign_in_link(live_cast.mia, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def corpus(cast: Cast) -> list[Document]:
    """Ten documents, two of one story, one in Chinese; and a third person who codes."""
    joined(cast, "carl")
    documents = texts(cast, 10)
    story = Story.objects.create(project=cast.project, title="Lab nights")
    Document.objects.filter(pk__in=[each.pk for each in documents[:2]]).update(story=story)
    Document.objects.filter(pk=documents[2].pk).update(language="zh")
    return list(Document.objects.order_by("pk"))


def running(cast: Cast) -> Batch:
    """A round of two days' work, one who has left, one who skipped."""
    batch = planned(cast, corpus(cast))
    now = timezone.now()
    for user in (cast.ada, cast.ben):
        for days in (3, 2, 1):
            work = claiming.claim_next(cast.project, by=user, now=now)
            assert work is not None
            submit(work, Submission([0, 1]), by=work.coder, now=now - timedelta(days=days))
    work = claiming.claim_next(cast.project, by=cast.ada, now=now)
    assert work is not None
    claiming.skip(work, reason="A friend’s.", by=work.coder, now=now)
    claiming.claim_next(cast.project, by=cast.ben, now=now)
    leave(cast.coders["carl"], batch, reason="A new job.", by=cast.mia, now=now)
    return batch


def wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def looked_over(page: Page) -> None:
    """Without a fault that axe finds, on small and large screens, light and dark."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert not wide(page), width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of its words
        found = Axe().run(page).response["violations"]
        assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_a_round_is_planned_previewed_and_made_from_the_keyboard(
    mia: Page, server: Server, live_cast: Cast
) -> None:
    corpus(live_cast)
    mia.goto(f"{server.url}/projects/labs/batches/new")
    mia.get_by_label("Name").focus()
    mia.keyboard.type("Main 1")
    mia.get_by_label("Languages of Ada").focus()
    mia.keyboard.type("en")
    mia.get_by_role("button", name="Preview", exact=True).focus()
    mia.keyboard.press("Enter")
    preview = mia.get_by_role("region", name="Preview")
    # Two documents of one story ask for four people, and there are three.
    expect(preview.locator("dd").nth(2)).to_have_text("19 of 20")
    expect(preview).to_contain_text("kept apart: nobody has two of one")
    assert not Batch.objects.exists()
    preview.get_by_role("button", name="Make and open it").focus()
    mia.keyboard.press("Enter")
    expect(mia.get_by_role("heading", level=1)).to_have_text("Main 1")
    assert Seat.objects.count() == 19
    assert not Seat.objects.filter(
        coder=live_cast.coder(live_cast.ada), document__language="zh"
    ).exists()


def test_the_pages_of_a_round_suit_every_screen_and_reader(
    mia: Page, server: Server, live_cast: Cast
) -> None:
    batch = running(live_cast)
    for address in (f"/batches/{batch.uuid}", f"/batches/{batch.uuid}/seats"):
        mia.goto(server.url + address)
        for more in mia.locator("details:not(.menu):not([open]) > summary").all()[:8]:
            more.click()
        looked_over(mia)
    texts(live_cast, 5, of="More")
    mia.goto(f"{server.url}/projects/labs/batches/new")
    mia.get_by_label("Name").fill("Main 2")
    mia.get_by_label("People for each document").fill("5")
    mia.get_by_role("button", name="Preview", exact=True).click()
    expect(mia.get_by_role("region", name="Preview")).to_contain_text("too few people")
    looked_over(mia)


def test_a_leaver_is_replaced_and_a_submission_opened_again_from_the_keyboard(
    mia: Page, server: Server, live_cast: Cast
) -> None:
    batch = running(live_cast)
    address = f"{server.url}/batches/{batch.uuid}/seats"
    joined(live_cast, "dora")
    mia.goto(address)
    row = mia.get_by_role("row", name="Carl has left")
    row.locator("summary").focus()
    mia.keyboard.press("Enter")
    row.get_by_label("By").select_option(label="Dora")
    row.get_by_role("button", name="Replace").press("Enter")
    expect(mia.locator("ul.messages")).to_contain_text("Dora:")
    hand = Hand.objects.get(batch=batch, coder=live_cast.coders["carl"])
    assert hand.replaced_by is not None
    mia.goto(address + "?show=submitted")
    table = mia.get_by_role("region", name="Documents").last
    row = table.get_by_role("row").nth(1)
    row.locator("summary", has_text="Open a submission again").press("Enter")
    row.get_by_label("Reason").fill("Read the wrong edition.")
    row.get_by_label("Reason").press("Enter")
    expect(mia.locator("ul.messages")).to_contain_text("can change the submission")
    assert Assignment.objects.filter(state="in_progress").count() == 1
