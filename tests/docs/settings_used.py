"""Which variables of the environment the code reads, and what it takes where they are not set."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.servers import ROOT

READERS = {"text", "flag", "whole", "rate", "words", "database", "one_of", "secret"}
PREFIXES = ("WORKBENCH_", "DATABASE_")
DOCTEST = "WORKBENCH_DOCTEST"


def variables() -> dict[str, str | None]:
    """By name, the default as a person would write it; None where it is not one plain value."""
    found: dict[str, str | None] = {}
    for folder in ("annotations", "workbench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name, default in _read(tree):
                found[name] = found.get(name) or default
    found.pop(DOCTEST, None)
    return found


def _read(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and _is_name(node.value):
            yield str(node.value), None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            named = isinstance(first, ast.Constant) and _is_name(first.value)
            if named and node.func.attr in READERS:
                yield str(first.value), _default(node)  # type: ignore[union-attr]  # a constant, as was asked


def _is_name(value: object) -> bool:
    """The name alone, not a sentence that has it."""
    return isinstance(value, str) and value.startswith(PREFIXES) and value.isidentifier()


def _default(call: ast.Call) -> str | None:
    said = [*call.args[1:], *(each.value for each in call.keywords if each.arg == "default")]
    if not said or not isinstance(said[0], ast.Constant):
        return None
    value = said[0].value
    return str(value).lower() if isinstance(value, bool) else str(value)
