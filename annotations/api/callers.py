"""Whose work is asked for, in one query: session or token, person, role and assignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from annotations.api.authentication import scopes_missing
from annotations.coding.answers import Saved, Work
from annotations.project.access import ALLOWED, Action
from annotations.project.accounts import fingerprint
from annotations.project.database import Condition, NotProvided, prepared
from annotations.project.models import Coder
from annotations.project.refusals import NotAllowed, NotVisible

CODED_BY = """
  FROM annotations_assignment a
  JOIN annotations_coder c ON c.id = a.coder_id
  JOIN annotations_user u ON u.id = c.user_id AND u.is_active
  JOIN annotations_membership m ON m.project_id = a.project_id AND m.user_id = u.id AND m.role = 'annotator'
"""
FIND = """
SELECT a.id, a.uuid, a.coder_id, b.edition_id, u.id, u.password,
       (SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > %(now)s),
       (SELECT t.user_id FROM annotations_apitoken t WHERE t.token_hash = %(token)s AND t.revoked_at IS NULL
           AND t.expires_at > %(now)s AND t.scopes && %(scopes)s
           AND (t.projects IS NULL OR a.project_id = ANY (t.projects)))
  {coded_by} JOIN annotations_batch b ON b.id = a.batch_id
 WHERE a.{which}
"""
BY_ASSIGNMENT = FIND.format(coded_by=CODED_BY, which="uuid = %(key)s")
BY_ANNOTATION = FIND.format(
    coded_by=CODED_BY,
    which="id = (SELECT assignment_id FROM annotations_annotation WHERE id = %(key)s)",
)
# What was found and judged above is so still; a save has its assignment, its coder and its time already.
STILL = f"""
SELECT 1 {CODED_BY}
  JOIN django_session s ON s.session_key = %(session)s AND s.session_data = %(data)s AND s.expire_date > %(now)s
 WHERE a.id = %(assignment)s AND c.id = %(coder)s AND u.id = %(user)s AND u.password = %(password)s
"""
IN_FORCE = """
SELECT t.scopes && %(scopes)s FROM annotations_apitoken t
  JOIN annotations_user u ON u.id = t.user_id AND u.is_active
 WHERE t.token_hash = %(token)s AND t.revoked_at IS NULL AND t.expires_at > %(now)s
"""
# The membership is asked for as access.py has it.
CODER = """
SELECT c.id, c.project_id, u.id, u.password, s.session_data
  FROM annotations_project p
  JOIN annotations_coder c ON c.project_id = p.id AND c.user_id = %(user)s
  JOIN annotations_user u ON u.id = c.user_id AND u.is_active
  JOIN django_session s ON s.session_key = %(session)s AND s.expire_date > %(now)s
 WHERE p.slug = %(slug)s AND EXISTS (SELECT 1 FROM annotations_membership m
         WHERE m.project_id = p.id AND m.user_id = u.id AND m.role = ANY(%(roles)s))
"""
SESSION = "SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > %(now)s"
MAY_CODE = sorted(ALLOWED[Action.CODE])
HASH_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


class NotSignedIn(Exception):
    """Neither a session nor a token in force."""


class _NotTheirs(Exception):
    """No such work, or somebody else's, or nobody asks; which one is said is decided later."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody's work, and the condition under which it still is theirs."""

    work: Work
    condition: Condition


def bearer_of(request: HttpRequest) -> str | None:
    # META, not headers, in this module: those would be put together anew for each save.
    kind, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else None


def work_of(
    request: HttpRequest, sql: str, key: UUID, *, scopes: Sequence[str] = ("code",)
) -> Work:
    """The assignment, if the caller is its coder; one answer for unknown and somebody else's."""
    token = bearer_of(request)
    hashed = fingerprint(token) if token is not None else None
    try:
        return _found(sql, key, _session_of(request), token=hashed, scopes=scopes).work
    except _NotTheirs:
        _require_somebody(request, hashed, scopes)
        raise NotVisible from None


def saved_by(
    request: HttpRequest, assignment: UUID, save: Callable[[Work, Condition | None], Saved]
) -> Saved:
    """What `save` makes of the caller's work, under the condition that it is given.

    A session that was seen before is not looked up again: its data were judged then, and the
    condition of the save is that they, the person and the role are the same still.
    """
    session = _session_of(request)
    if bearer_of(request) is not None or not session:
        return save(work_of(request, BY_ASSIGNMENT, assignment), None)
    # The name of the database: a process may see several.
    database = connection.settings_dict["NAME"]
    try:
        for _ in range(2):
            known = _known(database, session, assignment)
            try:
                return save(known.work, known.condition)
            except NotProvided:
                _known.cache_clear()
    except _NotTheirs:
        _require_somebody(request, None, ())
    raise NotVisible


@lru_cache(maxsize=1024)
def _known(database: str, session: str, assignment: UUID) -> Known:
    return _found(BY_ASSIGNMENT, assignment, session)


def _session_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _found(
    sql: str, key: UUID, session: str, *, token: str | None = None, scopes: Sequence[str] = ()
) -> Known:
    values = {
        "key": key,
        "session": session,
        "token": token or "",
        "scopes": list(scopes),
        "now": timezone.now(),
    }
    row = prepared(sql, values)
    if row is None:
        raise _NotTheirs
    (id_, uuid, coder, edition, user, password, data, token_user) = row
    if (token_user if token is not None else _caller(data, user, password)) != user:
        raise _NotTheirs
    shown = {"user": user, "password": password, "session": session, "data": data}
    work = Work(id=id_, uuid=uuid, coder_id=coder, edition_id=edition)
    return Known(work, Condition(STILL, shown))


def coder_in(request: HttpRequest, slug: str) -> tuple[int, Coder]:
    """The account this browser is signed in as, and who it is where it may code; else NotVisible."""
    session, now = _session_of(request), timezone.now()
    try:
        user = _user_of(connection.settings_dict["NAME"], session)
    except _NotTheirs:
        raise NotVisible from None
    values = {"slug": slug, "session": session, "user": user, "roles": MAY_CODE, "now": now}
    row = prepared(CODER, values)
    if row is None or _caller(row[4], user, row[3]) != user:
        raise NotVisible
    return user, Coder(pk=row[0], project_id=row[1], user_id=user)


@lru_cache(maxsize=1024)
def _user_of(database: str, session: str) -> int:
    """Who a session says it is of, to ask about; whether it is theirs, and still, is asked each time."""
    row = prepared(SESSION, {"session": session, "now": timezone.now()})
    try:
        return int(SessionStore().decode(row[0])[SESSION_KEY]) if row else _nobody()
    except (KeyError, ValueError):
        return _nobody()


def _nobody() -> NoReturn:
    raise _NotTheirs


@lru_cache(maxsize=1024)
def _caller(data: str | None, user: int, password: str) -> int | None:
    """The person that a stored session is of: None for none, -1 for somebody else.

    Kept, because a signature says the same of the same data each time.
    """
    if not data:
        return None
    held = SessionStore().decode(data)
    try:
        person = int(held[SESSION_KEY])
    except (KeyError, ValueError):
        return None
    if person != user:
        return -1
    expected = salted_hmac(HASH_SALT, password, algorithm="sha256").hexdigest()
    if BACKEND_SESSION_KEY not in held:
        return None
    return person if constant_time_compare(held.get(HASH_SESSION_KEY, ""), expected) else None


def _require_somebody(request: HttpRequest, token: str | None, scopes: Sequence[str]) -> None:
    """401 where nobody is signed in, 403 for a token without the scope; else 404 may be said."""
    if token is None:
        # The short way knows no accounts; whoever is refused there is asked again.
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            raise NotSignedIn
        return
    row = prepared(IN_FORCE, {"token": token, "scopes": list(scopes), "now": timezone.now()})
    if row is None:
        raise NotSignedIn
    if not row[0]:
        raise NotAllowed(scopes_missing(scopes))
