"""What the server refuses for good stays, and holds back only what depends on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.js.outbox.tabs import Tab, written
from tests.pages.js.serving import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("status", [400, 404, 409, 410, 413, 422])
def test_a_final_refusal_is_kept_and_shown_and_the_others_pass(
    site: Site, tab: Callable[..., Tab], status: int
) -> None:
    ada = tab()
    site.contract.faults = [status]
    first = ada.create(memo="refused")
    second = ada.create(memo="fine")
    ada.wait("box.status.parked.length === 1 && box.status.unsent === 0")
    assert written(site, second) == ["fine"]
    assert ada.entry(first)["body"]["memo"] == "refused"
    assert ada.status()["parked"][0]["problem"]["detail"] == f"answer {status}"
    ada.page.evaluate("(key) => box.retry(key)", first)
    ada.idle()
    assert written(site, first) == ["refused"]


def test_a_refused_change_can_be_given_up(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    key = ada.create(memo="accepted")
    ada.idle()
    site.contract.refused_themes.add("secrecy")
    ada.put(key, theme="secrecy", memo="no")
    new = ada.create(theme="secrecy")
    ada.wait("box.status.parked.length === 2")
    for each in (key, new):
        ada.page.evaluate("(key) => box.discard(key)", each)
    assert ada.entry(key)["body"]["memo"] == "accepted"
    assert ada.entry(new) is None
    ada.put(key, memo="after")
    ada.idle()
    assert written(site, key) == ["accepted", "after"]


def test_a_change_of_what_was_refused_takes_its_place(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    site.contract.refused_themes.add("secrecy")
    key = ada.create(theme="secrecy", memo="no")
    ada.wait("box.status.parked.length === 1")
    ada.put(key, theme="burnout", memo="yes")
    ada.idle()
    assert written(site, key) == ["yes"]
    assert ada.status()["parked"] == []


def test_a_submission_waits_for_what_was_refused(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    site.contract.refused_themes.add("secrecy")
    ada.create(stance="favor")
    bad = ada.create(theme="secrecy", stance="favor")
    ada.submit([0, 1])
    ada.wait("box.status.parked.length === 1 && box.status.unsent === 1")
    assert site.contract.assignment["state"] == "in_progress"
    ada.page.evaluate("(key) => box.discard(key)", bad)
    ada.idle()
    assert site.contract.assignment["state"] == "submitted"


def test_a_refused_submission_leaves_the_article_open(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    key = ada.create()
    ada.submit([0])
    ada.wait("box.status.parked.length === 1")
    assert ada.page.evaluate("box.work.state") == "in_progress"
    assert ada.status()["parked"][0]["problem"]["annotations"] == [key]
    ada.put(key, stance="favor")
    ada.submit([0])
    ada.idle()
    assert site.contract.assignment["state"] == "submitted"
