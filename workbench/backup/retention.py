"""Which backups are kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

_NAME = re.compile(r"workbench-(\d{8}T\d{6}Z)\.zip")
_STAMP = "%Y%m%dT%H%M%SZ"


def name_of(made_at: datetime) -> str:
    """
    >>> name_of(datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC))
    'workbench-20260301T040506Z.zip'
    """
    return f"workbench-{made_at.astimezone(UTC).strftime(_STAMP)}.zip"


def made_at(name: str) -> datetime | None:
    """When the backup of that name was made; None for a name that was given by a person."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(times: Iterable[datetime], *, daily: int, weekly: int) -> set[datetime]:
    """The newest of each of the last days and weeks that have one; the newest of all always.

    >>> days = [datetime(2026, 3, day, 4, tzinfo=UTC) for day in range(1, 16)]
    >>> sorted(day.day for day in kept(days, daily=3, weekly=2))
    [8, 13, 14, 15]
    """
    newest_first = sorted(times, reverse=True)
    by_day: dict[object, datetime] = {}
    by_week: dict[object, datetime] = {}
    for time in newest_first:
        by_day.setdefault(time.date(), time)
        by_week.setdefault(time.isocalendar()[:2], time)
    return {
        *newest_first[:1],
        *list(by_day.values())[:daily],
        *list(by_week.values())[:weekly],
    }
