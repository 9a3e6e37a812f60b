"""The files of a release, in a real browser: found, downloaded from the keyboard, legible anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from annotations.project.accounts import new_sign_in_link
from annotations.release.files import kept_file
from annotations.release.formats import FORMATS
from annotations.release.models import Release
from tests.axe import Axe
from tests.pages.js.waiting import until
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def rita(page: Page, server: Server, corpus: Corpus) -> Iterator[Page]:
    """Her browser, on the page of the first release."""
    freeze(corpus)
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(corpus.cast.rita, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(f"{server.url}/")
    page.goto(f"{server.url}/projects/labs/releases/v1")
    yield page
    page.context.close()  # lets go of its connections, for which the server would wait


def test_a_file_is_downloaded_from_the_keyboard_whole(rita: Page, tmp_path: Path) -> None:
    rita.get_by_role("link", name="brat.zip").focus()
    with rita.expect_download() as waiting:
        rita.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "brat.zip")
    assert waiting.value.suggested_filename == "labs-v1-brat.zip"
    kept = kept_file(Release.objects.get(), FORMATS["brat.zip"])
    assert sha256((tmp_path / "brat.zip").read_bytes()).hexdigest() == kept.sha256


def test_the_page_is_without_fault_in_light_and_dark_and_on_a_phone(rita: Page) -> None:
    for scheme in ("light", "dark"):
        rita.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        for width in (390, 1440, 2560):
            rita.set_viewport_size({"width": width, "height": 900})
            until(rita, "(width) => document.documentElement.scrollWidth <= width", width)
        found = Axe().run(rita)
        assert found.violations_count == 0, found.generate_report()
