"""Readers of environment variables that fail loudly, naming the variable and the remedy."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from workbench.postgresql.patience import POOL
from workbench.postgresql.watching import Watched

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def secret(name: str) -> str:
    """The variable, or nothing."""
    return os.environ.get(name, "")


def text(name: str, default: str | None = None) -> str:
    """The variable, or `default`; without a default it has to be set and not empty."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it, or start with `make run`.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """
    >>> os.environ["WORKBENCH_DOCTEST"] = "yes"; flag("WORKBENCH_DOCTEST", default=False)
    True
    """
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")


def whole(name: str, *, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error


def rate(name: str, *, default: str) -> tuple[int, int]:
    """So many in so many seconds, such as `120/60`."""
    value = text(name, default)
    times, _slash, seconds = value.partition("/")
    if not (times.isdecimal() and seconds.isdecimal() and int(seconds)):
        raise ImproperlyConfigured(f"{name}={value!r} is no rate such as 120/60.")
    return int(times), int(seconds)


def one_of(name: str, *known: str) -> str:
    """One of these words; the first where nothing is said."""
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(known)}.")
    return value


def words(name: str, *, default: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict[str, Any]:
    """Django's settings of a PostgreSQL address.

    `postgresql://user:password@host:port/name?host=/socket/folder&sslmode=require`;
    `host` in the query names a socket folder, other keys are passed on to libpq.
    """
    address = urlsplit(text(name))
    if address.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"{name} must begin with postgresql://; only PostgreSQL will do."
        )
    if not address.path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no database: postgresql://host/DATABASE.")
    options = dict(parse_qsl(address.query))
    return {
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", "") or unquote(address.hostname or ""),
        "PORT": str(address.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def pool() -> dict[str, Any]:
    """psycopg_pool's options: `WORKBENCH_POOL_SIZE`, and the kind of its connections."""
    size = whole("WORKBENCH_POOL_SIZE", default=8)
    return {"max_size": size, "connection_class": Watched, **POOL}


def replica(name: str, *, of: dict[str, Any]) -> dict[str, Any]:
    """Django's settings of a replica of that database, read only whatever is asked of it."""
    address = database(name)
    limits = statement_limit(address["OPTIONS"]).get("options", "")
    options = {"connect_timeout": 3, "options": f"{limits} -c default_transaction_read_only=on"}
    return {**of, **address, "OPTIONS": {**of["OPTIONS"], **address["OPTIONS"], **options}}


def identity_providers() -> list[dict[str, Any]]:
    """The OpenID Connect provider as django-allauth takes it, where one is named.

    `WORKBENCH_OIDC_ISSUER`, `WORKBENCH_OIDC_CLIENT` and `WORKBENCH_OIDC_SECRET` go together;
    `WORKBENCH_OIDC_NAME` is what the button says.
    """
    issuer = os.environ.get("WORKBENCH_OIDC_ISSUER")
    if not issuer:
        return []
    provider = {
        "provider_id": "sso",
        "name": text("WORKBENCH_OIDC_NAME", "SSO"),
        "client_id": text("WORKBENCH_OIDC_CLIENT"),
        "secret": text("WORKBENCH_OIDC_SECRET"),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return [provider]


def statement_limit(options: dict[str, Any]) -> dict[str, str]:
    """libpq's `options` with what `WORKBENCH_STATEMENT_SECONDS` says; 0 is no limit.

    The web server sets it to 60 where nobody did; jobs and commands take the time they need. A
    pooler that knows no such options needs 0, and the limit on its own side.
    """
    seconds = whole("WORKBENCH_STATEMENT_SECONDS", default=0)
    if not seconds:
        return {}
    limits = f"-c statement_timeout={seconds}s -c idle_in_transaction_session_timeout={seconds}s"
    return {"options": f"{options.get('options', '')} {limits}".strip()}
