"""Two adjudicators in one queue, each in a browser of their own; and the page's newer keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from annotations.adjudication.models import Ruling
from annotations.corpus.models import Document
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.axe import Axe
from tests.cast import Cast
from tests.desk.test_adjudication_keys import settled, signed_in
from tests.pages.js.waiting import until
from tests.servers import Server

pytestmark = pytest.mark.browser

TEXT = "\n\n".join(
    (
        "Nights in the lab",
        "They work until midnight and nobody minds. Sundays are for papers.",
        "Pay is a secret that only the board may read.",
    )
)
NIGHTS: makers.Coding = ("They work until midnight", "burnout", "against")
LATE: makers.Coding = ("work until midnight and nobody minds.", "burnout", "against")


@pytest.fixture
def texts(live_cast: Cast) -> list[Document]:
    """Two documents of three coders, with three disputes each."""
    cast = live_cast
    eve = made.enrol(made.person("eve"), cast.project, roles=["annotator"])
    rows = [makers.document(cast.project, f"{TEXT}\n\n{n}", title=f"Day {n}") for n in range(2)]
    batch = made.batch(cast.project, cast.edition, rows, slots=3)
    for row in rows:
        coding = {
            cast.coder(cast.ada): [NIGHTS, makers.PAY],
            cast.coder(cast.ben): [LATE, makers.PAY_PRAISED],
            eve: [NIGHTS, makers.PAY, ("Sundays are for papers.", "long_hours", "favor")],
        }
        makers.coded(batch, row, coding)
    return rows


@pytest.fixture
def cleo(page: Page, server: Server, live_cast: Cast) -> Page:
    return signed_in(page, server, live_cast.cleo)


def another(browser: Browser, server: Server, cast: Cast) -> Page:
    """mia, in a browser of her own."""
    return signed_in(browser.new_context().new_page(), server, cast.mia)


def queue(page: Page, server: Server, cast: Cast) -> Page:
    page.goto(f"{server.url}/projects/{cast.project.slug}/adjudication")
    return page


def test_two_in_one_queue_are_sent_to_two_documents(
    cleo: Page, browser: Browser, server: Server, live_cast: Cast, texts: list[Document]
) -> None:
    mia = another(browser, server, live_cast)
    for page in (cleo, mia):
        queue(page, server, live_cast).keyboard.press("d")
        page.wait_for_url("**/adjudication/*-*")
    places = {page.url.partition("#")[0].rpartition("/")[2] for page in (cleo, mia)}
    assert places == {str(text.uuid) for text in texts}
    for page in (cleo, mia):
        page.keyboard.press("r")
        settled(page, 1)
    assert Ruling.objects.values("document").distinct().count() == 2


def test_who_was_slower_is_told_kindly_and_keeps_what_was_typed(
    cleo: Page, browser: Browser, server: Server, live_cast: Cast, texts: list[Document]
) -> None:
    mia = another(browser, server, live_cast)
    for page in (cleo, mia):
        page.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    mia.keyboard.press("ArrowDown")
    mia.keyboard.press("t")
    card = mia.locator(".dispute.here")
    card.get_by_label("Stance").select_option("unclear")
    card.get_by_label("Reason").fill("It can be read both ways.")
    cleo.keyboard.press("r")
    settled(cleo, 1)
    card.get_by_role("button", name="Settle with this label").click()
    expect(mia.get_by_role("alert")).to_contain_text("what you typed is kept")
    card = mia.locator(".dispute.here")
    expect(card.get_by_label("Reason")).to_have_value("It can be read both ways.")
    expect(card.get_by_label("Stance")).to_have_value("unclear")
    assert Ruling.objects.count() == 1
    card.get_by_role("button", name="Settle with this label").click()
    settled(mia, 2)
    last = Ruling.objects.order_by("number").last()
    assert last is not None
    assert last.stance is not None
    assert (last.decision, last.stance.key, last.reason) == (
        "change",
        "unclear",
        "It can be read both ways.",
    )


def test_where_the_very_dispute_was_settled_the_words_are_still_there(
    cleo: Page, browser: Browser, server: Server, live_cast: Cast, texts: list[Document]
) -> None:
    mia = another(browser, server, live_cast)
    for page in (cleo, mia):
        page.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    mia.locator(".dispute.here").get_by_label("Reason").fill("Not about nights.")
    cleo.keyboard.press("n")
    settled(cleo, 1)
    mia.locator(".dispute.here").get_by_role("button", name="Reject").click()
    alert = mia.get_by_role("alert")
    expect(alert).to_contain_text("has settled it meanwhile: none of these.")
    expect(alert).to_contain_text("Not about nights.")
    reopening = mia.locator(".settled form.reopen input[name=reason]").first
    expect(reopening).to_have_value("Not about nights.")


@pytest.mark.parametrize(
    ("key", "quote"),
    [("u", "They work until midnight and nobody minds."), ("i", "work until midnight")],
)
def test_boundaries_are_merged_by_one_key_and_settled_by_another(
    cleo: Page, server: Server, texts: list[Document], key: str, quote: str
) -> None:
    cleo.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    cleo.keyboard.press(key)
    expect(cleo.locator(".dispute.here [data-bounds] [data-quote]")).to_have_text(quote)
    cleo.keyboard.press("Enter")
    settled(cleo, 1)
    ruling = Ruling.objects.get()
    assert (ruling.decision, ruling.quote) == ("adjust", quote)
    assert texts[0].text[ruling.start : ruling.end] == quote


def test_what_most_said_comes_after_the_decision_and_leads_back(
    cleo: Page, server: Server, texts: list[Document]
) -> None:
    cleo.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    expect(cleo.get_by_text("of 3 coders said")).to_have_count(0)
    cleo.keyboard.press("r")
    settled(cleo, 1)
    expect(cleo.locator(".messages")).to_contain_text("3 of 3 coders said: Burnout, Against")
    expect(cleo.locator(".messages")).to_contain_text("You decided otherwise.")
    cleo.keyboard.press("z")
    key = Ruling.objects.get().dispute
    expect(cleo.locator(f"#d-{key}")).to_be_in_viewport()
    expect(cleo.locator(f"#d-{key}")).to_contain_text("decided otherwise")


def test_by_theme_one_goes_on_through_all_documents_by_keys(
    cleo: Page, server: Server, live_cast: Cast, texts: list[Document]
) -> None:
    queue(cleo, server, live_cast).get_by_role("link", name="Secrecy").click()
    for text in texts:
        cleo.wait_for_url(f"**/adjudication/{text.uuid}?by=theme&theme=secrecy**")
        expect(cleo.locator(".dispute.here h2")).to_contain_text("Secrecy")
        cleo.keyboard.press("r")
    cleo.wait_for_url("**/adjudication/*?by=theme&theme=burnout**")
    assert {the_case(text).number for text in texts} == {1}


def test_later_leads_to_the_next_and_decides_nothing(
    cleo: Page, server: Server, texts: list[Document]
) -> None:
    cleo.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    first = cleo.locator(".dispute.here").get_attribute("id")
    cleo.keyboard.press(".")
    cleo.wait_for_url(f"**/adjudication/{texts[0].uuid}#d-*")
    expect(cleo.locator(".dispute.here")).not_to_have_attribute("id", str(first))
    assert Ruling.objects.count() == 0


def test_the_layers_stand_side_by_side_and_take_a_selection_there_too(
    cleo: Page, server: Server, texts: list[Document]
) -> None:
    cleo.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    cleo.keyboard.press("v")
    expect(cleo.locator(".lane")).to_have_count(3)
    expect(cleo.locator(".lane").nth(1).locator("mark.here").first).to_be_in_viewport()
    cleo.keyboard.press("s")
    cleo.evaluate(
        """quote => {
          const mark = document.querySelectorAll('.lane')[2].querySelector('.paragraph:nth-child(2)');
          const walker = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT);
          const nodes = [];
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const range = new Range();
          range.setStart(nodes[0], 0);
          range.setEnd(nodes.at(-1), nodes.at(-1).length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    chosen = cleo.locator(".dispute.here [data-bounds] [data-quote]")
    expect(chosen).to_have_text(TEXT.split("\n\n")[1])
    cleo.locator(".dispute.here").get_by_role("button", name="Settle with these boundaries").click()
    settled(cleo, 1)
    assert Ruling.objects.get().quote == TEXT.split("\n\n")[1]
    expect(cleo.locator(".lane")).to_have_count(3)


def test_all_keys_are_shown_on_the_page(cleo: Page, server: Server, texts: list[Document]) -> None:
    cleo.goto(f"{server.url}/adjudication/{texts[0].uuid}")
    cleo.keyboard.press("?")
    expect(cleo.get_by_role("dialog", name="Keys")).to_be_visible()
    cleo.keyboard.press("r")
    cleo.keyboard.press("Escape")
    expect(cleo.get_by_role("dialog", name="Keys")).to_be_hidden()
    assert Ruling.objects.count() == 0


def test_axe_finds_no_fault_on_the_newer_pages(
    cleo: Page, server: Server, live_cast: Cast, texts: list[Document]
) -> None:
    project = f"{server.url}/projects/{live_cast.project.slug}"
    for place in (
        f"{project}/adjudication",
        f"{project}/adjudication/sweeps?differs=stance&votes=2&overlap=0.5",
        f"{server.url}/adjudication/{texts[0].uuid}?view=side",
    ):
        cleo.goto(place)
        for scheme, width in (("light", 1440), ("dark", 390)):
            cleo.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            cleo.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(cleo)
            assert found.violations_count == 0, f"{place} {scheme}: {found.generate_report()}"
            until(cleo, "(width) => document.scrollingElement.scrollWidth <= width", width)
