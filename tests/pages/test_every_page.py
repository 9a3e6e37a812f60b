"""Every page of the demonstration for every eye: clean, no wider than its window, and the focus is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from annotations.assignment.models import Assignment, Batch
from annotations.corpus.models import Document, Import, Story
from annotations.management.demo import load_demo
from annotations.project.accounts import create_token, new_sign_in_link
from annotations.project.models import User
from annotations.release.models import ReleaseSpan
from tests.axe import Axe
from tests.servers import Server

# Some thirty pages in one go: the demonstration is loaded once for all of them.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# The first is also a screen of 1280 × 960 at 400 %.
SIZES = [(320, 640), (2560, 1440)]

# Each thing that takes the focus by Tab, and shows no line of its own, beside it or of what holds it.
UNSEEN = """() => {
  const outlined = ({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  const beside = ({content, backgroundColor}) => content === '""' && !/, 0\\)$/.test(backgroundColor);
  const lined = (each) => outlined(getComputedStyle(each)) || beside(getComputedStyle(each, '::before'));
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  return all.filter((each) => each.checkVisibility() && !each.disabled && each.type !== 'hidden').filter((each) => {
    each.focus();
    return document.activeElement === each && !lined(each) && !(each.closest('label') && lined(each.closest('label')));
  }).map((each) => each.outerHTML.slice(0, 120));
}"""

Visit = Callable[[str, str], Page]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Opens a page as a person of the demonstration, or as nobody, in one of the languages."""
    load_demo(now=timezone.now())
    pages: dict[str, Page] = {}

    def as_person(name: str, path: str) -> Page:
        if name not in pages:
            context = browser.new_context(
                base_url=server.url, viewport=WIDE, reduced_motion="reduce"
            )
            pages[name] = context.new_page()
            if name:
                sign_in(pages[name], name)
        pages[name].goto(path)
        return pages[name]

    yield as_person
    for each in pages.values():
        each.context.close()


def sign_in(page: Page, name: str) -> None:
    user = User.objects.get(username=name)
    page.goto(f"/sign-in/{new_sign_in_link(user, now=timezone.now())}")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/")


def places() -> list[tuple[str, str]]:
    """Who goes where; nobody is ''."""
    project = "/projects/life-in-ai-labs"
    document = Document.objects.earliest("pk")
    Import.objects.create(project=document.project)
    work = Assignment.objects.filter(state="in_progress").earliest("pk")
    disputed = Document.objects.get(title__startswith="Laboratoires")
    assert Story.objects.exists()
    for name in ("mia", "ben"):
        user = User.objects.get(username=name)
        create_token(user, name="A notebook", scopes=["releases"], now=timezone.now())
    manager = ["documents", "stories", "imports", "batches", "flags", "attributes", "agreement"]
    labels = [
        f"releases/v1/labels/{ReleaseSpan.objects.filter(origin=origin).earliest('pk').uuid}"
        for origin in ("unanimous", "adjudicated")
    ]
    manager += ["releases/v1/labels", "releases/v1/diff/v1", *labels]
    manager += ["releases", "releases/v1", f"documents/{document.uuid}/reading", ""]
    return [
        *(("mia", f"{project}/{each}".rstrip("/")) for each in manager),
        ("mia", f"/documents/{document.uuid}"),
        ("mia", f"/batches/{Batch.objects.earliest('pk').uuid}"),
        ("mia", f"/imports/{Import.objects.get().uuid}"),
        ("mia", "/nothing-here"),
        ("mia", "/tokens"),
        ("cleo", f"{project}/adjudication"),
        ("cleo", f"{project}/adjudication/sweeps?differs=boundaries&overlap=0.3"),
        *(("cleo", f"/adjudication/{disputed.uuid}?view={each}") for each in ("over", "side")),
        *(("ben", f"{project}/{each}") for each in ("codebook", "search?q=lab", "coded")),
        *(("ben", each) for each in ("/", project, f"{project}/adjudication")),
        ("ben", f"/code/{work.uuid}"),
        ("", "/sign-in"),
        *(("", f"/docs/{each}") for each in ("", "code", "consume", "formats")),
    ]


def wider_than_its_window(page: Page) -> list[tuple[int, int]]:
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append((width, over))
    return found


def faults(page: Page) -> list[str]:
    """What axe finds on a phone in the dark; wide and light has tests with each page."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_every_page_is_clean_fits_and_shows_its_focus(visit: Visit) -> None:
    wrong: dict[str, object] = {}
    for name, path in places():
        page = visit(name, path)
        if wide := wider_than_its_window(page):
            wrong[f"{path} is too wide"] = wide
        if found := faults(page):
            wrong[f"{path} has faults"] = found
        page.keyboard.press("Tab")
        if unseen := page.evaluate(UNSEEN):
            wrong[f"{path} hides the focus"] = unseen
    assert wrong == {}, wrong


def test_in_french_every_page_fits(visit: Visit) -> None:
    wrong: dict[str, object] = {}
    french: set[str] = set()
    for name, path in places():
        page = visit(name, path)
        if name not in french:
            french.add(name)
            page.locator("details.menu:not(.tools) > summary").click()
            page.locator("button[value=fr]").click()
            expect(page.locator("html")).to_have_attribute("lang", "fr")
            page.goto(path)
        expect(page.locator("html"), path).to_have_attribute("lang", "fr")
        if wide := wider_than_its_window(page):
            wrong[path] = wide
    assert wrong == {}, wrong
