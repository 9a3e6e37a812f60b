"""Writes of this device stand in one line: side by side, a killed Chromium may lose all of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import idle, press
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

WATCH = """globalThis.writes = [];
const began = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
  if (mode === 'readwrite') writes.push([stores].flat());
  return began.call(this, stores, mode, ...more);
};"""


@pytest.mark.browser
def test_every_write_shares_a_store_with_every_other(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"/code/{ASSIGNMENT}")
    page.wait_for_selector("#text[aria-busy=false]")
    press(page, "ArrowDown 1 c Control+z Control+y ArrowDown 1 m")
    page.keyboard.type("half a memo")
    expect(page.locator("#memo")).to_be_focused()
    until(page, "() => ['places', 'drafts'].every((store) => writes.flat().includes(store))")
    press(page, "Escape")
    idle(page)
    writes = page.evaluate("writes")
    context.close()
    written = {store for stores in writes for store in stores}
    assert {"operations", "steps", "places", "drafts", "articles"} <= written
    assert set.intersection(*map(set, writes))
