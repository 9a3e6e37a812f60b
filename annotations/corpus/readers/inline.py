"""The text of a Markdown paragraph without its marks: what is cut, and what stands instead. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from html import unescape
from typing import NamedTuple

from markdown_it.common.utils import normalizeReference

from annotations.corpus.readers.emphasis import Delimiters, delimiters, marks
from annotations.corpus.readers.markup import ENTITY

_TITLE = r""""(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\)"""
_BARE = r"(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*+\))*+"
_TARGET = re.compile(rf"\(\s*+(?:<[^<>\n]*+>|{_BARE})(?:\s++(?:{_TITLE}))?+\s*+\)")
_LABEL = re.compile(r"\[((?:\\.|[^\[\]\\]){0,999}+)\]")
_SIGN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<link><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[^\s<>@]{1,99}@[^\s<>]{1,255})>)"
    r"|(?P<gone><!--(?s:.{0,2000}?)-->|<(?P<raw>script|style)\b[^>]*+>(?s:.{0,5000}?)</(?P=raw)\s*+>)"
    r"|(?P<br><br\b[^<>]{0,100}>|\\\n| {2,}\n)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?/?>)"
    rf"|(?P<entity>{ENTITY.pattern})"
    r"|(?P<open>!?\[)|(?P<close>\])"
    r"|(?P<emphasis>\*+|_+|~~+)",
    re.I,
)


class Cut(NamedTuple):
    """`[start, end)` of the paragraph is not text, or `now` instead."""

    start: int
    end: int
    now: str = ""


class Stripped(NamedTuple):
    """Cuts in order, without overlap; and where the words stand that images are described by."""

    cuts: list[Cut]
    images: list[tuple[int, int]]


def stripped(text: str, references: Container[str] = ()) -> Stripped:
    """
    >>> [(cut.start, cut.end) for cut in stripped("*Bread* is [dear](/a)").cuts]
    [(0, 1), (6, 7), (11, 12), (16, 21)]
    """
    scan = _Scan(text, references)
    scan.run()
    scan.cuts += (Cut(start, end) for start, end in marks(text, scan.runs))
    return Stripped(sorted(scan.cuts), scan.images)


class _Scan:
    def __init__(self, text: str, references: Container[str]) -> None:
        self.text = text
        self.references = references
        self.cuts: list[Cut] = []
        self.images: list[tuple[int, int]] = []
        self.runs: list[Delimiters] = []
        self._brackets: list[tuple[int, int]] = []
        self._ticks = _tick_runs(text)

    def run(self) -> None:
        at = 0
        while found := _SIGN.search(self.text, at):
            at = self._take(found, found.start(), found.end())

    def _take(self, found: re.Match[str], start: int, end: int) -> int:
        """Where to go on."""
        kind = found.lastgroup
        if kind == "ticks":
            return self._code(start, end)
        if kind == "close":
            return self._bracket_closed(start, end)
        if kind == "open":
            self._brackets.append((start, end))
        elif kind == "emphasis":
            self.runs.append(delimiters(self.text, start, end))
        else:
            self.cuts += _cuts(kind or "", found.group(), start, end)
        return end

    def _code(self, start: int, end: int) -> int:
        """Up to the next run of as many ticks; without one they are characters."""
        same = self._ticks[end - start]
        while same and same[-1] < end:
            same.pop()
        if not same:
            return end
        close = same[-1]
        self.cuts += Cut(start, end), Cut(close, close + end - start)
        return close + end - start

    def _bracket_closed(self, start: int, end: int) -> int:
        if not self._brackets:
            return end
        opened, inner = self._brackets.pop()
        after = self._target_end(inner, start, end)
        if after is None:
            return end
        if self.text[opened] == "!":
            self._drop_since(opened)
            self.images.append((inner, start))
            self.cuts.append(Cut(opened, after))
        else:
            self.cuts += Cut(opened, inner), Cut(start, after)
        return after

    def _target_end(self, inner: int, start: int, end: int) -> int | None:
        """Where the link ends whose words are [inner, start); None if it is no link."""
        if target := _TARGET.match(self.text, end):
            return target.end()
        label = _LABEL.match(self.text, end)
        if label and label[1].strip():
            return label.end() if self._refers(label[1]) else None
        if start - inner > 999 or not self._refers(self.text[inner:start]):
            return None
        return label.end() if label else end

    def _refers(self, label: str) -> bool:
        return normalizeReference(label) in self.references

    def _drop_since(self, place: int) -> None:
        """What was found in the words of an image goes with them."""
        while self.cuts and self.cuts[-1].start >= place:
            self.cuts.pop()
        while self.runs and self.runs[-1].start >= place:
            self.runs.pop()
        while self.images and self.images[-1][0] >= place:
            self.images.pop()


def _cuts(kind: str, sign: str, start: int, end: int) -> Iterator[Cut]:
    if kind == "escape":
        yield Cut(start, start + 1)
    elif kind == "link":
        yield Cut(start, start + 1)
        yield Cut(end - 1, end)
    elif kind == "br":
        yield Cut(start, end, "\n")
    elif kind == "entity":
        if (now := unescape(sign)) != sign:
            yield Cut(start, end, " " if now.isspace() and now != "\u00a0" else now)
    else:
        yield Cut(start, end)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """By length: where runs of ticks begin, the last first."""
    found: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer(r"`+", text):
        found[len(run.group())].append(run.start())
    for starts in found.values():
        starts.reverse()
    return found
