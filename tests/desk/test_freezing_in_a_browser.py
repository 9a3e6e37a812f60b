"""A release while it is frozen, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.project.accounts import new_sign_in_link
from annotations.release.freezings import Freezing, FreezingProgress
from tests.axe import Axe
from tests.jobs.working import work
from tests.pages.js.waiting import until
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def mia(page: Page, server: Server, corpus: Corpus) -> Iterator[Page]:
    """Her browser, signed in; v1 is there."""
    freeze(corpus)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(corpus.cast.mia, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def without_fault(page: Page) -> None:
    for scheme in ("light", "dark"):
        # Without motion, or colours are looked at half way from one scheme to the other.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in (390, 1440, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            until(page, "(width) => document.documentElement.scrollWidth <= width", width)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_release_that_is_asked_for_appears_by_itself(
    mia: Page, server: Server, corpus: Corpus
) -> None:
    mia.goto(f"{server.url}/projects/labs/releases")
    mia.get_by_label("Notes for readers").fill("Second.")
    mia.get_by_role("button", name="Freeze a release").click()
    expect(mia.get_by_text("It waits for a worker.")).to_be_visible()
    now = timezone.now()
    FreezingProgress.objects.update(step="hashing", done=1, total=2, at=now)
    Freezing.objects.update(state="running")
    expect(mia.get_by_text("Step 2 of 3")).to_be_visible()
    without_fault(mia)
    work()
    expect(mia.get_by_role("link", name="v2", exact=True)).to_be_visible()
    expect(mia.get_by_text("Step 2 of 3")).to_be_hidden()
