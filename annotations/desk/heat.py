"""Squares that are the darker the more they count: where they stand in a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from os.path import commonprefix

SIDE, GUTTER = 42, 8
NARROW, LONGEST = 36, 6
"""Room that short labels need; characters that a column has room for."""
DARKEST = 0.42
"""Ink on the darkest square still has a contrast of 4.5 : 1, in both schemes."""


@dataclass(frozen=True, slots=True)
class Square:
    """`shade` is from 0 to DARKEST; `text` the figure in it, `href` where it leads.

    `place` is its upper left corner in the drawing, "x y".
    """

    text: str
    shade: float
    href: str = ""
    name: str = ""
    same: bool = False
    place: str = ""

    @property
    def ink(self) -> str:
        """The shade as SVG writes it, whatever the language."""
        return f"{self.shade:.3f}"


@dataclass(frozen=True, slots=True)
class Label:
    """What a row and its column are, in short; `colour` is a theme's, 0 for none."""

    text: str
    across: str
    colour: int
    at: int


@dataclass(frozen=True, slots=True)
class Heat:
    """A drawing of squares with its labels, in its own units."""

    squares: Sequence[Square]
    labels: Sequence[Label]
    left: int
    width: int
    height: int
    inner: int = SIDE - 2
    middle: int = SIDE // 2 - 1


def heat(names: Sequence[tuple[str, int]], rows: Sequence[Sequence[Square]], *, left: int) -> Heat:
    """`names` are labels with their colours, of rows and columns alike; `left` is their room.

    Of long ones a column shows what follows the beginning that they share.
    """
    top = 30
    squares = [
        replace(one, place=f"{left + column * SIDE} {top + row * SIDE}")
        for row, line in enumerate(rows)
        for column, one in enumerate(line)
    ]
    same = len(commonprefix([text for text, _colour in names])) if left > NARROW else 0
    labels = [
        Label(text, text[same:][:LONGEST], colour, at * SIDE + SIDE // 2)
        for at, (text, colour) in enumerate(names)
    ]
    size = len(names) * SIDE
    return Heat(squares, labels, left, left + size + GUTTER, top + size + GUTTER)


def shade(part: float, of: float) -> float:
    """By the root, so that small numbers are still told from none."""
    return DARKEST * (max(0.0, part) / of) ** 0.5 if of > 0 else 0.0
