"""Where the dots and intervals of the agreement plot stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from annotations.agreement.measuring import Presence
from annotations.codebook.models import Theme
from annotations.desk.figure_words import Cell, cell


@dataclass(frozen=True, slots=True)
class Frame:
    """In the plot's own units: where the axis begins, how long it is, where the first row is, how
    far rows are apart, and how much room the figures have behind the axis.
    """

    left: int
    length: int
    top: int
    step: int
    behind: int

    @property
    def right(self) -> int:
        return self.left + self.length

    def place(self, value: float, lowest: float) -> float:
        return round(self.left + self.length * (max(value, lowest) - lowest) / (1 - lowest), 1)


BESIDE = Frame(left=210, length=520, top=34, step=34, behind=190)
ABOVE = Frame(left=18, length=318, top=56, step=52, behind=18)
"""On a phone names and figures stand above the rails."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One row of the plot; `x`, `low` and `high` are None where there is no such figure."""

    theme: Theme
    cell: Cell
    y: int
    x: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the scale."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Plot:
    """α of each theme on one axis, from a quarter at or below all that is shown to 1."""

    dots: list[Dot]
    ticks: list[Tick]
    height: int
    frame: Frame

    @property
    def width(self) -> int:
        return self.frame.right + self.frame.behind


def plot(rows: Sequence[tuple[Theme, Presence]], frame: Frame = BESIDE) -> Plot:
    """Where every dot stands; the axis reaches below 0 only where a figure does, and no further."""
    ends = [each.interval.low for _, each in rows if each.interval]
    values = [each.alpha.value for _, each in rows if each.alpha.value is not None]
    lowest = max(-1.0, floor(min([0.0, *ends, *values]) * 4) / 4)
    dots = [_dot(theme, each, row, lowest, frame) for row, (theme, each) in enumerate(rows)]
    steps = [step / 4 for step in range(round(lowest * 4), 5)]
    ticks = [Tick(f"{step:.2f}".replace("-", "−"), frame.place(step, lowest)) for step in steps]
    return Plot(dots, ticks, frame.top + frame.step * len(dots) + 6, frame)


def _dot(theme: Theme, each: Presence, row: int, lowest: float, frame: Frame) -> Dot:
    drawn = each.interval
    value = each.alpha.value
    return Dot(
        theme=theme,
        cell=cell(each.alpha, drawn),
        y=frame.top + row * frame.step,
        x=None if value is None else frame.place(value, lowest),
        low=frame.place(drawn.low, lowest) if drawn else None,
        high=frame.place(drawn.high, lowest) if drawn else None,
    )
