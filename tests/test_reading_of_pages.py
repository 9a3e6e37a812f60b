"""A page is not read once while it may still change: `expect`, `until` and `becomes` wait."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# What a page, or a place on it, says at this moment.
READS = {
    "all_inner_texts",
    "all_text_contents",
    "content",
    "evaluate",
    "evaluate_all",
    "get_attribute",
    "inner_html",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "text_content",
}
PLACES = {"filter", "first", "get_by_label", "get_by_role", "get_by_text", "last", "locator", "nth"}
# An empty page on which modules are tried: nothing happens there by itself.
STANDS_STILL = {"bench"}
SETTLED = "# settled: "


def once_read(source: str) -> list[int]:
    """Lines of plain asserts that read a page, without a word on why it no longer changes."""
    lines = source.splitlines()
    return [
        claim.lineno
        for claim in ast.walk(ast.parse(source))
        if isinstance(claim, ast.Assert)
        and any(_reads(node) for node in ast.walk(claim.test))
        and not any(SETTLED in line for line in lines[claim.lineno - 1 : claim.end_lineno])
    ]


def slept(source: str) -> list[int]:
    """Lines that let time pass in place of a condition."""
    lines = source.splitlines()
    return [
        call.lineno
        for call in _calls(source)
        if call.func.attr == "wait_for_timeout" and SETTLED not in lines[call.lineno - 1]
    ]


def _calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def _reads(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "url":
        return isinstance(node.value, ast.Name) and node.value.id in {"page", "tab"}
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    of = node.func.value
    if isinstance(of, ast.Name) and of.id in STANDS_STILL:
        return False
    return node.func.attr in READS or (node.func.attr == "count" and _is_place(of))


def _is_place(node: ast.expr) -> bool:
    named = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return bool(named & PLACES) and "objects" not in named


def in_browsers() -> list[Path]:
    """Tests that import Playwright; how fast something is, is another question."""
    found = sorted(HERE.rglob("test_*.py"))
    return [path for path in found if "from playwright" in path.read_text()]


def test_there_are_such_tests() -> None:
    assert len(in_browsers()) > 40


@pytest.mark.parametrize("path", in_browsers(), ids=lambda path: str(path.relative_to(HERE)))
def test_no_page_is_read_once(path: Path) -> None:
    assert once_read(path.read_text()) == [], f"expect, until or becomes; or say `{SETTLED}why`"


@pytest.mark.parametrize("path", in_browsers(), ids=lambda path: str(path.relative_to(HERE)))
def test_no_sleep_stands_for_a_condition(path: Path) -> None:
    assert slept(path.read_text()) == [], f"until or still; or say `{SETTLED}why`"


@pytest.mark.parametrize(
    "claim",
    [
        "'x' in page.content()",
        "page.url == address",
        "page.locator('li').count() == 3",
        "page.get_by_role('link').first.inner_text() == 'v1'",
        "not page.evaluate('document.title')",
        "[each.strip() for each in heads.all_text_contents()] == []",
    ],
)
def test_what_is_read_once_is_found(claim: str) -> None:
    assert once_read(f"page.click('a')\nassert {claim}\n") == [2]
    assert once_read(f"assert {claim}  {SETTLED}nothing moves\n") == []


@pytest.mark.parametrize(
    "claim",
    ["Ruling.objects.count() == 1", "bench.evaluate(KEY) == 'm'", "server.url", "idle(page)"],
)
def test_what_a_page_cannot_change_is_left_alone(claim: str) -> None:
    assert once_read(f"assert {claim}\n") == []


def test_a_sleep_is_found() -> None:
    assert slept("page.click('a')\npage.wait_for_timeout(300)\n") == [2]
    assert slept(f"page.wait_for_timeout(300)  {SETTLED}the length of a press\n") == []
