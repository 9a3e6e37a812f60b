"""A page as blocks of text, each of them stretches of the page; what is hidden is left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from annotations.corpus.readers.markup import ENTITY, Token, attributes, tokens
from annotations.corpus.readers.page_elements import BLOCKS, Elements
from annotations.corpus.texts.keeping import Block, Writer

_HIDING = re.compile(r"\bhidden\b|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)
_ATOM = re.compile(rf"[ \t\n\f\r]+|{ENTITY.pattern}|&|[^ \t\n\f\r&]+")
_BLANK = " \t\n\f\r"


@dataclass(slots=True)
class Page:
    """`shown` are the tokens that are neither hidden nor silent, in order."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    shown: list[Token] = field(default_factory=list)
    raw: list[Token] = field(default_factory=list)
    """The content of scripts, and of titles."""
    depth: int = 0


def page_of(text: str) -> Page:
    """
    >>> page = page_of("<nav>Home</nav><h1>Bread &amp; <i>salt</i></h1>Prices rose.")
    >>> [(block.kind, block.text_in(page.text), block.outside) for block in page.blocks]
    [('nav', 'Home', True), ('h1', 'Bread & salt', False), ('div', 'Prices rose.', False)]
    """
    walk = _Walk(text)
    for token in tokens(text):
        walk.take(token)
    walk.end_block(len(text))
    return walk.page


class _Walk:
    def __init__(self, text: str) -> None:
        self.page = Page(text)
        self._elements = Elements()
        self._writer = Writer()
        self._block = Block("div", 0)
        self._unlinked = 0

    def take(self, token: Token) -> None:
        if token.kind == "raw":
            self.page.raw.append(token)
            return
        if token.kind == "start":
            self._start(token)
        elif token.kind == "text" and not self._elements.is_hidden:
            self._text(token)
        if token.kind != "other" and not self._elements.is_hidden:
            self.page.shown.append(token)
        if token.kind == "end":
            self._end(token)

    def end_block(self, place: int) -> None:
        """What was written is a block, if anything was; the next one begins at `place`."""
        block, self._block = self._block, Block("", place)
        block.stretches = self._writer.taken()
        block.linked = not self._unlinked
        self._unlinked = 0
        if block.stretches:
            block.ends = block.stretches[-1].end
            self.page.blocks.append(block)

    def _start(self, token: Token) -> None:
        if token.name in BLOCKS:
            self.end_block(token.end)
        self._elements.opened(token.name, is_hidden=self._hides(token))
        self.page.depth = max(self.page.depth, self._elements.depth)
        if token.name == "br" and not self._elements.is_hidden:
            self._writer.line_break(token.start, token.end)

    def _end(self, token: Token) -> None:
        if token.name in BLOCKS:
            self.end_block(token.end)
        self._elements.closed(token.name)

    def _hides(self, token: Token) -> bool:
        if not _HIDING.search(self.page.text, token.start, token.end):
            return False
        said = attributes(self.page.text, token)
        return "hidden" in said or bool(_HIDDEN_STYLE.search(said.get("style", "")))

    def _text(self, token: Token) -> None:
        if self._block.kind == "":
            self._block.kind = self._elements.kind
        is_new = not self._writer.stretches
        if self._elements.has("pre"):
            self._write_as_it_stands(token)
        else:
            self._write(token)
        if is_new and self._writer.stretches:
            self._block.kind = self._kind()
            self._block.outside = self._elements.is_outside()

    def _kind(self) -> str:
        """What holds it, for what a paragraph inside of it does not say."""
        holders = ("figcaption", "caption", "blockquote", "li", "td", "th", "dd", "dt")
        if self._elements.kind in ("p", "div", "section"):
            return next((each for each in holders if self._elements.has(each)), self._elements.kind)
        return self._elements.kind

    def _write(self, token: Token) -> None:
        for found in _ATOM.finditer(self.page.text, token.start, token.end):
            atom, (start, end) = found.group(), found.span()
            if atom[0] in _BLANK:
                self._writer.space(start, end, is_plain=atom == " ")
                continue
            self._unlinked += not self._elements.has("a")
            if atom[0] == "&" and (now := unescape(atom)) != atom:
                self._entity(start, end, now)
            else:
                self._writer.text(start, end)

    def _entity(self, start: int, end: int, now: str) -> None:
        if now in _BLANK:
            self._writer.space(start, end)
        else:
            self._writer.instead(start, end, now)

    def _write_as_it_stands(self, token: Token) -> None:
        """Preformatted: its white space means something, but for the line ends at both ends."""
        for start, end, now in _as_it_stands(self.page.text, token):
            if not self._writer.stretches and not (now or self.page.text[start:end]).strip():
                continue
            self._unlinked += not self._elements.has("a")
            if now is None:
                self._writer.text(start, end)
            else:
                self._writer.instead(start, end, now)


def _as_it_stands(page: str, token: Token) -> Iterator[tuple[int, int, str | None]]:
    at = token.start
    for found in ENTITY.finditer(page, token.start, token.end):
        now = unescape(found.group())
        if now == found.group():
            continue
        if at < found.start():
            yield at, found.start(), None
        yield found.start(), found.end(), " " if now in _BLANK else now
        at = found.end()
    if at < token.end:
        yield at, token.end, None
