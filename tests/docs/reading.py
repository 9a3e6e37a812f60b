"""The pages of the documentation, as they can be compared with the product."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.servers import ROOT

DOCS = ROOT / "docs"
FENCED = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")


def pages() -> list[Path]:
    """What a reader is sent through; README first."""
    return [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


@cache
def prose(page: Path) -> str:
    """Without its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def inline(page: Path) -> list[str]:
    """What stands between backticks in running text and tables."""
    return INLINE.findall(prose(page))


def typed(page: Path) -> list[str]:
    """The lines of its consoles, and indented by four; comments and continuations joined."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    consoles = [body for language, body in FENCED.findall(text) if language == "console"]
    indented = re.findall(r"^ {4}(\S.*)$", FENCED.sub("", text), re.MULTILINE)
    lines = [line for body in consoles for line in body.splitlines()] + indented
    return [line.split("  #")[0].strip() for line in lines if line.strip()]


def table(page: Path, heading: str) -> list[list[str]]:
    """The rows, without the head, of the first table under a heading."""
    text = prose(page)
    found = re.search(rf"^#+ {re.escape(heading)}$", text, re.MULTILINE)
    assert found, f"{page.name} has no heading {heading!r}"
    rows: list[list[str]] = []
    for line in text[found.end() :].splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows or line.startswith("#"):
            break
    return rows[2:]
