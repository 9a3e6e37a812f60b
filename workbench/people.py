"""Who asks: the account of a session, read by a statement that is planned once a connection."""

from __future__ import annotations

from functools import cache

from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from annotations.project.database import prepared
from annotations.project.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class People(AuthenticationMiddleware):
    """As Django's, for which every page that asks who somebody is puts the same query together."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]  # stands for one


def _person(request: HttpRequest) -> User | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _signed_in(request) or get_user(request)  # type: ignore[attr-defined]  # Django's own name
    found: User | AnonymousUser = request._cached_user  # type: ignore[attr-defined]  # just set
    return found


def _signed_in(request: HttpRequest) -> User | None:
    """Whose session it is; None wherever anything is unusual, of which Django knows all cases."""
    held = request.session
    if held.get(BACKEND_SESSION_KEY) != BACKEND:
        return None
    row = prepared(_find(), {"id": User._meta.pk.to_python(held[SESSION_KEY])})
    if row is None:
        return None
    user = User.from_db(connection.alias, _columns(), row)
    hashed = held.get(HASH_SESSION_KEY, "")
    is_theirs = constant_time_compare(hashed, user.get_session_auth_hash())
    return user if is_theirs and user.is_active else None


@cache
def _columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


@cache
def _find() -> str:
    columns = ", ".join(f'"{field.column}"' for field in User._meta.concrete_fields)
    return f"SELECT {columns} FROM annotations_user WHERE id = %(id)s"  # noqa: S608 - our own names
