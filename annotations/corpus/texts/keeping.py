"""What is kept of a page: stretches of it, one after another, as a recorded step. Pure.

The step says everything, so that replaying it needs no reader, and no library that chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotations.corpus.texts.refusals import Unreadable
from annotations.corpus.texts.substituting import StepMismatch
from annotations.text.offset_map import OffsetMap, Run
from annotations.text.phrases import wording

STEP = "kept"
BETWEEN_BLOCKS = "\n\n"
# Each is a row of the recorded step; no page that people read comes near.
MOST_STRETCHES = 500_000
SCATTERED = wording("The page consists of too many pieces. Save its text as a .txt file in UTF-8.")
_LINE_END = re.compile("\r\n|\r|\n")


class Stretch(NamedTuple):
    """`[start, end)` of the page, as it stands there, or as `now` where it means something else."""

    start: int
    end: int
    now: str | None = None

    def text_in(self, page: str) -> str:
        return page[self.start : self.end] if self.now is None else self.now


@dataclass(slots=True)
class Block:
    """A paragraph, heading, cell … of a page. `kind` is the name of its element.

    `begins` and `ends` are where it stands in the page; `outside` says that it is none of the main
    text by where it stands (navigation, footer), `linked` that all of it is one link or several.
    """

    kind: str
    begins: int
    ends: int = 0
    outside: bool = False
    linked: bool = False
    stretches: list[Stretch] = field(default_factory=list)

    def text_in(self, page: str) -> str:
        return "".join(stretch.text_in(page) for stretch in self.stretches)


def joined(page: str, blocks: Sequence[Block], format: str) -> tuple[str, dict[str, Any]]:
    """The text of these blocks, with blank lines between them, and the step that takes it there.

    Raises `Unreadable` where the step would be larger than what it is about.
    """
    stretches = list(_with_gaps(blocks))
    if len(stretches) > MOST_STRETCHES:
        raise Unreadable("page", SCATTERED)
    recorded = [
        [each.start, each.end] if each.now is None else [each.start, each.end, each.now]
        for each in stretches
    ]
    text = "".join(stretch.text_in(page) for stretch in stretches)
    return text, {"step": STEP, "format": format, "stretches": recorded}


def first_lines(page: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """For each block its first line and the line after its last, in the text that `joined` gives.

    >>> block = Block("pre", 0, stretches=[Stretch(0, 3)])
    >>> list(first_lines("a\\nb", [block, block]))
    [(0, 2), (3, 5)]
    """
    line = 0
    for block in blocks:
        after = line + len(_LINE_END.findall(block.text_in(page))) + 1
        yield line, after
        line = after + 1


def replay(page: str, step: Mapping[str, Any]) -> tuple[str, OffsetMap]:
    """The text that a recorded step kept, and the map to the page.

    Raises `StepMismatch` where the page is too short, or the stretches are out of order.

    >>> replay("<b>R&amp;D</b>", {"stretches": [[3, 4], [4, 9, "&"], [9, 10]]})[0]
    'R&D'
    """
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for start, end, *now in step["stretches"]:
        if not at <= start <= end <= len(page):
            raise StepMismatch(f"[{start}, {end}) is no stretch of this page.")
        new = now[0] if now else page[start:end]
        runs.append(Run(1, 0, start - at))
        runs.append(Run(1, len(new), end - start) if now else Run(end - start, 1, 1))
        parts.append(new)
        at = end
    runs.append(Run(1, 0, len(page) - at))
    return "".join(parts), OffsetMap(runs)


def _with_gaps(blocks: Iterable[Block]) -> Iterator[Stretch]:
    """A blank line stands for all that was left out there, so that it leads somewhere too."""
    before: Stretch | None = None
    for block in blocks:
        if before and block.stretches:
            yield Stretch(before.end, block.stretches[0].start, BETWEEN_BLOCKS)
        yield from block.stretches
        before = block.stretches[-1] if block.stretches else before


class Writer:
    """Takes down what a block is made of: white space collapsed, neighbours joined."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self._space: Stretch | None = None
        self._breaks: list[Stretch] = []

    def text(self, start: int, end: int) -> None:
        """Text that has no white space to collapse."""
        self._settle()
        last = self.stretches[-1] if self.stretches else None
        if last and last.now is None and last.end == start:
            self.stretches[-1] = Stretch(last.start, end)
        else:
            self.stretches.append(Stretch(start, end))

    def instead(self, start: int, end: int, now: str) -> None:
        """`now` for what stands there; nothing at all if it is empty."""
        if now:
            self._settle()
            self.stretches.append(Stretch(start, end, now))

    def space(self, start: int, end: int, *, is_plain: bool = False) -> None:
        """White space; `is_plain` if it is one space character already."""
        if self._space is None:
            self._space = Stretch(start, end, None if is_plain else " ")

    def line_break(self, start: int, end: int) -> None:
        """A line ends here; more than two in a row are two."""
        self._space = None
        if len(self._breaks) < 2:
            self._breaks.append(Stretch(start, end, "\n"))

    def taken(self) -> list[Stretch]:
        """What was written, without white space at its ends; the next block begins."""
        found, self.stretches = self.stretches, []
        self._space, self._breaks = None, []
        return found

    def _settle(self) -> None:
        """White space counts between two pieces of text only, and at a line's end not at all."""
        waiting, self._breaks = self._breaks, []
        space, self._space = self._space, None
        if not self.stretches:
            return
        if waiting:
            self.stretches += waiting
        elif space and space.now is None and self._ends_plain_at(space.start):
            self.stretches[-1] = Stretch(self.stretches[-1].start, space.end)
        elif space:
            self.stretches.append(space)

    def _ends_plain_at(self, place: int) -> bool:
        last = self.stretches[-1]
        return last.now is None and last.end == place
