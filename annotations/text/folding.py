"""The form of a text that search compares: no case, no accents. And the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

PIECE = 4096
RUN = 4096
_DROPPED = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BLANKS = re.compile(r"\s+")
_ALIKE = (("\u2018", "'"), ("\u2019", "'"), ("\u02bc", "'"), ("\u2010", "-"), ("\u2011", "-"))


def folded(text: str) -> str:
    """`text` without case and without the marks on Latin, Greek and Cyrillic letters.

    Only for comparing: its offsets are not those of `text`.

    >>> folded("ŒUVRE Élevée"), folded("Straße")
    ('œuvre elevee', 'strasse')
    >>> folded("が") == folded("か")  # in Japanese the mark is another syllable
    False
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart).casefold())


def searchable(text: str) -> str:
    """What search looks through: folded, apostrophes and hyphens of one kind, single spaces.

    Invisible characters (soft hyphens, marks of direction) are left out.

    >>> searchable("L’Été\\n à  Paris")
    "l'ete a paris"
    """
    bare = folded(text)
    if not bare.isascii():
        for sign, plain in _ALIKE:
            bare = bare.replace(sign, plain)
    # What is dropped cannot be printed, and no white space can but the space itself.
    if "  " in bare or not bare.isprintable():
        return _BLANKS.sub(" ", _DROPPED.sub("", bare))
    return bare


def runs(forms: Sequence[str]) -> list[str | None]:
    """Searchable forms of passages that follow one another, joined line by line into runs of about
    `RUN` characters: each stands with the first form of its run, the others have None.

    >>> runs(["a", "b"]), [run and len(run) for run in runs(["a" * RUN, "b", "c"])]
    (['a\\nb', None], [4096, 3, None])
    """
    found: list[str | None] = [None] * len(forms)
    first = number = at = 0
    for place, form in enumerate(forms):
        if at // RUN > number:
            found[first] = "\n".join(forms[first:place])
            first, number = place, at // RUN
        at += len(form) + 1
    if forms:
        found[first] = "\n".join(forms[first:])
    return found


def occurrences(wanted: str, text: str, *, most: int = 200) -> list[tuple[int, int]]:
    """Where `wanted`, already searchable, stands in `text`: [start, end) in its code points.

    At most `most`, none overlapping; a hit takes letters with all their marks.

    >>> occurrences(searchable("ete"), "Cet e\u0301te\u0301, l’été.")
    [(4, 9), (13, 16)]
    """
    if not wanted:
        return []
    pieces = list(_pieces(text))
    whole = "".join(each for _, each in pieces)
    found: list[tuple[int, int]] = []
    at = whole.find(wanted)
    place = _Places(text, pieces)
    while at >= 0 and len(found) < most:
        start, end = place.of(at)[0], place.of(at + len(wanted) - 1)[1]
        if not found or found[-1][1] <= start:  # ß holds two letters that may be sought
            found.append((start, end))
        at = whole.find(wanted, at + len(wanted))
    return found


class _Places:
    """Letters of the folded form → stretches of the text; ask in ascending order."""

    def __init__(self, text: str, pieces: list[tuple[int, str]]) -> None:
        self._text = text
        self._pieces = pieces
        self._number, self._before = 0, 0
        self._here: list[tuple[int, int]] | None = None

    def of(self, at: int) -> tuple[int, int]:
        while at >= self._before + len(self._pieces[self._number][1]):
            self._before += len(self._pieces[self._number][1])
            self._number += 1
            self._here = None
        if self._here is None:
            self._here = self._letters()
        return self._here[min(at - self._before, len(self._here) - 1)]

    def _letters(self) -> list[tuple[int, int]]:
        """For each letter of this piece's folded form, the stretch that it came from."""
        start = self._pieces[self._number][0]
        last = self._number + 1 == len(self._pieces)
        end = len(self._text) if last else self._pieces[self._number + 1][0]
        found: list[tuple[int, int]] = []
        blank = False
        for first, behind in _clusters(self._text, start, end):
            letters = searchable(self._text[first:behind])
            if blank and letters[:1] == " ":
                letters = letters[1:]  # a run of blanks is one
            if letters:
                blank = letters[-1] == " "
            found += [(first, behind)] * len(letters)
        return found or [(start, end)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(start, folded form) of stretches that fold each for itself."""
    start = 0
    while start < len(text):
        end = min(start + PIECE, len(text))
        while end < len(text) and (_joins(text[end]) or not searchable(text[end - 1]).strip()):
            end += 1
        yield start, searchable(text[start:end])
        start = end


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for at in range(start + 1, end):
        if not _joins(text[at]):
            yield first, at
            first = at
    if first < end:
        yield first, end


def _joins(char: str) -> bool:
    """Whether it may become one with what stands before it: marks, and the later jamo of Hangul."""
    if char < "\u0300":
        return False
    if "\u1160" <= char <= "\u11ff" or char in "\uff9e\uff9f":
        return True
    return unicodedata.category(char).startswith("M")
