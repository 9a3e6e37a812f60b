"""Tables and figures as Markdown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_MARKS = re.compile(r"[\\|]|(?<=\])\(")


def table(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """
    >>> print(table(("Theme", "Labels"), [("a|b", 2)]))
    | Theme | Labels |
    | --- | --- |
    | a\\|b | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(value: object) -> str:
    """One cell; empty for None."""
    return "" if value is None else words(str(value))


def words(said: str) -> str:
    r"""Somebody's words in one line, none of which is a cell, a link, a picture or an element.

    >>> print(words("![a|b](//c)\n<img src=x>"))
    ![a\|b]\(//c) &lt;img src=x>
    """
    return without_elements(_MARKS.sub(r"\\\g<0>", " ".join(said.split())))


def without_elements(said: str) -> str:
    """Somebody's Markdown, in which nothing is HTML."""
    return said.replace("<", "&lt;")


def counts(head: str, what: str, found: Mapping[str, int]) -> str:
    """The most frequent first."""
    in_order = sorted(found, key=lambda name: (-found[name], name))
    return table((head, what), [(name, found[name]) for name in in_order])


def figure(said: Mapping[str, Any] | None) -> str:
    """
    >>> figure({"value": 0.71234, "interval": {"low": 0.6, "high": 0.8}})
    '0.71 [0.60, 0.80]'
    >>> figure({"value": None, "reason": "one coder only"})
    'n/a (one coder only)'
    """
    if said is None:
        return "n/a"
    if said.get("value") is None:
        return f"n/a ({said['reason']})" if said.get("reason") else "n/a"
    drawn = said.get("interval") or {}
    if drawn.get("low") is None or drawn.get("high") is None:
        return f"{said['value']:.2f}"
    return f"{said['value']:.2f} [{drawn['low']:.2f}, {drawn['high']:.2f}]"


def agreement(manifest: Mapping[str, Any]) -> str:
    """A table for each edition: α with its interval, theme by theme."""
    parts = []
    for each in manifest["agreement"]:
        rows = [
            (f"`{theme['theme']}`", figure(theme["alpha"]), figure(theme["percent_agreement"]))
            for theme in each["themes"]
        ]
        drawn = each["intervals"]
        parts += [
            f"Edition {each['edition']} of the codebook: {each['coders']} coders, "
            f"{each['documents_compared']} documents coded by two or more, {each['passages']} "
            f"passages. α over sets of themes (MASI): {figure(each['alpha_masi'])}.",
            table(("Theme", "Krippendorff’s α", "Percent agreement"), rows) if rows else "",
            f"Intervals: {drawn['method']}, level {drawn['level']}, {drawn['samples']} samples "
            f"of {drawn['stories']} stories.",
        ]
    return "\n\n".join(part for part in parts if part)
