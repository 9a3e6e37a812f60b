"""Where a person is signed in, and being signed out there from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from annotations.project.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """A session: `key` names it, and is not the session's own, which stays a secret."""

    key: str
    since: datetime
    address: str
    browser: str
    system: str
    here: bool


BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome"}
SYSTEMS = {
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def places_of(user: User, *, here: str | None) -> list[Place]:
    """Sessions that can still be used, this one first, then the newest."""
    living = Session.objects.values("session_key")
    found = UserSession.objects.filter(user=user, session_key__in=living)
    places = [_place(each, here=here) for each in found.order_by("-created_at")]
    return sorted(places, key=lambda each: not each.here)


def _place(row: UserSession, *, here: str | None) -> Place:
    agent = row.user_agent
    return Place(
        key=str(row.pk),
        since=row.created_at,
        address=str(row.ip),
        browser=_first(BROWSERS, agent) or ("Safari" if "Safari/" in agent else ""),
        system=_first(SYSTEMS, agent),
        here=row.session_key == here,
    )


def _first(known: dict[str, str], agent: str) -> str:
    return next((name for sign, name in known.items() if sign in agent), "")


@transaction.atomic
def end_place(user: User, key: str) -> None:
    """Signed out there; unknown keys, and those of others, do nothing."""
    if key.isascii() and key.isdecimal() and len(key) < 18:
        _end(UserSession.objects.filter(user=user, pk=int(key)))


@transaction.atomic
def end_others(user: User, *, here: str | None) -> None:
    """Signed out everywhere else."""
    _end(UserSession.objects.filter(user=user).exclude(session_key=here))


def _end(rows: Iterable[UserSession]) -> None:
    keys = [each.session_key for each in rows]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
