"""A page that is nothing but an outbox, and what the server wrote of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.pages.js.articles import ASSIGNMENT, assignment
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

OPEN = """async ({work, locks, user}) => {
  const {Outbox} = await import('/static/annotations/outbox/outbox.js');
  const api = '/api/v1/';
  const urls = {annotations: api + 'annotations/', assignment: api + 'assignments/' + work.id, csrf: api + 'csrf'};
  window.box = await Outbox.open({user: user ?? 'ada', urls, assignment: work, ...(locks ? {} : {locks: null})});
  window.fatal = [];
  box.addEventListener('fatal', (event) => fatal.push(String(event.detail)));
}"""
IDLE = "box.operations.filter((one) => one.state === 'queued').length === 0 && box.status.writing === 0"


class Tab:
    """One page with an outbox, spoken to in verbs."""

    def __init__(self, page: Page, site: Site, *, locks: bool = True) -> None:
        self.page, self.site, self.locks = page, site, locks
        self.open()

    def open(self) -> None:
        self.page.goto(self.site.url + "/blank")
        self.attach()

    def attach(self) -> None:
        self.page.evaluate(OPEN, {"work": assignment(), "locks": self.locks})

    def body(self, **change: Any) -> dict[str, Any]:
        quote = self.site.contract.text[:5]
        plain = {"theme": "burnout", "stance": None, "holder": None, "certainty": None, "memo": ""}
        return {"assignment": ASSIGNMENT, "start": 0, "end": 5, "quote": quote, **plain, **change}

    def create(self, **change: Any) -> str:
        made: str = self.page.evaluate("(body) => box.create(body)", self.body(**change))
        return made

    def put(self, key: str, **change: Any) -> None:
        self.page.evaluate("([key, body]) => box.put(key, body)", [key, self.body(**change)])

    def remove(self, key: str) -> None:
        self.page.evaluate("(key) => box.remove(key)", key)

    def submit(self, judged: list[int]) -> None:
        body = {"state": "submitted", "judged": judged, "up_to": None, "reason": ""}
        self.page.evaluate("(body) => box.move('submit', body)", body)

    def reopen(self) -> None:
        self.page.evaluate("() => box.move('reopen', {state: 'in_progress'})")

    def kick(self) -> None:
        self.page.evaluate("() => box.sender.kick()")

    def wait(self, condition: str) -> None:
        # Kicked all the while, so that no test sits out a back-off.
        until(self.page, f"() => {{ box.sender.kick(); return {condition}; }}")

    def idle(self) -> None:
        self.wait(IDLE)

    def entry(self, key: str) -> Any:
        return self.page.evaluate("(key) => box.entries.get(key) ?? null", key)

    def status(self) -> Any:
        return self.page.evaluate("() => box.status")


def written(site: Site, key: str) -> list[Any]:
    """What the server wrote about one annotation, in order; None is a withdrawal."""
    return [body and body["memo"] for _, subject, body in site.contract.log if subject == key]
