"""Two tabs of one person are one queue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.js.outbox.tabs import Tab, written
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

pytestmark = pytest.mark.browser


def test_a_second_tab_sees_what_the_first_does(site: Site, tab: Callable[..., Tab]) -> None:
    ada, other = tab(), tab()
    key = ada.create(memo="hello")
    until(other.page, "(key) => box.entries.get(key)?.body.memo === 'hello'", key)
    ada.idle()
    until(other.page, "(key) => box.entries.get(key)?.revision === 1", key)
    other.put(key, memo="answer")
    other.idle()
    assert written(site, key) == ["hello", "answer"]


def test_a_change_chains_on_one_of_the_other_tab_still_unsent(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada, other = tab(), tab()
    site.kill()
    key = ada.create(memo="one")
    until(other.page, "(key) => box.entries.has(key)", key)
    other.put(key, memo="two")
    until(ada.page, "(key) => box.entries.get(key).body.memo === 'two'", key)
    ada.put(key, memo="three")
    site.start()
    ada.idle()
    other.idle()
    assert written(site, key) == ["one", "two", "three"]


@pytest.mark.parametrize("locks", [True, False], ids=["web locks", "lease"])
def test_two_tabs_send_each_change_once(site: Site, tab: Callable[..., Tab], locks: bool) -> None:
    tabs = [tab(locks=locks), tab(locks=locks)]
    keys = [tabs[n % 2].create(memo=str(n)) for n in range(20)]
    for each in tabs:
        each.idle()
    assert sorted(len(written(site, key)) for key in keys) == [1] * 20
    assert len(site.contract.answers) == 20
