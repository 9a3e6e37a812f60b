"""A version made elsewhere: both stay until one chooses, and the other is kept as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.js.outbox.tabs import Tab, written
from tests.pages.js.serving import Site
from tests.pages.js.waiting import until

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "mine"), ("theirs", "theirs"), ("both", "theirs")]
)
def test_a_conflict_keeps_both_versions_until_one_chooses(
    site: Site, tab: Callable[..., Tab], choice: str, stands: str
) -> None:
    ada = tab()
    key = ada.create(memo="first")
    ada.idle()
    there = site.contract.annotations[key]
    there.update(revision=2, memo="theirs")
    ada.put(key, memo="mine")
    other = ada.create(memo="passes")
    ada.wait(
        "box.status.conflicts.length === 1 && box.operations.length === 1 && box.writing === 0"
    )
    assert written(site, other) == ["passes"]
    assert (ada.entry(key)["body"]["memo"], ada.entry(key)["conflict"]["memo"]) == (
        "mine",
        "theirs",
    )
    ada.page.evaluate("([key, choice]) => box.resolve(key, choice)", [key, choice])
    ada.idle()
    assert ada.status()["conflicts"] == []
    assert site.contract.annotations[key]["memo"] == stands
    memos = sorted(each["memo"] for each in site.contract.standing())
    assert memos == sorted({"mine", "theirs", "passes"} if choice == "both" else {stands, "passes"})
    everything = {body["memo"] for _, _, body in site.contract.log if body}
    assert "mine" in everything, "whoever does not stand is a revision, or an annotation of its own"


def test_a_second_tab_cannot_overwrite_what_it_has_not_seen(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    key = ada.create(memo="first")
    ada.idle()
    stale = tab()
    # It sends nothing either: whoever sends what the other did has seen it.
    stale.page.evaluate(
        "() => { window.hears = box.channel.onmessage; box.channel.onmessage = null; box.sender.stopped = true; }"
    )
    until(stale.page, "() => !box.sender.running")
    ada.put(key, memo="newer")
    ada.idle()
    # Whichever tab sends it, both are told: from the same turn on this one hears again.
    stale.page.evaluate(
        "([key, body]) => { box.sender.stopped = false; box.put(key, body); box.channel.onmessage = hears; }",
        [key, stale.body(memo="overwrites?")],
    )
    stale.wait("box.status.conflicts.length === 1")
    assert written(site, key) == ["first", "newer"]
    assert stale.entry(key)["conflict"]["memo"] == "newer"


def test_what_was_done_alike_elsewhere_leaves_nothing_to_choose(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    changed, removed = ada.create(memo="first"), ada.create(memo="second")
    ada.idle()
    site.contract.annotations[changed].update(revision=2, memo="the same")
    site.contract.annotations[removed].update(revision=2, deleted=True)
    site.contract.faults = [503] * 3
    ada.put(changed, memo="the same")
    ada.put(changed, memo="and more")
    ada.remove(removed)
    ada.wait("box.operations.length === 0 && box.writing === 0")
    assert ada.status()["conflicts"] == []
    assert site.contract.annotations[changed]["memo"] == "and more"
    assert ada.entry(removed)["deleted"]
