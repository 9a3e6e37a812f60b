"""The page of the API, in a real browser: legible anywhere, from the keyboard, without another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.axe import Axe
from tests.pages.js.waiting import until
from tests.servers import Server

pytestmark = pytest.mark.browser


def test_the_page_is_without_fault_and_asks_nobody_else(page: Page, server: Server) -> None:
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(f"{server.url}/api/v1/docs")
    route = page.locator("#put_annotations_annotation")
    route.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(route.get_by_text("Idempotency-Key").first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        for width in (390, 1440, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            until(page, "(width) => document.documentElement.scrollWidth <= width", width)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert said == []
    assert asked == {server.url.removeprefix("http://")}
    page.context.close()
