"""How often somebody may ask: a bucket each, in the database, so that all web processes share it.

A bucket is one time, at which it would be full again (the generic cell rate algorithm, as for ATM
cells): asking moves it on, and whoever would move it too far is told how long to wait. The table is
not logged: after a crash everybody begins anew. So does whoever has a bucket of a clock that went
ahead and was set back: one further ahead than it could be filled twice keeps nobody waiting.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

ASK = """
INSERT INTO workbench_limit AS l (key, full_at) VALUES (%(key)s, %(now)s + %(each)s)
ON CONFLICT (key) DO UPDATE SET full_at = %(each)s
  + CASE WHEN l.full_at BETWEEN %(now)s AND %(now)s + 2 * %(whole)s THEN l.full_at ELSE %(now)s END
 WHERE l.full_at NOT BETWEEN %(now)s AND %(now)s + 2 * %(whole)s
    OR l.full_at + %(each)s <= %(now)s + %(whole)s
RETURNING 1
"""
WHEN = "SELECT full_at FROM workbench_limit WHERE key = %s"
FORGET = "DELETE FROM workbench_limit WHERE full_at < %s"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and so many again in the course of `seconds`; 0 is no limit."""

    name: str
    times: int
    seconds: int

    @property
    def each(self) -> timedelta:
        return timedelta(seconds=self.seconds) / self.times

    @property
    def policy(self) -> str:
        """As the RateLimit-Policy header says it."""
        return f'"{self.name}";q={self.times};w={self.seconds}'


def limit_of(name: str) -> Limit:
    """The limit of that name, as the settings have it."""
    times, seconds = settings.LIMITS[name]
    return Limit(name, times, seconds)


def ask(limit: Limit, whose: str, *, now: datetime) -> timedelta | None:
    """None where it is fine, and counted; else how long to wait. What is refused is not counted."""
    if not limit.times:
        return None
    key, whole = _key(limit, whose), timedelta(seconds=limit.seconds)
    values: dict[str, Any] = {"key": key, "now": now, "each": limit.each, "whole": whole}
    with connection.cursor() as cursor:
        cursor.execute(ASK, values)
        if cursor.fetchone():
            return None
        cursor.execute(WHEN, [key])
        found = cursor.fetchone()
    full_at: datetime = found[0] if found else now
    return max(full_at + limit.each - whole - now, timedelta(milliseconds=1))


def forget(*, now: datetime) -> None:
    """Throws away what says nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [now])


def address_of(request: HttpRequest | Any) -> str:
    """Where a request comes from; behind proxies of ours, as the first of these saw it."""
    proxies = settings.PROXIES
    passed = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and len(passed) >= proxies and passed[-proxies]:
        return str(passed[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(limit: Limit, whose: str) -> str:
    """Nothing of it says who: addresses are not kept."""
    return hashlib.sha256(f"{settings.SECRET_KEY} {limit.name} {whose}".encode()).hexdigest()[:40]
