"""Every state of the coding page, and the keys that lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.pages.js.articles import ASSIGNMENT, assignment
from tests.pages.js.hands import NINETY, PRICE, annotated, press
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

BLOCKED = "IDBFactory.prototype.open = () => { throw new DOMException('No.', 'SecurityError'); };"
WITHOUT_HIGHLIGHTS = "delete CSS.highlights; delete window.Highlight;"
NAMES = ["Dara Quill", "Oke Lindqvist-Abernathy"]


@dataclass(frozen=True)
class State:
    """`keys` lead there from the text, and `seen` is then on the page."""

    keys: str
    seen: str
    before: Callable[[Site, Page], None] | None = None
    script: str = ""
    focus: str = "#text"
    #: What has become of the article before it is opened.
    work: str = "in_progress"


def prepared(site: Site) -> None:
    """Annotations, comments, flags, a queue and a repaired file."""
    key = annotated(site, NINETY, memo="Said before the vote.", holder=holder(NAMES[0]))
    annotated(site, PRICE, theme="secrecy", stance=None)
    versions = [{**site.contract.annotations[key], "operation": "create", "late": False}]
    stamped = "2026-03-02T09:00:00+00:00"
    site.contract.revisions[key] = [{**each, "created_at": stamped} for each in versions]
    remark(site, "comments", 0, 6, text="Is this the author’s view?")
    remark(site, "comments", 1, 6, text="Her own, I think.", own=False, by="Coder 2")
    remark(site, "comments", 2, 2, text="Photo credit?", resolved=True)
    remark(site, "flags", 3, 4, kind="zone", proposed="caption", note="Under a picture")
    counts = {"passages": 18, "annotations": 2, "without_stance": 1, "previous": None}
    site.beside.queue = [
        {**assignment(), **counts, "next": None},
        {**assignment("submitted"), **counts, "id": ASSIGNMENT[:-1] + "2", "title": "Tides"},
    ]
    site.beside.original = {
        **{"id": "x", "name": "tide.txt", "sha256": "", "size": 2048, "encoding": "cp1252"},
        **{"told": {"repairs": ["2 × “é” put right"], "warnings": ["Two encodings"]}},
        **{"text": "Caf\u00c3\u00a9 am Kai. " * 60, "truncated": True},
    }


def holder(name: str) -> dict[str, Any]:
    return {"kind": "person", "name": name}


def remark(site: Site, where: str, number: int, passage: int, **said: Any) -> None:
    key = f"0199a000-0000-7000-9000-{number:012d}"
    plain = {"by": "Coder 1", "own": True, "withdrawn": False, "resolved": False}
    stamps = {"created_at": "2026-03-02T09:00:00+00:00", "settlement": None, "reply_to": None}
    place = {"id": key, "passage": passage, "start": None, "end": None, "settlement_reason": ""}
    getattr(site.beside, where)[key] = {**plain, **stamps, **place, **said}


def conflict(site: Site, page: Page) -> None:
    """The chosen annotation was changed elsewhere, and is changed here."""
    key = next(iter(site.contract.annotations))
    site.contract.annotations[key].update(revision=2, memo="from elsewhere", stance="against")
    press(page, "k k b")
    expect(page.locator("#save")).to_contain_text("1 confli")


def offline(site: Site, page: Page) -> None:
    site.kill()
    press(page, "ArrowDown 1 c")
    until(page, "() => workbench.outbox.status.pace === 'waiting'")


def refused(site: Site, page: Page) -> None:
    """Two refusals, and something unsent behind them."""
    site.contract.refused_themes.add("secrecy")
    press(page, "ArrowDown 4 ArrowDown 4")
    until(page, "() => workbench.outbox.status.parked.length === 2")
    offline(site, page)


def signed_out(site: Site, page: Page) -> None:
    site.contract.signed_in = None
    press(page, "ArrowDown 1")
    until(page, "() => workbench.outbox.status.pace === 'signed-out'")


def submitted(site: Site, page: Page) -> None:
    press(page, "k c Control+Enter")
    press(page, "Enter")
    until(page, "() => !workbench.outbox.status.unsent")


def choose(site: Site, page: Page) -> None:
    press(page, "k")


def move(site: Site, page: Page) -> None:
    press(page, "ArrowDown ArrowDown")


DIALOGS = {
    "versions": State("k k y", "dialog .revisions li"),
    "queue": State("q", "dialog .queue li"),
    "original": State("Shift+O", "dialog .original pre"),
    "tools": State("Enter", ".tools[open]", focus=".tools > summary"),
    "help": State("?", "dialog .keys-list"),
    "preferences": State(",", "dialog"),
    "definition": State("ArrowDown ArrowDown 1 d", "dialog .definition"),
    "flag": State("r", "dialog.flagging", before=move),
    "comments": State("t", "dialog .comments section", before=move),
    "submit": State("Control+Enter", "dialog"),
    "submit-part": State("Control+Shift+Enter", "dialog"),
    "skip": State("x", "dialog"),
    "search": State("/", "dialog.search", before=move),
    "find": State("f", "#find:not([hidden])"),
    "a mark": State("Enter", "dialog .comments a:focus", focus=".remark[data-kind=comments]"),
    "a flag mark": State("Enter", "dialog.flagging", focus=".remark[data-kind=flags]"),
}

STATES = {
    "nothing chosen": State("", "#inspector[data-mode=nothing]"),
    "a place": State("ArrowDown ArrowDown", "#inspector[data-mode=place]"),
    "an annotation": State("k k", "#inspector[data-mode=annotation]"),
    "reading view": State("Shift+V", "#reading:not([hidden])"),
    "conflict": State("", "#attention .alert", before=conflict),
    "refused and offline": State("", "#attention .alert", before=refused),
    "signed out": State("", "#banners .notice", before=signed_out),
    "submitted": State("", "#banners button", before=submitted),
    "skipped": State("", "#banners button", work="skipped"),
    "expired": State("", "#banners .notice.warn", work="expired"),
    "an annotation in a closed article": State("k k", "#inspector", work="submitted"),
    "storage blocked": State("", "#banners .notice", script=BLOCKED),
    "no highlights": State("ArrowDown", "#banners .notice", script=WITHOUT_HIGHLIGHTS),
}


def reach(site: Site, page: Page, state: State) -> None:
    """By keyboard, from the text."""
    if state.before:
        state.before(site, page)
    if state.focus != "#text":
        page.wait_for_selector(state.focus)
        page.locator(state.focus).first.focus()
    press(page, state.keys)
    expect(page.locator(state.seen).first).to_be_visible()
