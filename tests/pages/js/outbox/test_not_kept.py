"""A browser that keeps nothing: said plainly, changes go straight to the server, leaving is warned of."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import Open, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser
ROOM = 40_000
"""Bytes beside what a page takes that has begun: for all that is small, and not for a memo."""
HARD_TO_PACK = b64encode(Random(7).randbytes(14_000)).decode()
GONE = "Object.defineProperty(globalThis, 'indexedDB', {value: undefined});"
BLOCKED = """IDBFactory.prototype.open = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};"""


@pytest.fixture
def without(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens the coding page in a browser that a script has taken its store from."""
    contexts, faults = [], []

    def open_page(script: str) -> Page:
        context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/code/{ASSIGNMENT}")
        page.wait_for_selector("#text[aria-busy=false]")
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert faults == []


def warned(page: Page) -> bool:
    """Whether the page asks before it is left."""
    asked: bool = page.evaluate(
        """() => {
          const leaving = new Event('beforeunload', {cancelable: true});
          return !window.dispatchEvent(leaving);
        }"""
    )
    return asked


@pytest.mark.parametrize("script", [GONE, BLOCKED], ids=["missing", "blocked"])
def test_without_a_store_changes_go_straight_to_the_server(
    site: Site, without: Callable[[str], Page], script: str
) -> None:
    page = without(script)
    expect(page.locator("#banners")).to_contain_text("This browser keeps nothing for this page.")
    expect(page.locator("#save")).to_contain_text("Not kept on this device")
    press(page, "ArrowDown 1 c t")
    page.keyboard.type("said anyway")
    press(page, "Control+Enter Escape")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [("burnout", "against")]
    assert [each["text"] for each in site.beside.comments.values()] == ["said anyway"]
    press(page, "Control+z Control+z")
    idle(page)
    assert saved(site)[0]["stance"] is None
    assert site.beside.comments == {}


def test_leaving_is_warned_of_only_while_something_would_be_lost(
    site: Site, coding: Open, without: Callable[[str], Page]
) -> None:
    kept, page = coding(), without(GONE)
    assert not warned(page)
    site.kill()
    for each in (kept, page):
        press(each, "ArrowDown 1")
        until(each, "() => workbench.outbox.operations.length && !workbench.outbox.writing")
    assert not warned(kept), "it is on this device"
    assert warned(page), "it is in this page only"
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert not warned(page)


def begun(site: Site, browser: Browser, *, room: int | None) -> tuple[Page, CDPSession]:
    """A page with two changes that wait; the browser has so much room for it."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/blank")
    devtools = context.new_cdp_session(page)
    if room is not None:
        quota = {"origin": site.url, "quotaSize": room}
        devtools.send("Storage.overrideQuotaForOrigin", quota)
    page.goto(f"/code/{ASSIGNMENT}")
    page.wait_for_selector("#text[aria-busy=false]")
    press(page, "ArrowDown 1 c")
    until(page, "() => workbench.outbox.operations.length === 2 && !workbench.outbox.writing")
    return page, devtools


def taken_by_one_that_has_begun(site: Site, browser: Browser) -> int:
    """In bytes, which differ by how a browser packs and counts what it keeps."""
    page, devtools = begun(site, browser, room=None)
    taken = int(devtools.send("Storage.getUsageAndQuota", {"origin": site.url})["usage"])
    page.context.close()
    return taken


def test_a_full_store_is_said_and_nothing_done_is_lost(site: Site, browser: Browser) -> None:
    site.contract.faults = [503] * 10_000
    room = taken_by_one_that_has_begun(site, browser) + ROOM
    page, devtools = begun(site, browser, room=room)
    expect(page.locator("#banners")).not_to_contain_text("full")
    assert not warned(page)
    press(page, "m")
    page.locator("#memo").fill(f"the disk is full {HARD_TO_PACK}")
    press(page, "Escape")
    expect(page.locator("#banners")).to_contain_text("The storage of this browser is full.")
    assert warned(page)
    site.contract.faults = []
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    (there,) = saved(site)
    assert there["stance"] == "against"
    assert there["memo"].startswith("the disk is full")
    assert not warned(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": site.url})
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    idle(page)
    becomes(page, "workbench.outbox.annotations[0].body.memo", there["memo"])
    becomes(page, "workbench.outbox.status.conflicts", [])
    assert len(site.contract.log) == 3, "nothing was sent twice"
    page.context.close()


NEWER = """() => new Promise((done, failed) => {
  const request = indexedDB.open('workbench-ada', 4);
  request.onupgradeneeded = () => request.result.createObjectStore('of-tomorrow');
  request.onsuccess = () => done(request.result.objectStoreNames.contains('operations'));
  request.onblocked = request.onerror = () => failed(new Error('blocked'));
})"""


def newer_tab(page: Page, site: Site) -> Page:
    """A page of the next version, which has changed the store."""
    other = page.context.new_page()
    other.goto(site.url + "/blank")
    assert other.evaluate(NEWER)  # settled: it answers once the store is open
    return other


def test_a_page_older_than_the_store_asks_to_be_reloaded(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.faults = [503] * 10_000
    press(page, "ArrowDown 1")
    until(page, "() => workbench.outbox.operations.length && !workbench.outbox.writing")
    newer_tab(page, site)
    banner = page.locator("#banners")
    expect(banner).to_contain_text("This page is out of date.")
    expect(banner).not_to_contain_text("keeps nothing")
    expect(banner.get_by_role("button", name="Reload")).to_be_visible()
    press(page, "c")
    assert warned(page)
    site.contract.faults = []
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [("burnout", "against")]
    assert not warned(page)


def test_an_older_page_opened_beside_a_newer_one_says_so_too(site: Site, coding: Open) -> None:
    page = coding()
    newer_tab(page, site)
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    expect(page.locator("#banners")).to_contain_text("This page is out of date.")
    press(page, "ArrowDown 1 c")
    idle(page)
    assert [(each["theme"], each["stance"]) for each in saved(site)] == [("burnout", "against")]
