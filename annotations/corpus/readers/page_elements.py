"""Which elements are open at a place of a page, as far as it matters for its text. Pure.

There is no tree and no recursion: a stack of names, where every element is opened and closed once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

# What begins and ends a paragraph of text.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# What people never read as text, or only as a control.
SILENT = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "map",
        "math",
        "object",
        "optgroup",
        "option",
        "progress",
        "select",
        "svg",
        "template",
        "video",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Where a page keeps what is none of its main text.
OUTSIDE = frozenset(["nav", "header", "footer", "aside", "form", "dialog", "search", "menu"])
_ARTICLES = frozenset(["article", "main"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ENDED_BY: dict[str, frozenset[str]] = {
    "li": frozenset(["li"]),
    **dict.fromkeys(("dt", "dd"), frozenset(["dt", "dd"])),
    **dict.fromkeys(("td", "th"), frozenset(["td", "th"])),
    "tr": frozenset(["td", "th", "tr"]),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"), frozenset(["td", "th", "tr", "tbody", "thead", "tfoot"])
    ),
    **dict.fromkeys(_HEADINGS, _HEADINGS),
}


class Element(NamedTuple):
    name: str
    is_hidden: bool


class Elements:
    """Those that are open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        self._blocks: list[int] = []
        self._hidden = 0

    @property
    def depth(self) -> int:
        return len(self._open)

    @property
    def is_hidden(self) -> bool:
        return self._hidden > 0

    @property
    def kind(self) -> str:
        """The name of the innermost block; "div" outside of all."""
        return self._open[self._blocks[-1]].name if self._blocks else "div"

    def has(self, name: str) -> bool:
        return bool(self._places[name])

    def is_outside(self) -> bool:
        """A header belongs to its article, if it stands in one."""
        return any(
            self.has(name) and not (name == "header" and self._within_article(name))
            for name in OUTSIDE
        )

    def opened(self, name: str, *, is_hidden: bool) -> None:
        """A start tag, with what it ends by itself."""
        if name in BLOCKS:
            self._end_implied(name)
        if name == "a":
            self.closed("a")
        if name in VOID:
            return
        place = len(self._open)
        hides = is_hidden or name in SILENT
        self._open.append(Element(name, hides))
        self._places[name].append(place)
        self._hidden += hides
        if name in BLOCKS:
            self._blocks.append(place)

    def closed(self, name: str) -> None:
        """An end tag; one that nothing is open for is passed over, as is one across a block."""
        places = self._places[name]
        if not places or (name not in BLOCKS and self._blocks and self._blocks[-1] > places[-1]):
            return
        self._close_down_to(places[-1])

    def _end_implied(self, name: str) -> None:
        if self._blocks and self.kind == "p":
            self._close_down_to(self._blocks[-1])
        while self._blocks and self.kind in _ENDED_BY.get(name, ()):
            self._close_down_to(self._blocks[-1])

    def _close_down_to(self, place: int) -> None:
        while len(self._open) > place:
            element = self._open.pop()
            self._places[element.name].pop()
            self._hidden -= element.is_hidden
            if self._blocks and self._blocks[-1] == len(self._open):
                self._blocks.pop()

    def _within_article(self, name: str) -> bool:
        place = self._places[name][0]
        return any(self.has(each) and self._places[each][0] < place for each in _ARTICLES)
