"""When a round will be done, at the pace of late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from math import ceil

from annotations.text.phrases import wording

ACTIVE_DAYS = 7
FEWEST_DAYS = 2
FURTHEST = 3650
"""Days ahead; a date beyond says nothing but that the work stands still."""


class Unknown(Enum):
    """Why there is no day."""

    DONE = wording("nothing is left")
    NOTHING_YET = wording("nothing is submitted yet")
    ONE_DAY = wording("one day of work is no pace yet")
    SHARED = wording("the queue is shared, nothing in it is theirs alone")
    TOO_FAR = wording("at this pace more than ten years")


@dataclass(frozen=True, slots=True)
class Forecast:
    """`left` slots (None: not theirs to count); `pace` in slots for each day on which work was
    submitted, None before there is one; `ends_on`, or why it is not known.
    """

    left: int | None
    pace: float | None
    ends_on: date | None
    unknown: Unknown | None = None


def forecast(left: int | None, submitted: Iterable[date], *, today: date) -> Forecast:
    """From the day of each submission, or how many came on each day.

    Days off count as they have come so far, until today.

    >>> forecast(6, [date(2026, 3, 2)] * 4 + [date(2026, 3, 4)] * 2, today=date(2026, 3, 5)).ends_on
    datetime.date(2026, 3, 9)
    """
    days = Counter({day: n for day, n in Counter(submitted).items() if day <= today})
    recent = sorted(days)[-ACTIVE_DAYS:]
    if left == 0:
        return Forecast(left, _pace(days, recent), None, Unknown.DONE)
    if len(recent) < FEWEST_DAYS:
        return Forecast(left, None, None, Unknown.ONE_DAY if recent else Unknown.NOTHING_YET)
    pace = _pace(days, recent)
    assert pace is not None  # noqa: S101 - there are at least two days
    if left is None:
        return Forecast(left, pace, None, Unknown.SHARED)
    passed = (today - recent[0]).days + 1
    wait = ceil(left * passed / sum(days[day] for day in recent))
    if wait > FURTHEST:
        return Forecast(left, pace, None, Unknown.TOO_FAR)
    return Forecast(left, pace, today + timedelta(days=wait))


def _pace(days: Counter[date], recent: list[date]) -> float | None:
    if len(recent) < FEWEST_DAYS:
        return None
    return sum(days[day] for day in recent) / len(recent)


def by_the_end(count: int, *, submitted: int, wanted: int) -> int | None:
    """What a count in submitted work comes to in all that is wanted, if the rest is like it.

    >>> by_the_end(7, submitted=11, wanted=30), by_the_end(0, submitted=0, wanted=30)
    (19, None)
    """
    return round(count * wanted / submitted) if submitted else None


def cumulated(submitted: Iterable[date]) -> list[tuple[date, int]]:
    """(day, submitted by its end), for days on which something was; `submitted` as `forecast` has it.

    >>> [count for _, count in cumulated([date(2026, 3, 2)] * 4 + [date(2026, 3, 4)])]
    [4, 5]
    """
    total, found = 0, []
    for day, count in sorted(Counter(submitted).items()):
        total += count
        found.append((day, total))
    return found
