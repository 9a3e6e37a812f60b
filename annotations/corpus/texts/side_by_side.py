"""Two texts line by line beside each other, with what differs in each line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

_LONGEST_COMPARED = 4_000


class Bit(NamedTuple):
    """A stretch of a line; `differs` from the other side."""

    text: str
    differs: bool


class Row(NamedTuple):
    """Line `number` (from 1) on both sides."""

    number: int
    before: list[Bit]
    after: list[Bit]


def rows(before: str, after: str) -> list[Row]:
    """Only lines that differ; where one text has more lines, the other side is empty.

    >>> [(row.number, row.after) for row in rows("a\\ndĂ©", "a\\ndé")]
    [(2, [Bit(text='d', differs=False), Bit(text='é', differs=True)])]
    """
    pairs = zip_longest(before.split("\n"), after.split("\n"), fillvalue="")
    return [
        Row(number, *_bits(one, other))
        for number, (one, other) in enumerate(pairs, start=1)
        if one != other
    ]


def _bits(one: str, other: str) -> tuple[list[Bit], list[Bit]]:
    if max(len(one), len(other)) > _LONGEST_COMPARED:
        return [Bit(one, differs=True)], [Bit(other, differs=True)]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return (
        list(_side(one, [(block.a, block.size) for block in blocks])),
        list(_side(other, [(block.b, block.size) for block in blocks])),
    )


def _side(line: str, same: Sequence[tuple[int, int]]) -> Iterator[Bit]:
    at = 0
    for start, size in same:
        if start > at:
            yield Bit(line[at:start], differs=True)
        if size:
            yield Bit(line[start : start + size], differs=False)
        at = start + size
