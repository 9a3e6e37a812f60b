"""How many requests, and how long they took: for Prometheus, over all processes of a machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from time import perf_counter
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30)
REQUESTS = Counter("workbench_requests_total", "Requests answered.", ["method", "route", "status"])
TIME = Histogram("workbench_request_seconds", "Time to the first byte.", ["route"], buckets=SECONDS)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(request: HttpRequest) -> str:
    """The pattern that was answered for, never the address: that may hold secrets and names."""
    found = request.resolver_match
    if found is not None:
        return found.route
    short: str | None = getattr(request, "short_way", None)
    return short or "none"


request_id: ContextVar[str] = ContextVar("request_id", default="")
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Measured:
    """Counts every answer, and names it: by what a proxy in front has named it, or anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = perf_counter()
        # META, not headers: those would be put together anew for each request.
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if GIVEN.fullmatch(given) else uuid4().hex
        request.name = name  # type: ignore[attr-defined]  # Django logs after all of this
        mark = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(mark)
        response["X-Request-ID"] = name
        route = route_of(request)
        method = request.method if request.method in METHODS else "OTHER"
        TIME.labels(route).observe(perf_counter() - before)
        REQUESTS.labels(method, route, f"{response.status_code // 100}xx").inc()
        return response
