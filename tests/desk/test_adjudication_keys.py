"""The adjudication page in a real browser: keys, selection, and no fault that axe can find."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.adjudication.cases import Case
from annotations.adjudication.models import Ruling
from annotations.corpus.models import Document
from annotations.project.accounts import new_sign_in_link
from annotations.project.models import User
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.axe import Axe
from tests.cast import Cast
from tests.servers import Server

pytestmark = pytest.mark.browser

TEXT = "\n\n".join(
    (
        "😀 Nights in the lab",
        "They work until midnight and nobody minds. Sundays are for papers.",
        "Pay is a secret that only the board may read. La « porte » se referme.",
        "The canteen serves soup.",
    )
)
NIGHTS: makers.Coding = ("They work until midnight", "burnout", "against")
LATE: makers.Coding = ("work until midnight and nobody minds.", "burnout", "mixed")
SUNDAYS: makers.Coding = ("Sundays are for papers.", "long_hours", "favor")
PAY: makers.Coding = ("Pay is a secret that only the board may read.", "secrecy", "against")


@pytest.fixture
def document(live_cast: Cast) -> Document:
    """Three disputes and one unanimous label."""
    cast = live_cast
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    coding = {
        cast.coder(cast.ada): [NIGHTS, PAY],
        cast.coder(cast.ben): [LATE, SUNDAYS, PAY, ("soup", "compensation", "none")],
    }
    makers.coded(batch, row, coding)
    return row


def signed_in(page: Page, server: Server, user: User) -> Page:
    page.goto(f"{server.url}/sign-in/{new_sign_in_link(user, now=timezone.now())}")
    page.get_by_role("button", name="Sign in as").click()
    page.wait_for_url(f"{server.url}/")
    return page


@pytest.fixture
def opened(page: Page, server: Server, live_cast: Cast, document: Document) -> Page:
    """The page as cleo sees it."""
    signed_in(page, server, live_cast.cleo).goto(f"{server.url}/adjudication/{document.uuid}")
    return page


def decisions(document: Document) -> list[str]:
    rows = Ruling.objects.filter(document=document).order_by("number")
    return list(rows.values_list("decision", flat=True))


def settled(page: Page, number: int) -> None:
    """Waits for the page that the last ruling led to."""
    expect(page.locator("#settled-title .badge")).to_have_text(str(number))
    page.wait_for_load_state()  # keys are heard once the module has run


def letter_of(case: Case, document: Document, quote: str) -> str:
    (dispute,) = [each for each in case.disputes if each.family == "burnout"][:1]
    (member,) = [each for each in dispute.members if document.text[each.start :].startswith(quote)]
    return case.letters[member.coder]


def test_a_whole_document_is_settled_by_keys_alone(opened: Page, document: Document) -> None:
    letter = letter_of(the_case(document), document, "work until")
    settled(opened, 1)
    opened.keyboard.press(letter.lower())
    settled(opened, 2)
    opened.keyboard.press("r")
    settled(opened, 3)
    opened.keyboard.press("n")
    settled(opened, 4)
    assert decisions(document) == ["accept", "reject", "none"]
    assert Ruling.objects.order_by("number")[0].quote == LATE[0]
    assert the_case(document).state == "adjudicated"


def test_arrows_walk_through_the_disputes_and_the_text_follows(opened: Page) -> None:
    lit = opened.locator("#text mark.here")
    expect(lit).to_have_count(3)
    opened.keyboard.press("ArrowDown")
    expect(lit).to_have_text(["Sundays are for papers."])
    expect(opened.locator(".dispute.here h2")).to_contain_text("Burnout")
    opened.keyboard.press("ArrowUp")
    expect(lit).to_have_count(3)


def test_a_letter_typed_into_the_reason_decides_nothing(opened: Page, document: Document) -> None:
    opened.keyboard.press("m")
    opened.keyboard.type("rants are no reason")
    opened.keyboard.press("Enter")
    opened.keyboard.press("Escape")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowUp")
    expect(opened.locator(".dispute.here input[name=reason]")).to_have_value("rants are no reason")
    assert decisions(document) == []
    opened.keyboard.press("r")
    settled(opened, 2)
    assert Ruling.objects.get().reason == "rants are no reason"


def test_boundaries_are_moved_word_by_word(opened: Page, document: Document) -> None:
    opened.keyboard.press("s")
    card = opened.locator(".dispute.here")
    shown = card.locator("[data-bounds] [data-quote]")
    expect(shown).to_be_visible()
    before = shown.inner_text()
    card.get_by_role("button", name="End one word earlier").click()
    expect(shown).not_to_have_text(before)
    moved = shown.inner_text()
    assert before.startswith(moved)
    assert len(moved) < len(before)
    card.get_by_role("button", name="Settle with these boundaries").click()
    settled(opened, 2)
    ruling = Ruling.objects.get()
    assert (ruling.decision, ruling.quote) == ("adjust", moved)
    assert document.text[ruling.start : ruling.end] == moved


def select(page: Page, quote: str) -> None:
    """What a mouse would select, from the text alone."""
    page.evaluate(
        """quote => {
          const root = document.getElementById('text');
          const nodes = [];
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const at = index => {
            for (const node of nodes) {
              if (index <= node.length) return [node, index];
              index -= node.length;
            }
          };
          const start = root.textContent.indexOf(quote);
          const range = new Range();
          range.setStart(...at(start));
          range.setEnd(...at(start + quote.length));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        quote,
    )


def test_a_selection_becomes_the_boundaries_in_code_points(
    opened: Page, document: Document
) -> None:
    opened.keyboard.press("s")
    quote = "They work until midnight and nobody minds."
    select(opened, f" {quote} ".strip() + " ")
    card = opened.locator(".dispute.here")
    expect(card.locator("[data-bounds] [data-quote]")).to_have_text(quote)
    card.get_by_role("button", name="Settle with these boundaries").click()
    settled(opened, 2)
    ruling = Ruling.objects.get()
    assert document.text[ruling.start : ruling.end] == quote


def test_what_nobody_tagged_is_added_from_a_selection(opened: Page, document: Document) -> None:
    opened.keyboard.press("+")
    select(opened, "La « porte » se referme.")
    form = opened.locator("#add")
    expect(form.locator("[data-quote]")).to_have_text("La « porte » se referme.")
    form.get_by_label("Theme").select_option("secrecy")
    form.get_by_label("Stance").select_option("none")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(opened.get_by_role("heading", name="Added")).to_be_visible()
    ruling = Ruling.objects.get()
    assert (ruling.decision, ruling.quote) == ("add", "La « porte » se referme.")


def test_a_change_of_the_label_is_two_keys_and_a_choice(opened: Page, document: Document) -> None:
    opened.keyboard.press("t")
    opened.locator(".dispute.here").get_by_label("Stance").select_option("unclear")
    opened.get_by_role("button", name="Settle with this label").first.click()
    settled(opened, 2)
    ruling = Ruling.objects.get()
    assert ruling.stance is not None
    assert (ruling.decision, ruling.stance.key) == ("change", "unclear")


def test_the_second_tab_is_told_that_the_first_was_faster(
    opened: Page, document: Document, live_cast: Cast
) -> None:
    other = opened.context.new_page()
    other.goto(opened.url)
    opened.keyboard.press("r")
    settled(opened, 2)
    other.keyboard.press("n")
    expect(other.get_by_role("alert")).to_contain_text("Another ruling was made meanwhile.")
    assert decisions(document) == ["reject"]


def test_axe_finds_no_fault_in_light_and_dark_on_desk_and_phone(opened: Page) -> None:
    for details in opened.locator("details.more").all():
        details.evaluate("element => { element.open = true; }")
    for scheme, width in (("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)):
        # Without motion, so that no colour is measured half way to the next.
        opened.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        opened.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(opened)
        assert found.violations_count == 0, f"{scheme} {width}: {found.generate_report()}"


def test_the_other_desk_pages_are_clean_too(
    page: Page, server: Server, live_cast: Cast, document: Document
) -> None:
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text) if "Refused" in said.text else None)
    signed_in(page, server, live_cast.mia)
    slug = live_cast.project.slug
    for place in ("agreement", "adjudication", "releases"):
        page.goto(f"{server.url}/projects/{slug}/{place}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{place}: {found.generate_report()}"
        expect(page).to_have_title(re.compile(r"\S"))
    assert blocked == []
