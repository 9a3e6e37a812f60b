"""The documentation's Markdown as pages: headings with anchors, tables and code that can be scrolled to. No Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

KEY = re.compile(
    r"[A-Z?,.<>/+↑↓←→]|Ctrl|Shift|Maj|Alt|Enter|Entrée|Esc|Échap|Del|Suppr|Backspace|Retour arrière"
    r"|Home|Début|End|Fin|Page ↑|Page ↓|Ins"
)
"""What stands on a keyboard: in the files it is code, on a page a key."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A place on a page that can be linked to."""

    anchor: str
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class ManualPage:
    """`html` is without the title, which is `title`."""

    title: str
    html: str
    headings: tuple[Heading, ...]


class _Renderer(RendererHTML):
    """What is wider than a phone is scrolled in a frame of its own, which the keyboard reaches."""

    def table_open(self, *_args: Any) -> str:
        return '<div class="scroll" tabindex="0"><table>'

    def table_close(self, *_args: Any) -> str:
        return "</table></div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        made = super().fence(tokens, idx, options, env)
        return made.replace("<pre>", '<pre tabindex="0">', 1)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        made = super().code_inline(tokens, idx, options, env)
        return re.sub(r"\bcode\b", "kbd", made) if KEY.fullmatch(tokens[idx].content) else made


def page_of(markdown: str) -> ManualPage:
    """A page of the documentation; HTML in its text is text.

    >>> page_of("# Try it\\n\\n## Five & more\\n\\n[Code](code.md#all-keys)").headings
    (Heading(anchor='five--more', words='Five & more', level=2),)
    """
    options = {"html": False, "typographer": True}
    reader = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    reader.enable(["table", "smartquotes"])
    tokens = reader.parse(markdown)
    headings = _headings(tokens)
    for each in tokens:
        _link(each)
    title = next((each.words for each in headings if each.level == 1), "")
    body = tokens[3:] if headings and headings[0].level == 1 else tokens
    html = reader.renderer.render(body, reader.options, {})
    return ManualPage(title, html, tuple(each for each in headings if each.level > 1))


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    found = []
    for opening, words in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            said = "".join(each.content for each in words.children or [])
            anchor = anchor_of(said)
            opening.attrSet("id", anchor)
            found.append(Heading(anchor, said, int(opening.tag[1])))
    return found


def anchor_of(heading: str) -> str:
    """As a heading is linked to: small letters, blanks become hyphens, the rest falls away.

    >>> anchor_of("spaCy: a span categoriser")
    'spacy-a-span-categoriser'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _link(token: Token) -> None:
    """Links to other files of the folder become links to their pages."""
    for child in token.children or []:
        if child.type == "link_open":
            child.attrSet("href", _address(str(child.attrGet("href") or "")))
        if child.type == "image":
            child.attrSet("loading", "lazy")


def _address(target: str) -> str:
    name, mark, anchor = target.partition("#")
    page = PurePosixPath(name)
    if page.suffix != ".md":
        return target
    stem = "" if page.stem == "README" else page.stem
    return f"./{stem}{mark}{anchor}"
