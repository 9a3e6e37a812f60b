"""Bars of stances, one for each value, drawn to the same length. Geometry alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, LENGTH, BEHIND, STEP, THICK = 96, 214, 34, 26, 18
LEGIBLE = 16
"""A part that is narrower has no sign in it; its title says what it is."""
LONGEST = 13
SHADES = (0.85, 0.5, 0.22, 0.65, 0.35, 0.12)
"""Neighbours differ; the sign in a part and its title say which stance it is."""

Row = tuple[str, Sequence[tuple[str, str, int, str]]]
"""A value, and of each stance its sign, its name, how many labels, and where they are read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stance's part of a bar; `sign` is empty where it has no room."""

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
    """One value; `text` is cut to the room that it has, `name` is whole."""

    text: str
    name: str
    y: int
    parts: Sequence[Part]
    times: int

    @property
    def middle(self) -> int:
        return self.y + THICK // 2


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars of a theme, in the drawing's own units."""

    rows: Sequence[Bar]
    height: int
    width: int = LEFT + LENGTH + BEHIND
    left: int = LEFT
    right: int = LEFT + LENGTH
    thick: int = THICK


def bars(rows: Sequence[Row]) -> Bars:
    """Values without a label of the theme are left out."""
    counted = [row for row in rows if any(times for _, _, times, _ in row[1])]
    found = [_bar(row, 4 + at * STEP) for at, row in enumerate(counted)]
    return Bars(found, 4 + len(found) * STEP)


def _bar(row: Row, y: int) -> Bar:
    name, stances = row
    whole = sum(times for _, _, times, _ in stances)
    parts, x = [], float(LEFT)
    for place, (sign, stance, times, href) in enumerate(stances):
        if not times:
            continue
        width = LENGTH * times / whole
        parts.append(
            Part(
                x=round(x, 1),
                width=round(width, 1),
                shade=SHADES[place % len(SHADES)],
                sign=sign if width >= LEGIBLE else "",
                name=f"{name} · {stance}: {times} / {whole}",
                href=href,
            )
        )
        x += width
    text = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return Bar(text, name, y, parts, whole)
