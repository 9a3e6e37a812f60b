"""How often a route may be asked, and what is said to whoever asks too often.

What a coder's page sends is never held up: a session is limited only where an answer costs the
server seconds. Wrong tokens are counted by address, right ones never suffer for them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from annotations.project.models import ApiToken
from workbench.limits import Limit, address_of, ask, limit_of


class TooOften(Throttled):
    """429, with the seconds to wait."""

    default_code = "too-often"

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        self.limit, seconds = limit, ceil(wait.total_seconds())
        super().__init__()
        self.wait = seconds
        self.detail = too_often(seconds)  # type: ignore[assignment]  # words, as of any other

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft of RateLimit headers has them, and Retry-After."""
        return headers_of(self.limit, int(self.wait or 1))


def too_often(seconds: int) -> str:
    return _("Too many requests. Ask again in %(seconds)s seconds.") % {"seconds": seconds}


def headers_of(limit: Limit, seconds: int) -> dict[str, str]:
    return {
        "Retry-After": str(seconds),
        "RateLimit-Policy": limit.policy,
        "RateLimit": f'"{limit.name}";r=0;t={seconds}',
    }


class Limits(BaseThrottle):
    """A view that costs much says so: `costly = {"GET"}`, the verbs that do."""

    def allow_request(self, request: Request, view: Any) -> bool:
        person = f"user {request.user.pk}"
        if isinstance(request.auth, ApiToken):
            _require("usual", _of_token(request.auth.pk))
        if request.method in getattr(view, "costly", ()):
            _require("costly", person)
        return True


def may_ask(token: int, *, now: datetime) -> bool:
    """Counts one of a token's; False, and nothing is counted, where there were too many."""
    return ask(limit_of("usual"), _of_token(token), now=now) is None


def wrong_token(request: Request | HttpRequest) -> None:
    """Counts one; raises TooOften where there were too many from that address."""
    _require("wrong", f"address {address_of(request)}")


def _of_token(token: int) -> str:
    return f"token {token}"


def _require(name: str, whose: str) -> None:
    limit = limit_of(name)
    wait = ask(limit, whose, now=timezone.now())
    if wait is not None:
        raise TooOften(limit, wait)
