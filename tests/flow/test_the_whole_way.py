"""A file in, coded by two in a browser, settled by a third, gold out over REST."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from annotations.coding.models import Annotation
from annotations.corpus.models import Document
from annotations.project.accounts import create_token, new_sign_in_link
from annotations.project.models import User
from tests.cast import Cast, batch
from tests.pages.js.waiting import becomes
from tests.servers import Server

TITLE = "Une journée au labo"
SENTENCES = (
    "La chercheuse 👩🏽‍🔬 ne dort plus depuis la mi-mars.",
    "Les salaires 💶 sont très bons, dit Cafe\u0301 Labo.",
    "研究者说压力很大，但他们喜欢这份工作。",
    "Personne ne publie plus rien 🤐 sans permission.",
)
TEXT = f"{TITLE}\n\n{SENTENCES[0]} {SENTENCES[1]}\n\n{SENTENCES[2]}\n\n{SENTENCES[3]}\n"

# What is painted: the text under every span's highlight, read back from the browser.
PAINTED = """() => [...CSS.highlights]
  .filter(([name]) => /^t\\d+-\\d+$/.test(name))
  .flatMap(([, painted]) => [...painted].map((still) => {
    const range = new Range();
    range.setStart(still.startContainer, still.startOffset);
    range.setEnd(still.endContainer, still.endOffset);
    return range.toString();
  })).sort()"""


@pytest.fixture
def visit(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Callable[[User], Page]:
    """Opens the home page as somebody, in a window of their own, through their sign-in link."""

    def open_as(user: User) -> Page:
        context = browser.new_context(base_url=server.url, viewport={"width": 1440, "height": 900})
        request.addfinalizer(context.close)
        page = context.new_page()
        page.goto(f"/sign-in/{new_sign_in_link(user, now=timezone.now())}")
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url("**/")
        return page

    return open_as


@pytest.fixture
def text(live_cast: Cast, tmp_path: Path) -> Document:
    file = tmp_path / "journée.txt"
    file.write_text(TEXT, encoding="utf-8")
    call_command("import_corpus", live_cast.project.slug, str(file))
    document = Document.objects.get()
    batch(live_cast.project, live_cast.edition, [document])
    return document


def start_coding(page: Page) -> None:
    page.get_by_role("button", name="Code the next document").click()
    expect(page.locator("#text")).to_have_attribute("aria-busy", "false")
    page.locator("#text").focus()


def tag_sentence(page: Page, sentence: str, keys: str) -> None:
    """Moves down, sentence by sentence, to the one that is meant; then a key each."""
    for _ in range(len(SENTENCES) + 3):
        page.keyboard.press("ArrowDown")
        if page.evaluate("() => getSelection().toString()").strip() == sentence:
            break
    else:
        raise AssertionError(f"The cursor never came to {sentence!r}.")
    for key in keys:
        page.keyboard.press(key)


def submit(page: Page) -> None:
    expect(page.locator("#save")).to_contain_text("Saved")
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Submit").click()
    expect(page.locator("#banners")).to_contain_text("submitted", ignore_case=True)


def pull(server: Server, path: str, token: str) -> tuple[int, bytes]:
    asked = urllib.request.Request(
        f"{server.url}{path}", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def settle(page: Page, *, disputes: int) -> None:
    """Opens what waits for the adjudicator and accepts, by its key, a coding of every dispute."""
    page.goto("/projects/labs/adjudication")
    page.get_by_role("link", name=TITLE).click()
    open_ones = page.locator(".dispute:has(button[data-press=r])")
    for left in range(disputes, 0, -1):
        expect(open_ones).to_have_count(left)
        page.wait_for_load_state("load")  # keys are heard once the page's modules run
        accept = open_ones.first.locator("button[value^=accept]").first
        page.locator("body").press(str(accept.get_attribute("data-press")))
    expect(open_ones).to_have_count(0)


@pytest.mark.browser
@pytest.mark.slow
def test_from_a_file_to_gold(
    live_cast: Cast, server: Server, text: Document, visit: Callable[[User], Page]
) -> None:
    cast = live_cast
    ada, ben = visit(cast.ada), visit(cast.ben)
    start_coding(ada)
    tag_sentence(ada, SENTENCES[0], "1c")
    tag_sentence(ada, SENTENCES[1], "3p")
    tag_sentence(ada, SENTENCES[2], "1b")
    tag_sentence(ada, SENTENCES[3], "4c")
    start_coding(ben)
    tag_sentence(ben, SENTENCES[0], "1c")
    tag_sentence(ben, SENTENCES[1], "3n")
    tag_sentence(ben, SENTENCES[2], "1b")

    becomes(ada, PAINTED, sorted(SENTENCES))
    becomes(ben, PAINTED, sorted(SENTENCES[:3]))
    submit(ada)
    submit(ben)
    assert Annotation.objects.standing().count() == 7
    for row in Annotation.objects.all():
        assert text.text[row.start : row.end] == row.quote

    cleo = visit(cast.cleo)
    settle(cleo, disputes=2)
    call_command("freeze_release", "labs", "--json")
    _gold_is_what_was_highlighted(cast, server, text, ada.evaluate(PAINTED))
    _an_outsider_gets_404_everywhere(cast, server, visit(cast.dag), ada.url)


def _gold_is_what_was_highlighted(
    cast: Cast, server: Server, text: Document, painted: list[str]
) -> None:
    token = create_token(cast.rita, name="tool", scopes=["releases"], now=timezone.now()).secret
    path = "/api/v1/projects/labs/releases/v1/documents.jsonl"
    status, content = pull(server, path, token)
    assert status == 200
    [line] = [json.loads(line) for line in content.decode().split("\n") if line]
    spans: list[dict[str, Any]] = line["spans"]
    assert line["text"] == text.text
    assert line["offset_unit"] == "codepoint"
    for span in spans:
        assert line["text"][span["start"] : span["end"]] == span["quote"]
    whole = [span for span in spans if span["quote"] in SENTENCES]
    assert len(whole) == len(spans)
    assert {span["quote"] for span in spans} <= set(painted)
    labels = {(span["quote"], span["label"], span["stance"]) for span in spans}
    assert (SENTENCES[0], "burnout", "against") in labels
    assert (SENTENCES[2], "burnout", "mixed") in labels
    call_command("verify_release", "labs", "v1")
    foreign = create_token(cast.dag, name="tool", scopes=["releases"], now=timezone.now()).secret
    assert pull(server, path, foreign)[0] == 404


def _an_outsider_gets_404_everywhere(
    cast: Cast, server: Server, dag: Page, coding_url: str
) -> None:
    for path in (
        coding_url.removeprefix(server.url),
        "/projects/labs",
        "/projects/labs/adjudication",
        "/projects/labs/releases",
    ):
        answer = dag.goto(path)
        assert answer is not None
        assert answer.status == 404, path
