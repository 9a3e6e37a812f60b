"""Work over time as a plot: submissions add up towards what is wanted, and when they will get there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template

register = template.Library()

LEFT, TOP, WIDTH, HEIGHT = 44, 16, 560, 150
"""In the plot's own units: where its frame begins and how large it is."""

Point = tuple[date, int]


@register.inclusion_tag("annotations/_work_over_time.html")
def work_over_time(
    points: Sequence[Point], wanted: int, today: date, ends_on: date | None, title: str
) -> dict[str, Any]:
    """`points` are (day, submitted by its end); `ends_on` is the forecast, where there is one."""
    return {
        "title": title,
        "points": points,
        "wanted": wanted,
        **drawn(points, wanted, today, ends_on),
    }


def drawn(
    points: Sequence[Point], wanted: int, today: date, ends_on: date | None
) -> dict[str, Any]:
    """Lines of the plot as SVG points; nothing to draw before the first submission.

    >>> day = date(2026, 3, 2)
    >>> drawn([(day, 2)], 4, date(2026, 3, 9), None)["steps"]
    '44.0,166.0 44.0,91.0 604.0,91.0'
    >>> drawn([], 4, day, None)["steps"]
    ''
    """
    if not points:
        return {"steps": "", "frame": None}
    first, done = points[0][0], points[-1][1]
    last = max(today, ends_on or today, points[-1][0])
    span, top = max((last - first).days, 1), max(wanted, done, 1)

    def at(day: date, count: int) -> str:
        x = LEFT + WIDTH * (day - first).days / span
        return f"{x:.1f},{TOP + HEIGHT * (1 - count / top):.1f}"

    stands = max(today, points[-1][0]) if ends_on else last
    path, before = [at(first, 0)], 0
    for day, count in points:
        path += [at(day, before), at(day, count)]
        before = count
    return {
        "steps": " ".join(dict.fromkeys([*path, at(stands, done)])),
        "ahead": f"{at(stands, done)} {at(ends_on, wanted)}" if ends_on else "",
        "first": first,
        "last": last,
        "top": top,
        "goal": f"{TOP + HEIGHT * (1 - wanted / top):.1f}",
        "frame": {
            "left": LEFT,
            "right": LEFT + WIDTH,
            "top": TOP,
            "bottom": TOP + HEIGHT,
            "width": LEFT + WIDTH + 12,
            "height": TOP + HEIGHT + 26,
        },
    }
