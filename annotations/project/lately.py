"""Counts of very many rows, which take long and matter little to the one: a minute old will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

Counted = TypeVar("Counted")
VERY_MANY = 5_000
KEPT = 60  # seconds


def lately(name: str, count: Callable[[], Counted], *, rows: Callable[[Counted], int]) -> Counted:
    """What `count` gives, or gave within the last minute where `rows` says that these were very many.

    `name` is unlike any other in this database; what is counted is never None.
    """
    key = f"{name}-{connection.settings_dict['NAME']}"
    known: Counted | None = caches["counts"].get(key)
    if known is None:
        known = count()
        if rows(known) > VERY_MANY:
            caches["counts"].set(key, known, timeout=KEPT)
    return known
