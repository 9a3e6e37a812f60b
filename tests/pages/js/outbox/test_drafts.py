"""What is half written outlives the page, and is nobody else's."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.hands import NINETY, PRICE, Open, annotated, go_to, idle, press, saved
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser
# Reading waits for what is being written.
KEPT = """() => new Promise((resolve) => {
  const {db, values} = workbench.drafts;
  const asked = db.transaction('drafts').objectStore('drafts').getAll();
  asked.onsuccess = () => {
    const kept = asked.result.map(({name, value}) => JSON.stringify([name, value])).sort();
    resolve(JSON.stringify(kept) === JSON.stringify([...values].map((one) => JSON.stringify(one)).sort()));
  };
})"""


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"/code/{ASSIGNMENT}")
    page.wait_for_selector("#text[aria-busy=false]")
    return page


def killed(page: Page) -> Page:
    """Another page in the same browser, after this one has crashed without a word."""
    until(page, KEPT)
    context = page.context
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page.close()
    return opened(context)


def test_a_half_written_comment_is_there_again(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, NINETY)
    press(page, "t")
    page.keyboard.type("I wonder wheth")
    page = killed(page)
    press(page, "Home")  # where one was comes back, if it was kept in time
    go_to(page, PRICE)
    press(page, "t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Comment on")).to_have_value("")
    begun = dialog.get_by_label("Begun, not sent")
    expect(begun).to_have_value("I wonder wheth")
    begun.press("Control+Enter")
    idle(page)
    (sent,) = site.beside.comments.values()
    passage = site.article["passages"][sent["passage"]]
    assert passage["start"] == site.contract.text.index(NINETY)
    page = killed(page)
    press(page, "Shift+T")
    expect(page.get_by_role("dialog").get_by_label("Begun, not sent")).to_have_count(0)


def test_an_emptied_draft_is_gone(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown t")
    page.keyboard.type("no")
    press(page, "Backspace Backspace")
    page = killed(page)
    becomes(page, "workbench.drafts.values.size", 0)


def test_a_memo_being_typed_is_saved_though_the_browser_dies(site: Site, coding: Open) -> None:
    annotated(site, NINETY, memo="")
    page = coding()
    page.locator(".mark").click()
    press(page, "m")
    page.keyboard.type("never blurred")
    page = killed(page)
    idle(page)
    assert saved(site)[0]["memo"] == "never blurred"
    until(page, "() => workbench.drafts.values.size === 0")


def test_a_memo_is_saved_after_a_pause_without_leaving_its_field(site: Site, coding: Open) -> None:
    page = coding()
    press(page, "ArrowDown 1 m")
    page.keyboard.type("on the way")
    until(page, "() => workbench.outbox.annotations[0].acked?.memo === 'on the way'")
    becomes(page, "document.activeElement.id", "memo")


@pytest.mark.parametrize(
    ("keys", "label"), [("x", "Reason"), ("ArrowDown Control+Shift+Enter", "Why not the whole")]
)
def test_a_half_written_reason_is_there_again(
    site: Site, coding: Open, keys: str, label: str
) -> None:
    page = coding()
    press(page, keys)
    page.get_by_label(label).press_sequentially("because it")
    page = killed(page)
    press(page, keys)
    expect(page.get_by_label(label)).to_have_value("because it")
    page.get_by_label(label).press_sequentially(" is long")
    press(page, "Enter")
    if label == "Why not the whole":
        page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    idle(page)
    sent = site.contract.log[-1][2]
    assert sent is not None
    assert sent["reason"] == "because it is long"
    until(page, "() => workbench.drafts.values.size === 0")


def test_a_half_written_flag_is_there_again(site: Site, coding: Open) -> None:
    page = coding()
    go_to(page, PRICE)
    press(page, "r")
    page.get_by_label("It is another kind of text").check()
    page.get_by_label("Better").select_option("caption")
    page.get_by_label("Note").press_sequentially("under a pict")
    page = killed(page)
    go_to(page, PRICE)
    press(page, "r")
    expect(page.get_by_label("It is another kind of text")).to_be_checked()
    expect(page.get_by_label("Better")).to_have_value("caption")
    expect(page.get_by_label("Note")).to_have_value("under a pict")


def test_somebody_else_in_the_same_browser_finds_nothing(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.signed_in = None
    press(page, "ArrowDown 1 t")
    page.keyboard.type("hers")
    press(page, "Control+Enter")
    page.keyboard.type("half")
    until(page, "() => workbench.outbox.operations.length === 2")
    until(page, KEPT)
    context = page.context
    page.goto("about:blank")
    plain = site.pages[f"/code/{ASSIGNMENT}"]
    # Ben signs in and opens what is his: the page says that it is Ben's.
    site.pages[f"/code/{ASSIGNMENT}"] = lambda: plain().replace('"id": "ada"', '"id": "ben"')
    site.contract.signed_in = site.contract.user = "ben"
    ben = opened(context)
    seen = """() => {
      const {outbox, drafts, history} = workbench;
      const {comments} = outbox.remarks;
      return [outbox.operations, outbox.annotations, comments, [...drafts.values], history.steps];
    }"""
    becomes(ben, seen, [[], [], [], [], []])
    press(ben, "ArrowDown 2")
    idle(ben)
    assert [each["theme"] for each in saved(site)] == ["compensation"]
    assert site.beside.comments == {}
    ben.close()
    site.contract.signed_in = site.contract.user = "ada"
    site.pages[f"/code/{ASSIGNMENT}"] = plain
    page = opened(context)
    idle(page)
    assert [each["text"] for each in site.beside.comments.values()] == ["hers"]
    assert "burnout" in [each["theme"] for each in saved(site)]
    becomes(page, "[...workbench.drafts.values.values()]", ["half"])
