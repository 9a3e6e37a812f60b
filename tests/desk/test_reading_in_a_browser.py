"""How a file was read, in a real browser: by keyboard alone, and no fault that axe can find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.models import Document
from annotations.corpus.readers.reading import read
from annotations.project.accounts import new_sign_in_link
from tests.axe import Axe
from tests.cast import Cast
from tests.corpus.passages.sentences import sentences
from tests.corpus.texts.misreading import dropped, misread
from tests.pages.js.waiting import until
from tests.servers import Server

pytestmark = pytest.mark.browser

DAMAGED = dropped(misread("\n".join(sentences("fr")), "ISO-8859-16")).encode()


@pytest.fixture
def address(server: Server, live_cast: Cast) -> str:
    article = admit(read("a.txt", DAMAGED), DAMAGED, into=live_cast.project, name="a.txt").document
    return f"{server.url}/projects/labs/documents/{article.uuid}/reading"


@pytest.fixture
def mia(page: Page, server: Server, live_cast: Cast) -> Iterator[Page]:
    """Her browser, signed in."""
    link = new_sign_in_link(live_cast.mia, now=timezone.now())
    page.goto(f"{server.url}/sign-in/{link}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def test_the_page_has_no_fault_that_axe_can_find(mia: Page, address: str) -> None:
    for query in ("", "?look=1&repair=none"):
        for scheme in ("light", "dark"):
            mia.emulate_media(color_scheme=scheme)
            mia.goto(address + query)
            found = Axe().run(mia)
            assert found.violations_count == 0, found.generate_report()


def test_it_fits_every_width(mia: Page, address: str) -> None:
    for width in (390, 760, 1280, 2560):
        mia.set_viewport_size({"width": width, "height": 900})
        mia.goto(address)
        until(mia, "(width) => document.documentElement.scrollWidth <= width", width)


def test_a_substitution_is_adjusted_seen_and_taken_by_keyboard_alone(
    mia: Page, address: str
) -> None:
    mia.goto(address)
    choice = mia.get_by_label("What becomes of Ă©", exact=True)
    choice.focus()
    mia.keyboard.press("o")
    expect(choice).to_have_value("other")
    mia.keyboard.press("Tab")
    mia.keyboard.type("E")
    mia.keyboard.press("Enter")
    expect(mia.get_by_role("heading", name="What would change")).to_be_visible()
    mia.get_by_role("button", name="Read it this way").focus()
    mia.keyboard.press("Enter")
    expect(mia.get_by_text("This is version 2.")).to_be_visible()
    assert "écol" not in Document.objects.current().get().text
