"""Markdown as blocks of text, each of them stretches of the file. Pure.

markdown-it-py says which lines are what block (CommonMark, and tables); what is inside a block is
stripped here, because each character has to lead back to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotations.corpus.readers.inline import Cut, stripped
from annotations.corpus.readers.page_blocks import page_of
from annotations.corpus.texts.keeping import Block, Stretch, Writer

_LINE_END = re.compile("\r\n|\r|\n")
_DEEPEST = 100
_WHITE = re.compile(r"[ \t\r\n]+")
_HOLDERS = ("blockquote", "li", "th", "td")


class TooDeep(ValueError):
    """Quotes in quotes that no reader of Markdown follows to their end: their text would be lost."""


def blocks_of(page: str, start: int = 0) -> Iterator[Block]:
    """The blocks of what follows `start`.

    >>> page = "# Bread\\n\\n- is **dear**"
    >>> [(block.kind, block.text_in(page)) for block in blocks_of(page)]
    [('h1', 'Bread'), ('li', 'is dear')]
    """
    environment: dict[str, Any] = {}
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    reader.core.ruler.disable(["inline", "text_join"])
    source = _Source(page, start)
    found = reader.parse(page[start:], environment)
    if any(token.level >= _DEEPEST - 1 for token in found):
        raise TooDeep
    references = environment.get("references", {})
    for token, kind in _with_kinds(found):
        yield from source.blocks(token, kind, references)


def _with_kinds(found: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each leaf with the name of what holds it."""
    stack: list[str] = []
    for token in found:
        if token.nesting == 1:
            stack.append(token.tag)
        elif token.nesting == -1:
            stack.pop()
        else:
            kind = stack[-1] if stack else "p"
            holder = next((each for each in _HOLDERS if each in stack), kind)
            yield token, holder if kind == "p" else kind


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    read: int
    """Up to where its content has been found: a row of a table has several."""


class _Source:
    """The file by lines, as markdown-it-py counts them."""

    def __init__(self, page: str, start: int) -> None:
        self.page = page
        # The same length; markdown-it-py shows NUL so.
        self.shown = page.replace("\x00", "\ufffd")
        ends = [(found.start(), found.end()) for found in _LINE_END.finditer(page, start)]
        starts = [(start, start), *ends, (len(page), len(page))]
        self.lines = [_Line(a[1], b[0], a[1]) for a, b in pairwise(starts)]

    def blocks(self, token: Token, kind: str, references: dict[str, Any]) -> Iterator[Block]:
        first, last = token.map or (0, 0)
        lines = self.lines[first:last]
        if token.type == "inline":
            pieces = list(self._pieces(token.content, lines))
            yield from self._paragraph(pieces, kind, references)
        elif token.type in ("fence", "code_block"):
            yield from self._code(token, lines)
        elif token.type == "html_block" and lines:
            yield from self._markup(lines[0].start, lines[-1].end)

    def _pieces(self, content: str, lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
        """Where each line of the content stands in the file."""
        for words, line in zip(content.split("\n"), lines, strict=False):
            for said in (words.strip(), words.strip().replace("|", "\\|")):
                at = self.shown.find(said, line.read, line.end)
                if said and at >= 0:
                    line.read = at + len(said)
                    # Two spaces at the end are a line break.
                    yield at, line.end if len(lines) > 1 else line.read
                    break

    def _paragraph(
        self, pieces: Sequence[tuple[int, int]], kind: str, references: dict[str, Any]
    ) -> Iterator[Block]:
        if not pieces:
            return
        text = "\n".join(self.page[start:end] for start, end in pieces)
        found = stripped(text, references)
        stretches = self._written(text, found.cuts, pieces)
        if stretches:
            yield self._block(kind, stretches)
            return
        for start, end in found.images:
            inner = stripped(text[start:end], references).cuts
            moved = [cut._replace(start=cut.start + start, end=cut.end + start) for cut in inner]
            cuts = [Cut(0, start), *moved, Cut(end, len(text))]
            if words := self._written(text, cuts, pieces):
                yield self._block("figcaption", words)

    def _written(
        self, text: str, cuts: Sequence[Cut], pieces: Sequence[tuple[int, int]]
    ) -> list[Stretch]:
        """The paragraph without its cuts, as stretches of the file."""
        place = _Places(pieces).at
        writer = Writer()
        at = 0
        for cut in (*cuts, Cut(len(text), len(text))):
            if cut.start < at:
                continue
            for start, end, is_white in _words(text, at, cut.start):
                if is_white:
                    writer.space(place(start), place(end), is_plain=text[start:end] == " ")
                else:
                    writer.text(place(start), place(end))
            _write_instead(writer, place(cut.start), place(cut.end), cut.now)
            at = cut.end
        return writer.taken()

    def _code(self, token: Token, lines: Sequence[_Line]) -> Iterator[Block]:
        """Its lines as they stand, without the fence and what it is indented by."""
        inside = lines[1:] if token.type == "fence" else lines
        stretches: list[Stretch] = []
        for words, line in zip(token.content.split("\n"), inside, strict=False):
            said = words.rstrip()
            at = self.shown.find(said, line.start, line.end) if said else -1
            if at < 0:
                continue
            if stretches:
                stretches.append(Stretch(stretches[-1].end, at, "\n"))
            stretches.append(Stretch(at, at + len(said)))
        if stretches:
            yield self._block("pre", stretches)

    def _markup(self, start: int, end: int) -> Iterator[Block]:
        for block in page_of(self.page[start:end]).blocks:
            moved = [
                each._replace(start=each.start + start, end=each.end + start)
                for each in block.stretches
            ]
            yield self._block(block.kind, moved)

    @staticmethod
    def _block(kind: str, stretches: list[Stretch]) -> Block:
        return Block(kind, stretches[0].start, stretches[-1].end, stretches=stretches)


class _Places:
    """Places of a paragraph as places of the file."""

    def __init__(self, pieces: Sequence[tuple[int, int]]) -> None:
        self._pieces = pieces
        sizes = (end - start + 1 for start, end in pieces)
        self._starts = [0, *accumulate(sizes)][:-1]

    def at(self, place: int) -> int:
        index = bisect_right(self._starts, place) - 1
        start, end = self._pieces[index]
        return min(start + place - self._starts[index], end)


def _write_instead(writer: Writer, start: int, end: int, now: str) -> None:
    if now == "\n":
        writer.line_break(start, end)
    elif now == " ":
        writer.space(start, end)
    else:
        writer.instead(start, end, now)


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """White space and what is none, in turn."""
    at = start
    for white in _WHITE.finditer(text, start, end):
        if at < white.start():
            yield at, white.start(), False
        yield white.start(), white.end(), True
        at = white.end()
    if at < end:
        yield at, end, False
