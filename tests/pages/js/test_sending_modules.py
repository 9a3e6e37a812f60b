"""How files are sent: in which requests, and what is asked again. Modules without a page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def module(bench: Page, name: str, call: str, *said: Any) -> Any:
    script = f"async (said) => {{ const m = await import('/static/annotations/desk/{name}'); return m.{call}; }}"
    return bench.evaluate(script, list(said))


@pytest.mark.parametrize(
    ("sizes", "batches"),
    [
        ([], []),
        ([1, 1, 1], [[1, 1, 1]]),
        ([9, 1, 1], [[9, 1], [1]]),
        ([4, 4, 4], [[4, 4], [4]]),
        ([1, 99, 1], [[1], [99], [1]]),
        ([1] * 7, [[1] * 5, [1, 1]]),
        ([0] * 6, [[0] * 5, [0]]),
    ],
)
def test_requests_hold_some_files_and_a_large_one_goes_alone(
    bench: Page, sizes: list[int], batches: list[list[int]]
) -> None:
    call = "inBatches(said[0].map((size) => ({size})), {files: 5, bytes: 10})"
    found = module(bench, "batches.js", call, sizes)
    assert [[each["size"] for each in batch] for batch in found] == batches


def test_what_is_alike_has_name_and_size(bench: Page) -> None:
    known = [{"name": "a", "size": 1, "sha256": "x"}, {"name": "a", "size": 1, "sha256": "y"}]
    call = "alike(said[0])({name: 'a', size: 1}).map(({sha256}) => sha256)"
    assert module(bench, "batches.js", call, known) == ["x", "y"]
    assert module(bench, "batches.js", "alike(said[0])({name: 'a', size: 2})", known) == []


def test_pauses_grow_to_half_a_minute(bench: Page) -> None:
    call = "pause(said[0])"
    waits = [module(bench, "batches.js", call, tries) for tries in (0, 1, 2, 4, 5, 50)]
    assert waits == [1_000, 2_000, 4_000, 16_000, 30_000, 30_000]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        *((200, "taken"), (202, "taken"), (401, "signed out"), (403, "signed out")),
        *((404, "refused"), (413, "refused"), (422, "refused")),
        *((0, "again"), (408, "again"), (429, "again"), (500, "again"), (503, "again")),
    ],
)
def test_only_what_may_change_is_asked_again(bench: Page, status: int, verdict: str) -> None:
    answer = {"status": status, "text": ""}
    assert module(bench, "posting.js", "verdict(said[0])", answer) == verdict


def test_bytes_are_said_in_units(bench: Page) -> None:
    call = "inUnits(said[0], said[1])"
    assert module(bench, "sent_list.js", call, 1536, "en") == "1.5 kB"
    assert module(bench, "sent_list.js", call, 8 << 20, "fr") == "8\u202fMo"
