"""The page of a database that is away, in a real browser: readable to everybody, and gone by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.axe import Axe
from tests.cast import Cast
from tests.faults.lines import Line
from tests.servers import Server

LOOKS = [(390, 844, "dark"), (1440, 900, "light")]


@pytest.mark.slow
def test_the_page_of_an_outage_is_readable_in_both_languages_and_goes_by_itself(
    live_cast: Cast,
    to_database: Line,
    web: Server,
    context: BrowserContext,
    page: Page,
    tmp_path: Path,
) -> None:
    web.start()
    context.add_cookies([{"name": "sessionid", "value": "x" * 32, "url": web.url}])
    console: list[str] = []
    page.on("console", lambda said: console.append(said.text))
    to_database.down()
    answer = page.goto(web.url)
    assert answer
    assert answer.status == 503
    expect(page.get_by_role("heading", level=1)).to_have_text("The database does not answer")
    french = page.locator("[lang=fr]").first
    expect(french).to_contain_text("La base de données ne répond pas")
    again = page.get_by_role("link", name="Try now")
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        expect(again).to_be_in_viewport()
        page.screenshot(path=tmp_path / f"outage-{width}-{scheme}.png")
        assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Tab")
    expect(again).to_be_focused()
    assert not [said for said in console if "Content Security Policy" in said]
    to_database.up()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The database does not answer")
    expect(page).to_have_url(f"{web.url}/sign-in?next=/")
