"""Tabs of one person, in one browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.pages.js.outbox.tabs import Tab
from tests.pages.js.serving import Site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def tab(site: Site, context: BrowserContext) -> Callable[..., Tab]:
    """Another tab of the same person."""
    return lambda **options: Tab(context.new_page(), site, **options)
