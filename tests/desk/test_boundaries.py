"""Where words begin and end, asked of the module in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers import Server

pytestmark = pytest.mark.browser


def asked(page: Page, server: Server, expression: str, *values: object) -> Any:
    """What an expression over the module `m` and the values `v` gives."""
    page.goto(f"{server.url}/sign-in")
    module = f"{server.url}/static/annotations/desk/boundaries.js"
    return page.evaluate(
        f"async ([module, v]) => {{ const m = await import(module); return {expression}; }}",
        [module, list(values)],
    )


def test_words_are_found_in_any_script(page: Page, server: Server) -> None:
    found = asked(page, server, "m.words(v[0], 'fr')", "« L’été » 😀!")
    assert found["starts"][:2] == [0, 2]
    assert found["ends"][-1] == len("« L’été » 😀!") + 1  # the emoji is two UTF-16 units
    chinese = asked(page, server, "m.words(v[0], 'zh')", "研究很忙")
    assert len(chinese["starts"]) > 1


def test_a_step_goes_to_the_next_place_and_stays_at_the_last(page: Page, server: Server) -> None:
    steps = "[[4, 1], [4, -1], [9, 1], [0, -1]].map(([at, step]) => m.stepped(v[0], at, step))"
    assert asked(page, server, steps, [0, 4, 9]) == [9, 0, 9, 0]


def test_white_space_at_the_ends_is_left_out(page: Page, server: Server) -> None:
    both = "[m.trimmed(v[0], 0, 7), m.trimmed(v[0], 3, 4)]"
    assert asked(page, server, both, " ab  c ") == [[1, 6], None]
