"""What tests of the coding page do with their hands, and what they then ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.pages.js.articles import ASSIGNMENT, HARBOUR
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

Open = Callable[..., Page]
PRICE, NINETY = HARBOUR[3][2][:2]


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def idle(page: Page) -> None:
    until(
        page, "() => workbench.outbox.status.unsent === 0 && !workbench.outbox.status.parked.length"
    )


def place_kept(page: Page) -> None:
    """Waits until this device keeps where one is and what one has read."""
    until(
        page,
        """() => new Promise((done) => {
          const {outbox, judged} = workbench;
          const asked = outbox.db.transaction('places').objectStore('places').get(judged.assignment);
          asked.onsuccess = () => done(
            (asked.result?.cursor?.start ?? null) === (judged.cursor?.start ?? null)
            && asked.result?.judged.length === judged.indices.size);
        })""",
    )


def go_to(page: Page, sentence: str) -> None:
    """Moves the cursor to a sentence by the keyboard."""
    for _ in range(40):
        if (
            page.evaluate("workbench.view.cursor && workbench.slice(workbench.view.cursor)")
            == sentence
        ):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The cursor never reached {sentence!r}")


def saved(site: Site) -> list[dict[str, Any]]:
    return sorted(site.contract.standing(), key=lambda each: (each["start"], each["theme"]))


def annotated(site: Site, quote: str, **said: Any) -> str:
    """An annotation that the server knows from before."""
    start = site.contract.text.index(quote)
    key = f"0199a000-0000-7000-8000-{len(site.contract.annotations):012d}"
    plain = {"theme": "burnout", "stance": "favor", "holder": None, "certainty": None, "memo": ""}
    site.contract.annotations[key] = {
        **{"id": key, "assignment": ASSIGNMENT, "revision": 1, "deleted": False},
        **{"start": start, "end": start + len(quote), "quote": quote},
        **plain,
        **said,
    }
    return key


def drag(page: Page, quote: str) -> None:
    box = boxes(page, quote)
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["last"], steps=6)
    page.mouse.up()
    until(
        page,
        "(quote) => workbench.view.cursor && workbench.slice(workbench.view.cursor) === quote",
        quote,
    )


def boxes(page: Page, quote: str) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(
        """(quote) => {
          const {map} = workbench.sheet;
          const from = map.points.toCodePoint(map.points.text.indexOf(quote));
          const all = map.rectangles({start: from, end: from + [...quote].length});
          const [first, last] = [all[0], all.at(-1)];
          const middle = ({top, bottom}) => (top + bottom) / 2;
          return {left: first.left, middle: middle(first), right: last.right, last: middle(last)};
        }""",
        quote,
    )
    return found
