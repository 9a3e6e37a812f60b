"""A read replica for the views that say so, and the primary wherever a reader would be misled.

While such a view runs, what its thread calls the database is the replica, for the ORM and for bare
SQL alike. The server there refuses to write, so that a view which does after all is asked again of
the primary, and so is one that was refused, or whose replica went away meanwhile.

Two short questions come first, one to each server. What must never be late is compared: takedowns,
retractions, releases, and the reader's roles. The rest may be late by a few seconds, except for who
has just written; that is noted in a table which all machines share.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from annotations.project.refusals import Refusal

REPLICA = "replica"
MOST_BEHIND = timedelta(seconds=5)
NOTED = timedelta(seconds=10)
"""So long whoever wrote reads from the primary; longer than a replica in use may be behind."""
PAUSE = 5.0  # seconds until a replica that was away is asked again
SAFE = frozenset({"GET", "HEAD"})

STANDING = """
  concat_ws(' ', (SELECT max(id) FROM annotations_takedown), '/',
    (SELECT max(id) FROM annotations_retraction), '/', (SELECT max(id) FROM annotations_release), '/',
    (SELECT string_agg(project_id || role, ' ' ORDER BY project_id, role)
       FROM annotations_membership WHERE user_id = %(user)s))
"""
OF_PRIMARY = f"""
SELECT now(), pg_current_wal_lsn()::text, {STANDING},
  EXISTS (SELECT 1 FROM workbench_limit WHERE key = %(key)s AND full_at > now())
"""  # noqa: S608 - our own words
OF_REPLICA = f"""
SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= %(position)s::pg_lsn, false),
  %(now)s - pg_last_xact_replay_timestamp(), {STANDING}
"""
NOTE = """
INSERT INTO workbench_limit (key, full_at) VALUES (%(key)s, now() + %(seconds)s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at
"""

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
_View = Callable[..., Any]


class State(StrEnum):
    """How a replica is doing."""

    UP = "up"
    BEHIND = "behind"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Look:
    """`behind` is at most so much, None where nobody knows; `fits` a reader who asks now."""

    state: State
    behind: timedelta | None
    fits: bool


_AWAY = Look(State.AWAY, None, False)


class _Refused(Exception):
    """The view's answer was none; the primary may know better."""


class _Patience:
    """Until when nobody asks the replica, for all threads of a process."""

    until = 0.0


def is_set() -> bool:
    """Whether there is a replica at all."""
    return REPLICA in settings.DATABASES


def look(user: int | None = None) -> Look:
    """Asks both servers. A replica that does not answer is let alone for a while."""
    if time.monotonic() < _Patience.until:
        return _AWAY
    asked = {"user": user, "key": _key(user)}
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(OF_PRIMARY, asked)
        now, position, standing, has_written = cursor.fetchone()
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(OF_REPLICA, {**asked, "now": now, "position": position})
            follows, has_all, age, standing_there = cursor.fetchone()
    except DatabaseError:
        _give_up()
        return _AWAY
    if not follows:
        return _AWAY  # no replica of anything, or a primary by now
    behind = timedelta(0) if has_all else age
    near = behind is not None and behind <= MOST_BEHIND
    state = State.UP if near else State.BEHIND
    return Look(state, behind, near and not has_written and standing == standing_there)


def elsewhere(work: Callable[[], Answer], *, user: int | None = None) -> Answer:
    """What `work` gives, from the replica where that does for this reader; else from the primary."""
    if not is_set() or not look(user).fits:
        return work()
    try:
        with _instead(connections[REPLICA]):
            return work()
    except DatabaseError as error:
        log.warning("The replica did not answer: %s", type(error.__cause__ or error).__name__)
        connections[REPLICA].close()
    except (Http404, PermissionDenied, Refusal, _Refused):
        pass  # of what is not there yet, the primary may know more
    return work()


def reads_elsewhere(view: _View) -> _View:
    """For a view, or the method of one, that changes nothing for GET and HEAD."""

    @wraps(view)
    def reading(*args: Any, **kwargs: Any) -> Any:
        request = args[0] if isinstance(args[0], HttpRequest) else args[1]
        if request.method not in SAFE or not is_set():
            return view(*args, **kwargs)
        refused: list[HttpResponseBase] = []

        def answer() -> Any:
            found = view(*args, **kwargs)
            if found.status_code >= 400 and not refused:
                refused.append(found)
                raise _Refused
            return found

        user = request.user.pk  # asked of the primary: who it is, and the session
        try:
            return elsewhere(answer, user=user)
        except _Refused:
            return refused[0]

    return reading


class Noted:
    """Notes who has changed something, so that they see it. Only where there is a replica.

    Saves of annotations pass by: what a coder reads back never comes from a replica.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if is_set() and request.method not in SAFE and answer.status_code < 400:
            user = getattr(request, "user", None)
            if user is not None and user.pk is not None and not saves_annotation(request):
                note(user.pk)
        return answer


def saves_annotation(request: HttpRequest) -> bool:
    """Which is its own audit, and is read back from the primary."""
    return request.path.startswith("/api/v1/annotations/")


def note(user: int) -> None:
    """This person has written, on whatever machine."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(NOTE, {"key": _key(user), "seconds": NOTED.total_seconds()})


def _key(user: int | None) -> str:
    return f"wrote {user}"


@contextmanager
def _instead(replica: BaseDatabaseWrapper) -> Iterator[None]:
    """In this thread, and for the block."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = replica
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def _give_up() -> None:
    _Patience.until = time.monotonic() + PAUSE
    connections[REPLICA].close()
