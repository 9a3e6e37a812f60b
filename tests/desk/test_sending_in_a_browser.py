"""Files on their way: in requests of some, repeated until they have arrived, and never twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, Route, expect

from annotations.corpus.deliveries.cancelling import KEPT, cancel, give_up_bytes
from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import
from annotations.project.accounts import new_sign_in_link
from tests.axe import Axe
from tests.cast import NOW, Cast
from tests.servers import Server

pytestmark = pytest.mark.browser

TABLE = b"Pain;Le prix monte, encore.\nNuit;Personne ne dort, dit-on.\n"


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, signed in, on the page that takes files."""
    link = new_sign_in_link(live_cast.mia, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    page.goto(f"{server.url}/projects/labs/imports")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def files(count: int, *, size: int = 0) -> list[FilePayload]:
    return [
        {
            "name": f"night-{number:03}.txt",
            "mimeType": "text/plain",
            "buffer": f"Night {number}\n\nThey stayed.\n".encode().ljust(size),
        }
        for number in range(count)
    ]


def send(page: Page, chosen: list[FilePayload]) -> None:
    page.locator("#files").set_input_files(chosen)
    page.get_by_role("button", name="Send the files").click()


def test_a_request_that_nobody_answered_is_repeated(mia: Page) -> None:
    tries: list[int] = []

    def at_first_nobody(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        else:
            route.continue_()

    mia.route("**/api/v1/projects/labs/imports", at_first_nobody)
    send(mia, files(2))
    expect(mia.locator(".trouble")).to_contain_text("No connection")
    mia.wait_for_url(re.compile("/imports/[0-9a-f-]{36}"))
    assert Import.objects.get().files.count() == 2


def test_a_refusal_is_said_and_the_form_can_be_used_again(mia: Page) -> None:
    problem = json.dumps({"detail": "The archive is closed today."})
    mia.route(
        "**/api/v1/projects/labs/imports",
        lambda route: route.fulfill(status=422, body=problem),
    )
    send(mia, files(1))
    expect(mia.locator(".trouble")).to_contain_text("The archive is closed today.")
    expect(mia.get_by_role("button", name="Send the files")).to_be_enabled()


def test_a_sending_that_broke_off_goes_on_with_what_is_missing(mia: Page, server: Server) -> None:
    mia.route("**/imports/*/files", lambda route: route.abort())
    send(mia, files(210))
    expect(mia.locator(".trouble")).to_contain_text("No connection")
    delivery = Import.objects.get()
    assert delivery.files.count() == 200
    mia.on("dialog", lambda dialog: dialog.accept())
    mia.unroute("**/imports/*/files")
    mia.goto(f"{server.url}/imports/{delivery.uuid}")
    expect(mia.locator(".trouble")).to_contain_text("200 of 210 files have arrived")
    send(mia, files(210))
    expect(mia.get_by_role("status").first).to_contain_text("of 210 files read")
    assert delivery.files.count() == 210


def test_what_had_given_up_its_bytes_is_sent_again(
    mia: Page, server: Server, live_cast: Cast
) -> None:
    send(mia, files(2))
    mia.wait_for_url(re.compile("/imports/[0-9a-f-]{36}"))
    delivery = Import.objects.get()
    cancel(delivery, by=live_cast.mia, now=NOW)
    mia.reload()
    expect(mia.locator(".left")).to_contain_text("Resume before that")
    give_up_bytes(now=NOW + KEPT + timedelta(days=1))
    mia.reload()
    expect(mia.locator(".left")).to_contain_text("2 files that were not read")
    expect(mia.get_by_role("button", name="Resume")).to_have_count(0)
    send(mia, files(2))
    expect(mia.get_by_role("button", name="Cancel the rest")).to_be_visible(timeout=20_000)
    run_import(delivery.pk, clock=lambda: NOW)
    assert set(delivery.files.values_list("outcome", flat=True)) == {"added"}


def test_a_table_is_cut_as_a_person_says_with_the_keyboard(mia: Page) -> None:
    send(mia, [{"name": "presse.csv", "mimeType": "text/csv", "buffer": TABLE}])
    mia.wait_for_url(re.compile("/imports/[0-9a-f-]{36}"))
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    names = mia.get_by_label("The first row holds names")
    expect(names).to_be_checked(timeout=20_000)
    names.focus()
    mia.keyboard.press("Space")
    card = mia.get_by_role("region", name="What are the columns of presse.csv?")
    expect(card.get_by_role("columnheader").first).to_contain_text("1")
    expect(card.get_by_role("row")).to_have_count(3)
    expect(mia.get_by_label("The first row holds names")).to_be_focused()
    assert Axe().run(mia).response["violations"] == []
    with mia.expect_response(lambda answer: answer.request.method == "POST"):
        card.get_by_role("button", name="Read the table like this").click()
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    assert Document.objects.count() == 2
