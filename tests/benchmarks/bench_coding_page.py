"""The coding page in real Chromium, on the real server: how soon one sees, how soon a key is answered.

Every figure stands beside the least that a page could do, measured in turn with it: the same text,
one text node a paragraph, and one native highlight with the same spans. That page can do nothing
else, so ours may take a stated number of times as long, whatever the machine and its load. What the
aim is in milliseconds, on a machine that has nothing else to do, is kept as `aim_ms`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from annotations.assignment.models import Assignment
from tests.benchmarks.conftest import Record
from tests.benchmarks.long_articles import coded_article, signed_in, spans_of
from tests.benchmarks.watching import BARE, FIRST_HIGHLIGHT, KEYS, SLOWEST, painted_after
from tests.cast import Cast
from tests.pages.js.waiting import until
from tests.servers import Server

FRAME = 1000 / 60
# Size in bytes, spans; for the first highlight and for one more: milliseconds, and how many times
# as long as the bare page. That is at most what the milliseconds come to where the bare page, at its
# best, took 19, 25 and 190 ms to show, and 10, 19 and 100 ms for one more span.
SIZES = [
    # A bare page of this size is painted in one frame, 8.5 ms: the aim of 100 ms is twelve of them.
    (5_000, 50, (100, 12), (FRAME + 10, 2.5)),
    (100_000, 500, (150, 6), (50, 2.5)),
    (1_000_000, 10_000, (400, 1.5), (50, 1)),
]
OPENINGS = 5
PRESSES = 12
PASSAGES = 200
PATIENCE = 180.0  # seconds for a page on a busy machine
TURN = 20  # passages on one page before the other has its turn
BARE_PAGE = "a bare page: one text node a paragraph, one native highlight"


@pytest.fixture
def ada(browser: Browser, server: Server, live_cast: Cast) -> Iterator[BrowserContext]:
    with signed_in(browser, server, live_cast) as context:
        context.set_default_timeout(1000 * PATIENCE)
        yield context


def opened(ada: BrowserContext, path: str) -> Page:
    page = ada.new_page()
    page.add_init_script(FIRST_HIGHLIGHT)
    page.goto(path)
    until(page, "() => 'painted' in seen && globalThis.workbench !== undefined", patience=PATIENCE)
    return page


def bare(browser: Browser, work: Assignment, *, each: bool = False) -> tuple[Page, float]:
    """The bare page, and milliseconds until it was painted. `each`: every key adds a span."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    shown: dict[str, Any] = {"text": work.document.text, "spans": spans_of(work), "each": each}
    return page, page.evaluate(BARE, shown)


def first_highlight_ms(ada: BrowserContext, browser: Browser, work: Assignment) -> list[float]:
    """From the article's last byte, or the page asking for it if that is later, to the frame with
    its first highlight; and of the bare page, from the text. The best of each: the others had to
    share the machine."""
    ours, theirs = [], []
    for _ in range(OPENINGS):
        page = opened(ada, f"/code/{work.uuid}")
        ours.append(page.evaluate("seen.painted - seen.arrived()"))
        page.close()
        page, found = bare(browser, work)
        theirs.append(found)
        page.close()
    return [min(ours), min(theirs)]


def add_one_ms(ada: BrowserContext, browser: Browser, work: Assignment) -> list[float]:
    """From the press of a theme's key to the frame that follows it, on both pages by turns."""
    pages = [opened(ada, f"/code/{work.uuid}"), bare(browser, work)[0]]
    pages[0].wait_for_timeout(1500)
    for page in pages:
        page.evaluate(KEYS)
    for _ in range(PRESSES):
        for page in pages:
            page.bring_to_front()
            for key in ("ArrowDown", "1", "c"):
                page.keyboard.press(key)
                page.wait_for_timeout(150)
    times = [statistics.median(painted_after(page, "1")) for page in pages]
    for page in pages:
        page.close()
    return times


@pytest.mark.parametrize(("size", "spans", "first", "one"), SIZES)
def test_opening_and_adding_one(
    live_cast: Cast,
    ada: BrowserContext,
    browser: Browser,
    record: Record,
    size: int,
    spans: int,
    first: tuple[float, float],
    one: tuple[float, float],
) -> None:
    work = coded_article(live_cast, size, spans)
    what = f"{size // 1000} kB, {spans} spans"
    for name, measured, (aim_ms, times) in (
        (f"first highlight after data, {what}", first_highlight_ms, first),
        (f"add one span until painted, {what}, p50", add_one_ms, one),
    ):
        ours, theirs = measured(ada, browser, work)
        aim = f"<= {times}"
        record(name, ours, "ms", limit=BARE_PAGE, limit_value=theirs, aim=aim, aim_ms=aim_ms)


def test_coding_two_hundred_passages(
    live_cast: Cast, ada: BrowserContext, browser: Browser, record: Record
) -> None:
    work = coded_article(live_cast, 100_000, 500)
    pages = [opened(ada, f"/code/{work.uuid}"), bare(browser, work, each=True)[0]]
    for page in pages:
        page.evaluate(KEYS)
    for first in range(0, PASSAGES, TURN):
        for page in pages:
            page.bring_to_front()
            for number in range(first, first + TURN):
                for key in ("ArrowDown", "134"[number % 3], "cbpnu"[number % 5]):
                    page.keyboard.press(key)
                    page.wait_for_timeout(30)
            page.wait_for_timeout(300)
    ours, theirs = (slow_ms(page) for page in pages)
    name = f"interaction to next paint, {PASSAGES} passages coded, p95"
    record(name, ours, "ms", limit=BARE_PAGE, limit_value=theirs, aim="<= 3", aim_ms=50)


def slow_ms(page: Page) -> float:
    """The 95th percentile of three keys a passage; those quicker than a frame are not reported."""
    slow = sorted(page.evaluate(SLOWEST), reverse=True)
    rank = 3 * PASSAGES // 20
    return float(slow[rank]) if len(slow) > rank else FRAME


def test_what_is_fetched(
    live_cast: Cast, ada: BrowserContext, static_root: Path, record: Record
) -> None:
    asked: list[Request] = []
    ada.on("request", lambda request: asked.append(request))
    page = opened(ada, f"/code/{coded_article(live_cast, 5_000, 50).uuid}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.wait_for_timeout(1000)
    here = urlsplit(page.url).netloc
    record(
        "requests to other hosts",
        sum(urlsplit(each.url).netloc != here for each in asked),
        "requests",
        limit="requests to this one",
        limit_value=len(asked),
        aim="<= 0",
    )
    paths = {urlsplit(each.url).path for each in asked}
    files = [static_root / path.removeprefix("/static/") for path in paths]
    sizes = [packed(file) for file in files if file.suffix in {".js", ".css"}]
    assert len(sizes) > 40
    record(
        "scripts and styles, compressed",
        sum(sizes) / 1000,
        "kB",
        limit="the budget",
        limit_value=200,
        aim="<= 1",
    )


def packed(file: Path) -> int:
    """Bytes as they are sent: what does not shrink has no packed file."""
    small = file.with_name(f"{file.name}.gz")
    return (small if small.exists() else file).stat().st_size
