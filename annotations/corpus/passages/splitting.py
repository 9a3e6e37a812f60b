"""Text → paragraphs → sentences: the passages that people read, in code points.

Passages cover every character that is not white space, in order and without overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from annotations.corpus.passages.mending import mended
from annotations.corpus.passages.scripts import script_language

# Quotes cost the splitter quadratic time, so a long line is read through a window.
_WINDOW = 3_000
# No sentence is longer; what is, a list or a text without full stops, is cut at a pause.
LONGEST = 1_500
# For each stop in a Danish text the splitter takes 0.2 ms; where no prose has so many, its
# neighbour's rules do.
_SLOW = {"da": "nb"}
_MANY_STOPS = 80
_STOP = re.compile("[.!?…。！？]")
_LINE = re.compile("[^\n]+")
_WIDE = re.compile(r"[^\S ]")
_PAUSES = (
    re.compile(r"[;:；：]\s*"),
    re.compile(r"[,，、]\s*"),
    re.compile(r"\s+"),
)
# Cutting before one of these would tear a visible character.
_JOINS = re.compile("[\u0300-\u036f\u200d\ufe0f\U0001f3fb-\U0001f3ff]")


class Sentence(NamedTuple):
    """`[start, end)` of the text; paragraph and sentence number count from 1."""

    start: int
    end: int
    paragraph: int
    sentence: int


def split(text: str, language: str | None = None) -> list[Sentence]:
    """The sentences of an LF text. Each line that is not blank is a paragraph.

    `language` (ISO 639-1) helps with abbreviations; a line in another script goes by its script.

    >>> [text[s.start:s.end] for text in ["Un. Deux !\\n\\n  Trois"] for s in split(text, "fr")]
    ['Un.', 'Deux !', 'Trois']
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for line in _LINE.finditer(text):
        spans = list(_line_spans(line.group(), language or "en"))
        if spans:
            paragraph += 1
        sentences.extend(
            Sentence(line.start() + start, line.start() + end, paragraph, number)
            for number, (start, end) in enumerate(spans, start=1)
        )
    return sentences


def _line_spans(line: str, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _sentence_ends(line, script_language(line[:_WINDOW]) or language):
        first, behind = _trimmed(line, start, end)
        if behind - first > LONGEST:
            yield from _readable(line, first, behind)
        elif first < behind:
            yield first, behind
        start = end


def _sentence_ends(line: str, language: str) -> list[int]:
    """Where sentences end, the last one at the end of the line."""
    ends: list[int] = []
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW]
        is_last = start + len(window) == len(line)
        cuts = mended(window, _boundaries(window, language), language)
        # The last piece of a window may go on after it: the next window begins with it.
        complete = cuts if is_last else cuts[:-1] or [pause(window, LONGEST)]
        ends.extend(start + cut for cut in complete)
        start = ends[-1]
    return ends


def _boundaries(window: str, language: str) -> list[int]:
    if language in _SLOW and len(_STOP.findall(window)) > _MANY_STOPS:
        language = _SLOW[language]
    try:
        found = get_sentence_boundaries(language, window)
    except BaseException as panic:  # what the library's Rust calls a panic is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        # It counts bytes where a wide space stands before a full stop: "plan B\u00a0."
        found = get_sentence_boundaries(language, _WIDE.sub(" ", window))
    return [each["end_index"] for each in found]


def _readable(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without white space at its ends, cut where it is too long to read."""
    while end - start > LONGEST:
        cut = start + pause(line[start:end], LONGEST)
        yield _trimmed(line, start, cut)
        start, end = _trimmed(line, cut, end)
    if start < end:
        yield start, end


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    piece = line[start:end].rstrip()
    bare = piece.lstrip()
    start += len(piece) - len(bare)
    return start, start + len(bare)


def pause(stretch: str, longest: int) -> int:
    """Where to cut a stretch longer than `longest`: after the last pause in the second half.

    A semicolon is better than a comma, a comma better than a space, and any place between two
    visible characters better than nothing.

    >>> pause("un mot, deux mots et trois mots", longest=20)
    18
    """
    for pattern in _PAUSES:
        places = [found.end() for found in pattern.finditer(stretch, 0, longest)]
        if places and places[-1] > longest // 2:
            return places[-1]
    cut = longest
    while cut > longest // 2 and (_JOINS.match(stretch[cut]) or stretch[cut - 1] == "\u200d"):
        cut -= 1
    return cut
