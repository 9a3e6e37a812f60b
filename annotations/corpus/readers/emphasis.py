"""Which asterisks and underscores of Markdown are marks, and not characters of the text. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Delimiters:
    """A run of one character; `[start, end)` shrinks as its characters turn out to be marks."""

    start: int
    end: int
    opens: bool
    closes: bool


def delimiters(text: str, start: int, end: int) -> Delimiters:
    """What a run may do where it stands (CommonMark 0.31, 6.2)."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (not _is_punctuation(after) or _parts(before))
    right = not before.isspace() and (not _is_punctuation(before) or _parts(after))
    if text[start] != "_":
        return Delimiters(start, end, left, right)
    opens = left and (not right or _is_punctuation(before))
    return Delimiters(start, end, opens, right and (not left or _is_punctuation(after)))


def marks(text: str, runs: Iterable[Delimiters]) -> Iterator[tuple[int, int]]:
    """The stretches that are marks, in no order: pairs of an opening and a closing one."""
    openers: dict[str, list[Delimiters]] = defaultdict(list)
    for run in runs:
        sign = text[run.start]
        own = openers[sign]
        while run.closes and own and run.start < run.end:
            opener = own[-1]
            size = min(2, run.end - run.start, opener.end - opener.start)
            if sign == "~" and size < 2:
                break
            yield opener.end - size, opener.end
            yield run.start, run.start + size
            opener.end -= size
            run.start += size
            _forget(openers, opener)
        if run.opens and run.start < run.end:
            own.append(run)


def _forget(openers: dict[str, list[Delimiters]], since: Delimiters) -> None:
    """Nothing that was opened inside may be closed outside."""
    for stack in openers.values():
        while stack and (stack[-1].start > since.start or stack[-1].start == stack[-1].end):
            stack.pop()


def _parts(character: str) -> bool:
    return character.isspace() or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
