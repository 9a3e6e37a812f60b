"""Waiting in a page whose policy forbids `eval`, on which Playwright's own waiting rests."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE = (
    60.0  # seconds: what a page sends it tries again after 15 at the latest, and perhaps again
)
# What glides is no animation to a browser, and what is measured may come a moment later.
STILL = """async (milliseconds) => {
  await document.fonts.ready;
  const seen = () => JSON.stringify([
    scrollY, document.documentElement.scrollHeight, document.body.innerHTML.length,
    document.getElementById('frame')?.scrollTop,
    [...document.querySelectorAll('.grip, .tags button, .para')].map((each) => each.getBoundingClientRect()),
  ]);
  let [last, since] = [seen(), performance.now()];
  for (const end = since + 10_000; performance.now() < end;) {
    await new Promise((done) => setTimeout(done, 16));
    const now = seen();
    if (now !== last) [last, since] = [now, performance.now()];
    if (performance.now() - since > milliseconds) return true;
  }
  return false;
}"""


def until(page: Page, condition: str, argument: Any = None, *, patience: float = PATIENCE) -> None:
    """Asks until `condition`, a JavaScript function, answers yes; fails naming it."""
    deadline = time.monotonic() + patience
    while not page.evaluate(condition, argument):
        if time.monotonic() > deadline:
            raise AssertionError(f"It never came true: {condition}")
        page.wait_for_timeout(20)


def becomes(page: Page, expression: str, expected: Any, argument: Any = None) -> None:
    """Asks until `expression` has this value; fails with the one that it had instead."""
    deadline = time.monotonic() + PATIENCE
    while (found := page.evaluate(expression, argument)) != expected:
        if time.monotonic() > deadline:
            raise AssertionError(f"{expression} is {found!r}, never {expected!r}")
        page.wait_for_timeout(20)


def still(page: Page, milliseconds: int = 200) -> None:
    """Waits until nothing has moved for a while: only then is a place on the page worth aiming at."""
    until(page, STILL, milliseconds)


def unplug(page: Page) -> None:
    """Takes the page offline, and waits until a request really fails.

    The browser passes the order on to its network process while requests may already be under way.
    """
    page.context.set_offline(True)
    until(page, "() => fetch('/healthz', { cache: 'no-store' }).then(() => false, () => true)")
