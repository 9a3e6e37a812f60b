"""Who calls: a browser with its session, or a tool with its token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotations.api.throttling import wrong_token
from annotations.project.accounts import token_of
from annotations.project.models import ApiToken, User
from annotations.project.refusals import NotAllowed

USE_IS_NOTED_EVERY = timedelta(minutes=1)


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer wb_…`; a wrong or expired one is 401 and says no more."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        now = timezone.now()
        token = token_of(secret.strip(), now=now)
        if token is None:
            wrong_token(request)
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        note_use(token.pk, before=token.last_used_at, now=now)
        token.user.within = None if token.projects is None else frozenset(token.projects)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def note_use(token: int, *, before: datetime | None, now: datetime) -> None:
    """Once a minute is enough; the row that was read says whether it is due."""
    if before is None or before < now - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token).update(last_used_at=now)


class BrowserSession(SessionAuthentication):
    """The browser's session, CSRF token included; an ended one is 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class Scope(BasePermission):
    """A token does only what its scopes say; a session does what the person may.

    A view names its scopes in `scopes = {"GET": {...}, "POST": {...}}`; reading asks for "read" where it names none.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.user, User):
            return False
        if not isinstance(request.auth, ApiToken):
            return True
        named = getattr(view, "scopes", {})
        reading = request.method in {"GET", "HEAD", "OPTIONS"}
        method = "GET" if reading else str(request.method)
        wanted = named.get(method, {"read"} if reading else set())
        if wanted & set(request.auth.scopes):
            return True
        raise NotAllowed(scopes_missing(sorted(wanted)))


def scopes_missing(wanted: Sequence[str]) -> str:
    """What to say of a token that may not; one of the `wanted` would do."""
    needed = _(" or ").join(wanted) or _("a browser session")
    return _("This token’s scopes do not allow it; it takes %(needed)s.") % {"needed": needed}
