"""The corpus pages in a real browser: progress without a reload, and no fault that axe can find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from annotations.corpus.deliveries.importing import run_import
from annotations.corpus.models import Document, Import
from annotations.project.accounts import new_sign_in_link
from tests import cast as made
from tests.axe import Axe
from tests.cast import NOW, Cast
from tests.pages.js.waiting import becomes
from tests.servers import Server

pytestmark = pytest.mark.browser

FILES: list[FilePayload] = [
    {"name": "night.txt", "mimeType": "text/plain", "buffer": b"A night\n\nThey stayed.\n"},
    {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
]


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, signed in."""
    link = new_sign_in_link(live_cast.mia, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def test_a_delivery_shows_its_outcome_without_a_reload(mia: Page, server: Server) -> None:
    mia.goto(f"{server.url}/projects/labs/imports")
    mia.get_by_label("Files").set_input_files(FILES)
    mia.get_by_role("button", name="Send the files").click()
    expect(mia.get_by_role("status")).to_contain_text("0 of 2 files read")
    mia.evaluate("document.body.dataset.same = 'yes'")
    run_import(Import.objects.get().pk, clock=lambda: NOW)
    expect(mia.get_by_role("status")).to_contain_text("2 of 2 files read")
    expect(mia.get_by_role("row", name="night.txt").get_by_role("link")).to_have_text("A night")
    expect(mia.get_by_role("row", name="empty.txt")).to_contain_text("The file is empty.")
    becomes(mia, "document.body.dataset.same", "yes")


def test_the_corpus_pages_have_no_fault_that_axe_can_find(
    mia: Page, server: Server, live_cast: Cast
) -> None:
    document = made.document(live_cast.project, "A night\n\nThey stayed.\n", zones=["title"])
    batch = made.batch(live_cast.project, live_cast.edition, [document], kind="pilot")
    waiting = made.document(live_cast.project, "A day.\n", title="A day")
    delivery = Import.objects.create(project=live_cast.project)
    delivery.files.create(position=0, name="a.txt", size=1, outcome="added", document=waiting)
    Document.objects.filter(pk=waiting.pk).update(warnings=["Looks damaged."])
    for address in (
        "/projects/labs/documents",
        "/projects/labs/imports",
        "/projects/labs/batches",
        f"/documents/{waiting.uuid}",
        f"/imports/{delivery.uuid}",
        f"/batches/{batch.uuid}",
    ):
        mia.goto(server.url + address)
        found = Axe().run(mia).response["violations"]
        assert found == [], (address, [each["id"] for each in found])
