"""Where and when a text was published, only where the text says so outright."""

from __future__ import annotations

import re
from datetime import date

_SOURCE = re.compile(r"^[ \t]*(?:source|来源)[ \t]*[:：][ \t]*(https?://\S+)[ \t]*$", re.I | re.M)
_PUBLISHED = re.compile(
    r"^[ \t]*(?:published(?: on)?|publié le|date(?: de publication)?|发布时间|发布日期)"
    r"[ \t]*[:：]?[ \t]*"
    r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?!\d)(?:[ T,].{0,20})?$",
    re.I | re.M,
)


def source_url(text: str) -> str | None:
    """The address of a line “Source: https://…”, if there is exactly one."""
    found = set(_SOURCE.findall(text)) if "://" in text else set()
    return found.pop() if len(found) == 1 else None


def published_on(text: str) -> date | None:
    """The day of a labelled line with year, month and day in that order, if there is exactly one.

    >>> published_on("Published: 2025-01-25\\nPrices rise.")
    datetime.date(2025, 1, 25)
    >>> published_on("03/04/2025") is None  # March or April
    True
    """
    found = set(_PUBLISHED.findall(text)) if any(sign in text for sign in "-/年") else set()
    if len(found) != 1:
        return None
    year, month, day = found.pop()
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
