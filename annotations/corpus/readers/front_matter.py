"""The lines `key: value` that a Markdown file may begin with, between two lines of dashes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_FENCED = re.compile(
    r"\ufeff?---[ \t]*+(?:\r\n|\r|\n)((?:(?!---|\.\.\.)[^\r\n]*+(?:\r\n|\r|\n)){0,200})"
    r"(?:---|\.\.\.)[ \t]*+(?:\r\n|\r|\n|\Z)"
)
_LINE = re.compile(r"^([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]+(\S[^\r\n]*)", re.M)
_ITEM = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]*))\s*(?:,|$)""")


class FrontMatter(NamedTuple):
    """Values by key in lower case, quotes and brackets gone; the text begins at `end`."""

    said: Mapping[str, str]
    end: int

    def first(self, *keys: str) -> str:
        return next((self.said[key] for key in keys if self.said.get(key)), "")


def front_matter(text: str) -> FrontMatter:
    """
    >>> front_matter("---\\ntitle: 'Bread is dear'\\nauthors: [Ada, Ben]\\n---\\nPrices rose.")
    FrontMatter(said={'title': 'Bread is dear', 'authors': 'Ada, Ben'}, end=51)
    """
    found = _FENCED.match(text)
    said = (
        {key.strip().lower(): _plain(value.strip()) for key, value in _LINE.findall(found[1])}
        if found
        else {}
    )
    return FrontMatter(said, found.end() if found and said else 0)


def _plain(value: str) -> str:
    if value.startswith("[") and value.endswith("]"):
        items = (next((each for each in item if each), "") for item in _ITEM.findall(value[1:-1]))
        return ", ".join(item.strip() for item in items if item.strip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value.split(" #", 1)[0].strip()
