"""The coding page in a real browser: queue, comments, flags, the original, own keys, reading aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.js.articles import ASSIGNMENT, HARBOUR, assignment
from tests.pages.js.hands import (
    NINETY,
    PRICE,
    Open,
    annotated,
    go_to,
    idle,
    place_kept,
    press,
    saved,
)
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, still, until

pytestmark = pytest.mark.browser
OTHER = "0199a000-0000-7000-8000-000000000002"


def queued(site: Site) -> None:
    counts = {"passages": 18, "annotations": 2, "without_stance": 1}
    site.beside.queue = [
        {**assignment(), **counts, "next": OTHER, "previous": None},
        {
            **assignment(),
            **counts,
            "id": OTHER,
            "title": "Tides",
            "next": None,
            "previous": ASSIGNMENT,
        },
    ]
    site.pages[f"/code/{OTHER}"] = lambda: "<!doctype html><title>the other</title>"


def test_the_article_after_this_one_is_a_key_away(site: Site, coding: Open) -> None:
    queued(site)
    page = coding()
    press(page, "<")
    expect(page.locator("#banners")).to_contain_text("This is the first of your articles.")
    press(page, ">")
    expect(page).to_have_title("the other")


def test_the_queue_lists_ones_articles(site: Site, coding: Open) -> None:
    queued(site)
    page = coding()
    press(page, "q")
    dialog = page.get_by_role("dialog", name="My articles")
    expect(dialog.get_by_role("link", name="Tides")).to_have_attribute("href", f"/code/{OTHER}")
    expect(dialog.get_by_role("listitem")).to_have_count(2)


def test_half_a_list_of_articles_is_none(site: Site, coding: Open) -> None:
    page = coding()
    site.broken_off = {"/assignments"}
    press(page, "q")
    dialog = page.get_by_role("dialog", name="My articles")
    expect(dialog.get_by_role("alert")).to_contain_text("The server cannot be reached.")


def test_the_place_where_one_was_comes_back(site: Site, coding: Open) -> None:
    page = coding(viewport={"width": 1440, "height": 420})
    press(page, "ArrowDown ArrowDown ArrowDown")
    page.locator("#frame").evaluate("frame => frame.scrollBy({top: 700, behavior: 'instant'})")
    still(page)
    place_kept(page)
    before = page.evaluate(
        "[workbench.view.cursor.start, document.getElementById('frame').scrollTop]"
    )
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    still(page)
    after = page.evaluate(
        "[workbench.view.cursor.start, document.getElementById('frame').scrollTop]"
    )
    assert after[0] == before[0]
    assert abs(after[1] - before[1]) < 200


def test_a_comment_points_to_its_passage(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "t")
    dialog = page.get_by_role("dialog", name="Comments")
    expect(dialog).to_contain_text("Only you see your comments here until everyone has submitted")
    page.keyboard.type("<b>Is this</b> the author’s view?")
    press(page, "Control+Enter")
    expect(dialog.locator(".said")).to_have_text("<b>Is this</b> the author’s view?")
    idle(page)
    (kept,) = site.beside.comments.values()
    expect(dialog.get_by_role("link")).to_have_attribute("href", f"#p{kept['passage']}")
    assert site.article["passages"][kept["passage"]]["start"] == site.contract.text.index(NINETY)


def test_a_passage_is_flagged_as_another_kind_of_text(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, PRICE)
    press(page, "r")
    dialog = page.get_by_role("dialog", name="Flag this passage")
    dialog.get_by_label("It is another kind of text").check()
    dialog.get_by_label("Better").select_option("caption")
    dialog.get_by_label("Note").fill("It stands under a picture")
    dialog.get_by_role("button", name="Flag", exact=True).click()
    expect(page.locator("#banners")).to_contain_text("Flagged.")
    idle(page)
    (flag,) = site.beside.flags.values()
    assert (flag["kind"], flag["proposed"]) == ("zone", "caption")


def test_the_file_as_it_came_is_shown_as_text(site: Site, coding: Open) -> None:
    site.beside.original = {
        **{"id": "x", "name": "<i>tide</i>.txt", "sha256": "", "size": 2048, "encoding": "cp1252"},
        **{"told": {"repairs": ["2 × <b>put right</b>"], "warnings": []}},
        **{"text": "Caf\u00c3\u00a9 <script>", "truncated": True},
    }
    page = coding()
    press(page, "Shift+O")
    dialog = page.get_by_role("dialog", name="The file as it came")
    expect(dialog.locator("pre")).to_have_text("Caf\u00c3\u00a9 <script>")
    expect(dialog).to_contain_text("<i>tide</i>.txt")
    expect(dialog.get_by_role("listitem")).to_have_text(["2 × <b>put right</b>"])
    expect(dialog).to_contain_text("Only the beginning is shown.")


def test_a_key_is_changed_and_kept(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "?")
    dialog = page.get_by_role("dialog", name="All keys")
    dialog.get_by_role("button", name="Change the key: Memo").click()
    press(page, "1")
    expect(dialog.get_by_role("status")).to_have_text(
        "That key is taken: Burnout and pace. Press another one."
    )
    press(page, "w")
    expect(dialog.get_by_role("status")).to_have_text("Kept: Memo.")
    assert site.beside.preferences["keys"] == {"memo": "w"}
    press(page, "Escape ArrowDown 1 w")
    page.keyboard.type("noted")
    press(page, "Escape")
    idle(page)
    assert saved(site)[0]["memo"] == "noted"
    press(page, "?")
    dialog.get_by_role("button", name="All keys as they were").click()
    expect(dialog.get_by_role("status")).to_have_text("All keys are as they were.")
    assert site.beside.preferences["keys"] == {}


def test_escape_leaves_a_key_as_it_was(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "?")
    dialog = page.get_by_role("dialog", name="All keys")
    dialog.get_by_role("button", name="Change the key: Memo").click()
    press(page, "Escape")
    expect(dialog.get_by_role("status")).to_have_text("“Memo” keeps its key.")
    press(page, "Escape")
    expect(dialog).to_be_hidden()


def test_a_letter_for_submitting_is_only_a_letter_while_typing(site: Site, coding: Open) -> None:
    site.beside.preferences["keys"] = {}
    page = coding()
    press(page, "?")
    page.get_by_role("button", name="Change the key: Submit", exact=True).click()
    press(page, "w Escape ArrowDown 1 m")
    page.keyboard.type("two words")
    expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "Escape w")
    expect(page.get_by_role("dialog", name="Submit this article?")).to_be_visible()


def test_a_key_that_the_server_refuses_is_not_kept(site: Site, coding: Open) -> None:
    page = coding()
    site.beside.refusal = (422, {"detail": "", "errors": [{"detail": "One key, two verbs."}]})
    press(page, "?")
    page.get_by_role("button", name="Change the key: Memo").click()
    press(page, "w")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("One key, two verbs.")
    becomes(page, "workbench.outbox.preferences.keys ?? {}", {})


def test_hostile_preferences_are_data(bench: Page) -> None:
    found = bench.evaluate(
        """async () => {
          const {keymapOf} = await import('/static/annotations/keys/keymap.js');
          const {Codebook} = await import('/static/annotations/codebook.js');
          const themes = [{key: 'burnout', hotkey: '1', parent: null}];
          const codebook = new Codebook({edition: 1, themes, stances: []});
          const own = {'<img onerror=alert(1)>': 'm', 'tag:nobody': '1', constructor: 'evil', memo: 'm'};
          const {bindings} = keymapOf(codebook, own);
          return Object.fromEntries(['m', '1', 'x', 'evil'].map((key) => [key, bindings.get(key)?.verb ?? null]));
        }"""
    )
    assert found == {"m": "memo", "1": "tag", "x": "skip", "evil": None}


def test_the_reading_view_says_annotations_in_words(site: Site, coding: Open) -> None:
    annotated(site, NINETY, stance="against")
    annotated(site, "no way to treat", theme="compensation", stance="favor")
    page = coding()
    press(page, "Shift+V")
    view = page.get_by_role("region", name="Article with its annotations, to read")
    expect(view).to_contain_text("[Burnout and pace, ")
    expect(page.locator("#text")).to_be_hidden()
    expect(view.locator("mark")).to_have_count(3)
    whole = "() => [...document.querySelectorAll('#reading mark')].map((each) => each.textContent).join('')"
    becomes(page, whole, NINETY)
    press(page, "ArrowDown 4")
    expect(view).to_contain_text("[Secrecy, stance missing] " + HARBOUR[0][2][0])
    press(page, "Shift+V")
    expect(page.locator("#text")).to_be_visible()


def test_without_highlights_paragraphs_are_marked(site: Site, browser: Browser) -> None:
    annotated(site, NINETY)
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    context.add_init_script("delete CSS.highlights; delete window.Highlight;")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"/code/{ASSIGNMENT}")
    page.wait_for_selector("#text[aria-busy=false]")
    expect(page.locator(".para.coded")).to_have_count(1)
    expect(page.locator(".para.coded")).to_contain_text("Ninety hours")
    press(page, "ArrowDown 1 c f")
    page.keyboard.type("quay")
    press(page, "Enter Escape")
    expect(page.locator(".para.coded")).to_have_count(2)
    until(page, "() => workbench.outbox.status.unsent === 0")
    assert len(saved(site)) == 2
    assert not faults
    context.close()
