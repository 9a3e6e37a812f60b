"""Bars of a release: how often each label is there, divided by stance. Geometry alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEGIBLE = 17
"""A part that is narrower has no sign in it; its title says what it is."""
SHADES = (0.9, 0.3, 0.6, 0.14, 0.75, 0.45)
"""Neighbours differ; the sign in a part, its title and the table say which it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """In the drawing's own units; `above` says that names stand above their bars."""

    left: int
    length: int
    behind: int
    step: int
    thick: int
    longest: int
    above: bool = False

    @property
    def width(self) -> int:
        return self.left + self.length + self.behind


BESIDE = Frame(left=196, length=430, behind=54, step=27, thick=19, longest=27)
ABOVE = Frame(left=2, length=292, behind=44, step=45, thick=18, longest=40, above=True)
"""On a phone."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A part of a bar as it is asked for: its sign, its name, how often, where they are listed."""

    sign: str
    name: str
    times: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A bar as it is asked for; `colour` is the theme's slot, 0 for none."""

    name: str
    parts: Sequence[Counted]
    colour: int = 0
    code: str = ""

    @property
    def times(self) -> int:
        return sum(part.times for part in self.parts)


@dataclass(frozen=True, slots=True)
class Part:
    """A drawn part; `sign` is empty where it has no room."""

    x: float
    width: float
    shade: float
    sign: str
    name: str
    href: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn bar; `text` is cut to the room that it has, `name` is whole."""

    text: str
    name: str
    colour: int
    y: int
    name_y: int
    parts: Sequence[Part]
    times: int
    end: float
    middle: int


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars of a drawing, each as long as it is often."""

    rows: Sequence[Bar]
    frame: Frame
    height: int

    @property
    def width(self) -> int:
        return self.frame.width


def bars(asked: Sequence[Asked], frame: Frame = BESIDE) -> Bars:
    """In their order; the longest takes all the room.

    >>> found = bars([Asked("a", [Counted("", "a", 4)]), Asked("b", [Counted("", "b", 1)])])
    >>> [row.parts[0].width for row in found.rows]
    [430.0, 107.5]
    """
    most = max((each.times for each in asked), default=0) or 1
    rows = [_bar(each, at, most, frame) for at, each in enumerate(asked)]
    return Bars(rows, frame, 6 + frame.step * len(rows))


def _bar(asked: Asked, at: int, most: int, frame: Frame) -> Bar:
    y = 4 + at * frame.step + (18 if frame.above else 0)
    x, parts = float(frame.left), []
    for place, each in enumerate(asked.parts):
        if not each.times:
            continue
        width = frame.length * each.times / most
        parts.append(
            Part(
                x=round(x, 1),
                width=round(width, 1),
                shade=SHADES[place % len(SHADES)],
                sign=each.sign if width >= LEGIBLE else "",
                name=f"{asked.name} · {each.name}: {each.times}" if each.name else asked.name,
                href=each.href,
            )
        )
        x += width
    name = asked.name
    return Bar(
        text=name if len(name) <= frame.longest else f"{name[: frame.longest - 1]}…",
        name=name,
        colour=asked.colour,
        y=y,
        name_y=y - 9 if frame.above else y + frame.thick // 2,
        parts=parts,
        times=asked.times,
        end=round(x + 8, 1),
        middle=y + frame.thick // 2,
    )
