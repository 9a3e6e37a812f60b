"""The page for what should never happen: in both languages, dressed, clean, and asking nothing of what broke."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory
from django.views.defaults import server_error
from playwright.sync_api import Page, expect

from tests.axe import Axe
from tests.pages.js.serving import STATIC, Site
from tests.pages.js.waiting import becomes, until


def broken() -> str:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    return answer.content.decode()


def test_it_needs_nothing_but_files_that_are_there() -> None:
    said = broken()
    assert "Something broke here" in said
    assert "Quelque chose s’est cassé ici" in said
    needed = re.findall(r'href="/static/(.*?)"', said)
    assert needed
    assert all((STATIC / each).is_file() for each in needed)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_it_is_clean_and_fits(site: Site, page: Page, scheme: str, size: tuple[int, int]) -> None:
    site.pages["/broken"] = broken
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    page.goto(site.url + "/broken")
    expect(page.get_by_role("link")).to_have_attribute("href", "/")
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    until(page, "() => document.documentElement.scrollWidth <= innerWidth")
    becomes(page, "getComputedStyle(document.querySelector('.btn')).borderStyle", "solid")
