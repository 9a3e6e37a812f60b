"""Every verb that may be remapped does something that is seen, and has a key that nothing else has."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotations.project.keymap import VERBS, is_key
from tests.pages.js.articles import ASSIGNMENT, HARBOUR, assignment
from tests.pages.js.conftest import codebook
from tests.pages.js.hands import NINETY, PRICE, Open, annotated, go_to, press
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

pytestmark = pytest.mark.browser

KNOWN = """async (codebook) => {
  const {COMMANDS} = await import('/static/annotations/keys/commands.js');
  const {keymapOf} = await import('/static/annotations/keys/keymap.js');
  const {Codebook} = await import('/static/annotations/codebook.js');
  const {bindings, keysOf} = keymapOf(new Codebook(codebook));
  const verbs = COMMANDS.filter(({fixed}) => !fixed).map(({verb}) => verb);
  return {verbs, shown: COMMANDS.map(({verb}) => verb), groups: COMMANDS.map(({group}) => group),
    keys: Object.fromEntries(verbs.map((verb) => [verb, keysOf(verb)])), bound: [...bindings.keys()]};
}"""

# What browsers do with keys that a page should leave alone; Ctrl or Cmd is Mod.
BROWSERS = {
    *(f"Mod+{key}" for key in "acfghjklnopqrstuvwx0123456789+-="),
    *(f"Mod+Shift+{key}" for key in "bcdhijkmnopqrtvwx"),
    *("F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Shift+F10", "Tab", " ", "Shift+ "),
}


def known(bench: Page) -> dict[str, Any]:
    found: dict[str, Any] = bench.evaluate(KNOWN, codebook("en"))
    return found


def test_the_server_and_the_page_know_the_same_verbs(bench: Page) -> None:
    found = known(bench)
    assert Counter(found["verbs"]) == Counter(VERBS)


def test_every_verb_has_a_key_of_its_own(bench: Page) -> None:
    found = known(bench)
    keys = [key for keys in found["keys"].values() for key in keys]
    assert all(found["keys"].values())
    assert max(Counter(keys).values()) == 1
    assert all(map(is_key, keys))
    assert not BROWSERS & set(found["bound"])


def test_every_verb_has_words_and_stands_in_the_help(coding: Open, bench: Page) -> None:
    verbs = known(bench)["shown"]
    for path in (f"/code/{ASSIGNMENT}", f"/fr/{ASSIGNMENT}"):
        page = coding(path)
        strings = page.evaluate("workbench.page.strings")
        press(page, "?")
        expect(page.locator("dialog dd").nth(len(verbs) - 1)).to_be_attached()
        listed = page.locator("dialog dd").all_text_contents()
        for verb in verbs:
            words = strings[f"do_{verb}"]
            assert any(line.startswith(words) for line in listed), words


PLACE = "() => workbench.view.cursor && workbench.slice(workbench.view.cursor)"
TITLE = HARBOUR[0][2][0]
COUNCIL, MAYOR = HARBOUR[1][2][:2]
LAST = HARBOUR[7][2][-1]
FOCUSED = "() => document.activeElement.{}"


def at(sentence: str) -> tuple[str, str]:
    return PLACE, sentence


def dialog(title: str) -> tuple[str, str]:
    return "() => document.querySelector('dialog h2')?.textContent", title


def chosen(part: str) -> str:
    return f"() => workbench.chosen?.{part}"


STAND = "() => workbench.view.cursor?.start ?? null"
FOLDED = "() => workbench.sheet.folds.closed.length"
FIRST = "() => document.querySelector('#banners').textContent.includes('first of your articles')"
OTHER = "0199a000-0000-7000-8000-000000000002"
# For each verb: keys pressed before, and what is asked afterwards with its answer.
SEEN: dict[str, tuple[str, tuple[str, Any]]] = {
    "sentence-next": ("ArrowDown", at(COUNCIL)),
    "sentence-previous": ("ArrowDown ArrowDown", at(TITLE)),
    "word-right": ("ArrowDown", at("Night")),
    "word-left": ("ArrowDown ArrowRight ArrowRight", at("Night")),
    "paragraph-next": ("ArrowDown ArrowDown ArrowDown", at(HARBOUR[2][2][0])),
    "paragraph-previous": ("ArrowDown ArrowDown ArrowDown", at(COUNCIL)),
    "page-next": ("Home", ("() => workbench.view.cursor.start > 300", True)),
    "page-previous": ("End", (f"() => workbench.slice(workbench.view.cursor) !== {LAST!r}", True)),
    "text-start": ("End", at(TITLE)),
    "text-end": ("Home", at(LAST)),
    "annotation-next": ("Home", (chosen("body.quote"), PRICE)),
    "annotation-previous": ("End", (chosen("body.theme"), "compensation")),
    "cycle": ("@ninety", (chosen("body.theme"), "compensation")),
    "extend-next": ("Home", at(f"{TITLE}\n\n{COUNCIL}")),
    "extend-previous": ("ArrowDown ArrowDown", at(f"{TITLE}\n\n{COUNCIL}")),
    "extend-right": ("Home ArrowRight", at("Night shifts")),
    "extend-left": ("Home ArrowRight ArrowRight", at("Night shifts")),
    "selection": ("", ("() => workbench.settings.selection", "word")),
    "confirm": ("Home", at(COUNCIL)),
    "deselect": ("Home", (PLACE, None)),
    "search": ("", dialog("Find a theme")),
    "repeat": ("Home 2 ArrowDown", (chosen("body.theme"), "compensation")),
    "holder": ("k", (FOCUSED.format("dataset.part"), "holder-name")),
    "certainty": ("k", (chosen("body.certainty"), 1)),
    "memo": ("k", (FOCUSED.format("id"), "memo")),
    "definition": ("k", ("() => document.querySelector('dialog .definition') !== null", True)),
    "remove": ("k", ("() => workbench.annotations.length", 2)),
    "history": ("k", ("() => document.querySelector('dialog .revisions') !== null", True)),
    "comment": ("Home", dialog("Comments")),
    "comments": ("Home", dialog("Comments")),
    "flag": ("Home", dialog("Flag this passage")),
    "flag-zone": (
        "Home",
        ("() => document.querySelector('dialog input[value=zone]')?.checked === true", True),
    ),
    "flag-split": (
        "Home",
        ("() => document.querySelector('dialog input[value=split]')?.checked === true", True),
    ),
    "find": ("", (FOCUSED.format("id"), "find-words")),
    "find-next": ("@find", at("lab")),
    "find-previous": ("@find", at("lab")),
    "search-all": ("Home ArrowRight", ("@beside", "/projects/demo/search?q=Night")),
    "retrieve": ("k", ("@beside", "/projects/demo/coded?theme=burnout&stance=favor")),
    "fold": ("", (FOLDED, 0)),
    "list": ("k", (FOCUSED.format("closest('#annotations') !== null"), True)),
    "conflicts": ("@refused", (FOCUSED.format("closest('#attention') !== null"), True)),
    "original": ("", dialog("The file as it came")),
    "reading-view": ("", ("() => document.getElementById('text').hidden", True)),
    "undo": ("Home 2", ("() => workbench.annotations.length", 3)),
    "redo": ("Home 2 Control+z", ("() => workbench.annotations.length", 4)),
    "submit": ("", dialog("Submit this article?")),
    "submit-part": ("Home", ("() => document.querySelector('dialog .partial') !== null", True)),
    "skip": ("", ("() => document.querySelector('dialog details.more')?.open === true", True)),
    "document-previous": ("", (FIRST, True)),
    "document-next": ("", ("@address", f"/code/{OTHER}")),
    "queue": ("", dialog("My articles")),
    "preferences": ("", dialog("Preferences")),
    "help": ("", dialog("All keys")),
}


def test_every_verb_is_tried() -> None:
    assert set(SEEN) == set(VERBS)


def prepared(site: Site, coding: Open, keys: str) -> Page:
    annotated(site, PRICE)
    annotated(site, NINETY)
    annotated(site, "no way to treat people", theme="compensation")
    counts = {"passages": 18, "annotations": 2, "without_stance": 1}
    row = {**assignment(), **counts, "next": OTHER, "previous": None}
    site.beside.queue = [row, {**row, "id": OTHER, "next": None, "previous": ASSIGNMENT}]
    site.beside.original = {
        **{"id": "x", "name": "tide.txt", "sha256": "", "size": 20, "encoding": "utf-8"},
        **{"repairs": [], "warnings": [], "told": {"repairs": [], "warnings": []}},
        **{"text": "Tides.", "truncated": False},
    }
    site.pages[f"/code/{OTHER}"] = lambda: "<!doctype html><title>the other</title>"
    for path in ("search", "coded"):
        site.pages[f"/projects/demo/{path}"] = lambda: "<!doctype html><title>found</title>"
    site.contract.refused_themes = {"secrecy"} if keys == "@refused" else set()
    page = coding()
    until(page, "() => workbench.annotations.length === 3")
    if keys == "@ninety":
        go_to(page, NINETY)
        press(page, "Enter")
    elif keys == "@find":
        press(page, "f")
        page.keyboard.type("lab")
        page.evaluate("workbench.set({cursor: null}); document.getElementById('text').focus()")
    elif keys == "@refused":
        press(page, "Home 4")
        page.wait_for_selector("#attention .card")
    else:
        press(page, keys)
    return page


@pytest.mark.parametrize("verb", SEEN)
def test_a_verb_does_what_its_words_say(site: Site, coding: Open, bench: Page, verb: str) -> None:
    keys, (question, answer) = SEEN[verb]
    key = known(bench)["keys"][verb][0].replace("Mod+", "Control+")
    page = prepared(site, coding, keys)
    if question == "@beside":
        with page.context.expect_page() as opened:
            page.keyboard.press(key)
        opened.value.wait_for_url(site.url + answer)
        return
    if question == "@address":
        page.keyboard.press(key)
        page.wait_for_url(site.url + answer)
        return
    until(page, f"(answer) => ({question})() !== answer", answer)
    page.keyboard.press(key)
    until(page, f"(answer) => ({question})() === answer", answer)


STRUCK_AT_ONCE = """(keys) => {
  document.getElementById('annotations').replaceChildren();
  for (const key of keys) document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return document.activeElement.closest('#annotations') !== null;
}"""


def test_the_list_is_there_however_soon_after_a_theme_it_is_asked_for(
    site: Site, coding: Open, bench: Page
) -> None:
    key = known(bench)["keys"]["list"][0]
    page = coding()
    until(page, "() => document.getElementById('text').getAttribute('aria-busy') === 'false'")
    go_to(page, NINETY)
    assert page.evaluate(STRUCK_AT_ONCE, ["1", key])  # settled: it strikes and looks by itself


def test_cycling_comes_to_all_that_lie_there(site: Site, coding: Open) -> None:
    annotated(site, NINETY)
    annotated(site, "Ninety hours", theme="compensation")
    annotated(site, "before the vote", theme="secrecy")
    page = coding()
    go_to(page, NINETY)
    found = []
    for _ in range(4):
        press(page, "o")
        found.append(page.evaluate("workbench.chosen.body.theme"))  # a key works at once
    assert found == ["burnout", "compensation", "secrecy", "burnout"]
