"""Signed out, signed in again, somebody else: the work waits for its own person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.js.outbox.tabs import Tab, written
from tests.pages.js.serving import Site

pytestmark = pytest.mark.browser


def test_signed_out_work_is_kept_and_leaves_after_signing_in(
    site: Site, tab: Callable[..., Tab]
) -> None:
    ada = tab()
    ada.create(memo="before")
    ada.idle()
    site.contract.signed_in = None
    key = ada.create(memo="kept")
    ada.wait("box.status.pace === 'signed-out'")
    assert ada.status()["unsent"] == 1
    site.contract.signed_in = "ada"
    site.contract.token = "second"
    ada.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    ada.idle()
    assert written(site, key) == ["kept"]


def test_a_token_that_grew_old_is_fetched_anew(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    first = ada.create(memo="first")
    ada.idle()
    site.contract.token = "second"
    ada.put(first, memo="second")
    ada.idle()
    assert written(site, first) == ["first", "second"]


def test_a_refusal_with_a_fresh_token_is_final(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    site.contract.faults = [403, 403]
    ada.create(memo="forbidden")
    ada.wait("box.status.parked.length === 1")
    assert ada.status()["parked"][0]["problem"]["status"] == 403


def test_nothing_is_sent_as_somebody_else(site: Site, tab: Callable[..., Tab]) -> None:
    ada = tab()
    first = ada.create(memo="first")
    ada.idle()
    site.contract.signed_in = "ben"
    ada.put(first, memo="hers")
    ada.wait("box.status.pace === 'other-user'")
    assert ada.status()["parked"] == []
    site.contract.signed_in = "ada"
    ada.idle()
    assert written(site, first) == ["first", "hers"]
