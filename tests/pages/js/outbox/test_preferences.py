"""Keys and settings: kept on the device while the server is away, the newest ones win."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.js.hands import Open, idle, press
from tests.pages.js.serving import Site
from tests.pages.js.waiting import becomes, until

pytestmark = pytest.mark.browser


def change_key(page: Page, name: str, key: str) -> None:
    press(page, "?")
    page.get_by_role("button", name=f"Change the key: {name}", exact=True).click()
    press(page, key)


def both_wait(page: Page) -> None:
    """The one change that waits holds the view that was chosen last, too."""
    until(page, "() => workbench.outbox.operations[0]?.body.settings?.reading_view === true")
    until(page, "() => workbench.outbox.operations.length === 1")


def memo_key(page: Page) -> str:
    """What the key w does now."""
    found: str = page.evaluate("""() => { document.getElementById('text').focus(); return ''; }""")
    press(page, "w")
    found = page.evaluate("document.activeElement.id")
    press(page, "Escape")
    return found


def test_a_key_changed_offline_holds_and_is_sent_later(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    change_key(page, "Memo", "w")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("holds on this device")
    press(page, "Escape ArrowDown 1")
    assert memo_key(page) == "memo"
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert site.beside.preferences["keys"] == {"memo": "w"}


def test_a_key_changed_offline_holds_after_a_reload(site: Site, coding: Open) -> None:
    page = coding()
    site.contract.faults = [503] * 1000
    change_key(page, "Memo", "w")
    until(page, "() => workbench.outbox.operations.length === 1")
    page.reload()
    page.wait_for_selector("#text[aria-busy=false]")
    press(page, "ArrowDown 1")
    assert memo_key(page) == "memo"


def test_of_several_changes_offline_only_the_newest_is_sent(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    change_key(page, "Memo", "w")
    press(page, "Escape")
    change_key(page, "Memo", "F2")
    press(page, "Escape Shift+V")
    both_wait(page)
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    idle(page)
    assert [kind for _, kind, _ in site.beside.log] == ["me"]
    assert site.beside.preferences["keys"] == {"memo": "F2"}
    assert site.beside.preferences["settings"]["reading_view"] is True


def test_a_conflict_is_shown_on_its_field_and_the_old_key_holds(site: Site, coding: Open) -> None:
    page = coding()
    site.kill()
    change_key(page, "Memo", "w")
    press(page, "Escape Shift+V")
    both_wait(page)
    site.beside.refused_keys = {"memo": "w"}
    site.start()
    page.evaluate("workbench.outbox.sender.kick()")
    card = page.get_by_role("region", name="The server refused a change")
    expect(card).to_contain_text("One key, two verbs.")
    until(page, "() => !workbench.outbox.status.unsent && workbench.outbox.preferred.settings")
    assert site.beside.preferences["settings"]["reading_view"] is True, "settings are no worse"
    assert site.beside.preferences["keys"] == {}
    becomes(page, "workbench.outbox.preferences.keys.memo ?? null", None)
    card.get_by_role("button", name="Show the keys").click()
    field = page.get_by_role("button", name="Change the key: Memo", exact=True)
    expect(field).to_have_accessible_description("“w” is given to two verbs.")
    field.click()
    press(page, "F2")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Kept: Memo.")
    expect(card).to_be_hidden()
    assert site.beside.preferences["keys"] == {"memo": "F2"}


def test_a_change_in_one_tab_reaches_the_other(site: Site, coding: Open) -> None:
    page = coding()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#text[aria-busy=false]")
    change_key(page, "Memo", "w")
    idle(page)
    until(other, "() => workbench.outbox.preferences.keys?.memo === 'w'")
    press(other, "ArrowDown 1")
    assert memo_key(other) == "memo"
    press(page, "Escape Shift+V")
    expect(other.locator("#reading")).to_be_visible()
