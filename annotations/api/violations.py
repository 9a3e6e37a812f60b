"""What browsers report of the content security policy: a line of the log, without what people write.

Anybody may send such a report, so that each is counted, and only names out of short lists get on.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from workbench.limits import Limit, address_of, ask

log = logging.getLogger("workbench.policy")

LARGEST = 16 * 1024  # bytes
MOST_AT_ONCE = 10
FROM_AN_ADDRESS = Limit("reports", 20, 60)
ALTOGETHER = Limit("all-reports", 200, 60)

DIRECTIVE = re.compile(r"[a-z]+(-[a-z]+){0,3}")
BLOCKED = re.compile(r"inline|eval|wasm-eval|self|data|blob|about|[a-z]+-extension")
HOST = re.compile(r"[a-z0-9.-]{1,60}")


@csrf_exempt
@require_POST
def violations(request: HttpRequest) -> HttpResponse:
    """As `report-uri` has it, one, or as the Reporting API has it, several."""
    if _too_many(request):
        return HttpResponse(status=204)  # a refusal would be a line of the log, too
    # Of the body no more than that, whatever its length is said to be.
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        return HttpResponse(status=413)
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for each in _reports(said):
        log.warning("The policy was violated: %s blocked %s on %s.", *each)
    return HttpResponse(status=204)


def _too_many(request: HttpRequest) -> bool:
    now = timezone.now()
    address = f"address {address_of(request)}"
    return bool(ask(FROM_AN_ADDRESS, address, now=now) or ask(ALTOGETHER, "all", now=now))


def _reports(said: Any) -> Iterator[tuple[str, str, str]]:
    """(directive, what was blocked, pattern of the page) of each."""
    found = [each.get("body") for each in said if isinstance(each, dict)] if _is_list(said) else []
    if isinstance(said, dict):
        found = [said.get("csp-report")]
    for body in found[:MOST_AT_ONCE]:
        if isinstance(body, dict):
            names = {str(key).replace("-", "").lower(): value for key, value in body.items()}
            directive = names.get("effectivedirective") or names.get("violateddirective")
            yield (
                directive_of(str(directive)),
                blocked_of(str(names.get("blockeduri") or names.get("blockedurl"))),
                page_of(str(names.get("documenturi") or names.get("documenturl"))),
            )


def _is_list(said: Any) -> bool:
    return isinstance(said, list)


def directive_of(said: str) -> str:
    """
    >>> directive_of("script-src-elem"), directive_of("Ada said\\nno")
    ('script-src-elem', 'something')
    """
    return said if len(said) < 30 and DIRECTIVE.fullmatch(said) else "something"


def blocked_of(said: str) -> str:
    """What kind of thing, or of which host; never an address.

    >>> blocked_of("inline"), blocked_of("https://x.example/?who=ada"), blocked_of("Ada")
    ('inline', 'x.example', 'something')
    """
    try:
        parts = urlsplit(said)
        kind, host = parts.scheme or parts.path, parts.hostname or ""
    except ValueError:
        return "something"
    if parts.scheme in {"http", "https", "ws", "wss"} and HOST.fullmatch(host):
        return host
    return kind if len(kind) < 30 and BLOCKED.fullmatch(kind) else "something"


def page_of(said: str) -> str:
    """The pattern of the page's address: the address may hold a secret.

    >>> page_of("http://localhost/sign-in/s3cret"), page_of("about:blank")
    ('sign-in/<str:token>', 'a page unknown')
    """
    try:
        return resolve(urlsplit(said).path).route
    except (Resolver404, ValueError):
        return "a page unknown"
