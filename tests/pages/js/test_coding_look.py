"""Every state of the coding page for every eye and ear: reached and left by keyboard, clean, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.axe import Axe
from tests.pages.js.articles import ASSIGNMENT
from tests.pages.js.conftest import page_data, render
from tests.pages.js.hands import Open, idle, press
from tests.pages.js.looks import DIALOGS, STATES, State, offline, prepared, reach, refused, remark
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser
WIDE, PHONE, ZOOMED = (1280, 800), (390, 844), (640, 400)  # the last is 1280 × 800 at 200 %
COLOURS = {"runOnly": ["color-contrast"]}
Look = Callable[[State, str], Page]


@pytest.fixture
def look(site: Site, browser: Browser) -> Iterator[Look]:
    """Opens the page at desktop size, with all that it can hold, and goes to a state of it."""
    contexts = []

    def open_state(state: State, path: str = f"/code/{ASSIGNMENT}") -> Page:
        prepared(site)
        site.contract.assignment["state"] = state.work
        size: ViewportSize = {"width": WIDE[0], "height": WIDE[1]}
        context = browser.new_context(base_url=site.url, viewport=size, reduced_motion="reduce")
        contexts.append(context)
        if state.script:
            context.add_init_script(state.script)
        page = context.new_page()
        page.goto(path)
        page.wait_for_selector("#text[aria-busy=false]")
        page.wait_for_selector(".remark", state="attached")
        reach(site, page, state)
        return page

    yield open_state
    for each in contexts:
        each.close()


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def axe_is_content(page: Page, *, crossed: bool = True) -> None:
    """All of its rules, on a phone in dark and wide in light; `crossed`: contrast the other way round too."""
    axe = Axe()
    for size, whole in ((PHONE, "dark"), (WIDE, "light")):
        resize(page, size)
        for scheme in ("light", "dark") if crossed else (whole,):
            page.emulate_media(color_scheme=scheme)
            report = axe.run(page, options=None if scheme == whole else COLOURS)
            assert report.violations_count == 0, report.generate_report()


def cut_off(page: Page) -> list[str]:
    """Controls whose words do not fit, and whatever makes the page scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
          const cut = [...document.querySelectorAll('button, .seg label, .save > span, dialog h2')]
            .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
            .filter((each) => getComputedStyle(each).display !== 'inline')
            .map((each) => each.textContent || each.ariaLabel);
          return [...wide, ...cut];
        }"""
    )
    return found


@pytest.mark.parametrize("name", DIALOGS)
def test_what_opens_by_a_key_is_clean_and_closes_by_escape(look: Look, name: str) -> None:
    state = DIALOGS[name]
    page = look(state, f"/code/{ASSIGNMENT}")
    axe_is_content(page, crossed=False)
    press(page, "Escape")
    expect(page.locator(state.seen)).to_have_count(0)
    expect(page.locator(state.focus).first).to_be_focused()


@pytest.mark.parametrize("name", STATES)
def test_every_state_is_clean(look: Look, name: str) -> None:
    axe_is_content(look(STATES[name], f"/code/{ASSIGNMENT}"))


@pytest.mark.parametrize("name", ["an annotation", "refused and offline", "submitted"])
def test_states_are_clean_in_french(look: Look, name: str) -> None:
    page = look(STATES[name], f"/fr/{ASSIGNMENT}")
    axe_is_content(page, crossed=False)
    assert cut_off(page) == []


@pytest.mark.parametrize("name", ["an annotation", "conflict", "submitted"])
@pytest.mark.parametrize("path", ["code", "fr"])
def test_at_twice_the_size_nothing_is_cut_off(look: Look, name: str, path: str) -> None:
    page = look(STATES[name], f"/{path}/{ASSIGNMENT}")
    for size in (ZOOMED, PHONE, (320, 640)):
        resize(page, size)
        assert cut_off(page) == []


def test_a_phone_says_all_that_is_wrong(site: Site, look: Look) -> None:
    page = look(State("", "#attention .alert", before=refused), f"/code/{ASSIGNMENT}")
    resize(page, PHONE)
    said = page.locator("#save > span")
    expect(said).to_have_count(2)
    expect(said.first).to_have_text("2 refused")
    words = "document.querySelector('#save > span:last-child .words')"
    short = (
        f"() => {words} && getComputedStyle({words}, '::before').content.startsWith('\"2 unsent')"
    )
    until(page, short)
    for each in said.all():
        box = each.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= PHONE[0] - box["width"]
    assert cut_off(page) == []


def test_a_comment_has_a_mark_that_opens_it_at_its_passage(look: Look) -> None:
    page = look(State("", "#text"), f"/code/{ASSIGNMENT}")
    mark = page.get_by_role("button", name="2 comments: “")
    expect(mark).to_have_attribute("data-count", "2")
    mark.focus()
    press(page, "Enter")
    expect(page.locator("dialog section[data-passage='6'] h3 a")).to_be_focused()
    press(page, "Escape")
    expect(mark).to_be_focused()
    settled = page.get_by_role("button", name="1 comment, settled")
    expect(settled).to_have_class("remark settled")


def test_a_mark_says_what_has_not_arrived(site: Site, look: Look) -> None:
    page = look(State("ArrowDown", "#text"), f"/code/{ASSIGNMENT}")
    offline(site, page)
    press(page, "t")
    page.keyboard.type("Why here?")
    press(page, "Control+Enter Escape")
    mark = page.get_by_role("button", name="1 comment, not sent yet: “It took")
    expect(mark).to_have_attribute("data-count", "↑")
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    expect(page.get_by_role("button", name="1 comment: “It took")).to_have_count(1)


def test_a_flag_has_a_mark_until_it_is_decided(site: Site, look: Look) -> None:
    page = look(State("", "#text"), f"/fr/{ASSIGNMENT}")
    expect(page.get_by_role("button", name="Signalé, C’est un autre type de texte")).to_be_visible()
    remark(site, "flags", 3, 4, kind="zone", proposed="caption", note="", settlement="accepted")
    page.locator("#text").focus()
    press(page, "ArrowDown r Escape")
    expect(page.locator(".remark[data-kind=flags]")).to_have_count(0)


def test_marks_add_nothing_to_the_text(site: Site, look: Look) -> None:
    page = look(State("", ".remark"), f"/code/{ASSIGNMENT}")
    becomes(page, "document.getElementById('text').textContent", site.contract.text)


def test_in_forced_colours_marks_and_states_are_still_seen(look: Look) -> None:
    page = look(STATES["an annotation"], f"/code/{ASSIGNMENT}")
    page.emulate_media(forced_colors="active")
    for chosen in (".mark[aria-pressed=true]", ".theme[aria-pressed=true]", ".list [aria-current]"):
        expect(page.locator(chosen).first).to_have_css("outline-style", "solid")
    assert cut_off(page) == []


def test_in_forced_colours_each_theme_has_its_own_line(look: Look) -> None:
    """There the browser gives all highlights one ground, unless the text says that it needs none."""
    page = look(STATES["nothing chosen"], f"/code/{ASSIGNMENT}")
    page.emulate_media(forced_colors="active")
    line = """(name) => {
      const style = getComputedStyle(document.querySelector('.para > p'), `::highlight(${name})`);
      return style.textDecorationStyle + ' ' + style.backgroundColor;
    }"""
    lines = {page.evaluate(line, f"t{colour}-0") for colour in range(1, 6)}
    assert len(lines) == 5
    assert len({each.split(" ", 1)[1] for each in lines}) == 1
    until(page, f"(lines) => !lines.includes(({line})('chosen-1'))", list(lines))
    kept = "getComputedStyle(document.querySelector('.para > p')).forcedColorAdjust"
    becomes(page, kept, "none")


def test_the_reading_view_says_comments_and_flags_and_opens_them(look: Look) -> None:
    page = look(STATES["reading view"], f"/code/{ASSIGNMENT}")
    view = page.locator("#reading")
    expect(view.locator("button")).to_have_text(
        ["[1 comment, settled]", "[Flagged, It is another kind of text]", "[2 comments]"]
    )
    mark = view.get_by_role("button", name="2 comments")
    mark.focus()
    press(page, "Enter")
    expect(page.locator("dialog section[data-passage='6'] h3 a")).to_be_focused()
    press(page, "Escape")
    expect(mark).to_be_focused()


def test_a_comment_that_waits_is_said_in_the_reading_view_too(site: Site, look: Look) -> None:
    page = look(State("ArrowDown", "#text"), f"/code/{ASSIGNMENT}")
    press(page, "Shift+V")
    offline(site, page)
    press(page, "t")
    page.keyboard.type("Why here?")
    press(page, "Control+Enter Escape")
    expect(page.locator("#reading")).to_contain_text("[1 comment, not sent yet]")


def test_what_brings_quotation_marks_gets_no_others(look: Look) -> None:
    page = look(DIALOGS["comments"], f"/code/{ASSIGNMENT}")
    heads = page.locator("dialog .comments h3")
    expect(heads.first).to_contain_text("“The mayor")
    expect(heads.filter(has_text="““")).to_have_count(0)


def test_two_ways_to_press_a_key_are_told_apart(look: Look) -> None:
    page = look(DIALOGS["help"], f"/code/{ASSIGNMENT}")
    first = page.locator(".keys-list > div", has_text="First sentence").locator("dt")
    expect(first).to_have_text("HomeorCtrlHome")
    expect(first.locator(".chord")).to_have_text(["Home", "CtrlHome"])


def test_a_codebook_of_twelve_colours_wears_the_palette_of_twelve(site: Site, coding: Open) -> None:
    page = coding()
    expect(page.locator("body.pal12")).to_have_count(0)
    data = page_data()
    data["codebook"]["themes"][-1]["colour"] = 12
    site.pages["/twelve"] = lambda: render(data=data)
    page.goto("/twelve")
    expect(page.locator("body.coding.pal12")).to_have_count(1)
    until(
        page, "() => getComputedStyle(document.body).getPropertyValue('--t1').includes('#437246')"
    )
