"""What a browser reports of the policy is one line of the log, and nothing of what people write."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from annotations.api import violations
from workbench.limits import Limit

ADDRESS = "/policy-violations"


def sent(body: Any, *, kind: str = "application/csp-report", client: Client | None = None) -> int:
    said = body if isinstance(body, bytes) else json.dumps(body).encode()
    # The browser has no form, and so no CSRF token either.
    asking = client or Client(enforce_csrf_checks=True)
    return int(asking.post(ADDRESS, said, content_type=kind).status_code)


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def told() -> Iterator[Lines]:
    lines = Lines()
    logging.getLogger("workbench.policy").addHandler(lines)
    yield lines
    logging.getLogger("workbench.policy").removeHandler(lines)


OLDER = {
    "csp-report": {
        "document-uri": "http://localhost:8000/sign-in/Wh0K3ys?name=Ada",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/steal?who=ada",
        "script-sample": "alert('Nights in the lab')",
        "referrer": "http://localhost:8000/projects/labs",
    }
}
NEWER = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "http://localhost:8000/projects/labs",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
            "sample": "color: red",
        },
    }
]


def test_a_report_is_one_line_by_patterns(db: None, told: Lines) -> None:
    assert sent(OLDER) == 204
    assert sent(NEWER, kind="application/reports+json") == 204
    assert told.messages == [
        "The policy was violated: script-src-elem blocked evil.example on sign-in/<str:token>.",
        "The policy was violated: style-src-attr blocked inline on projects/<slug:slug>.",
    ]


HOSTILE: list[Any] = [
    {"csp-report": {"violated-directive": "a\nERROR forged", "blocked-uri": "x\ny" * 99}},
    {"csp-report": {"blocked-uri": "http://[", "document-uri": "http://["}},
    {"csp-report": {"blocked-uri": "https://" + "ada." * 900, "document-uri": "\x00"}},
    {"csp-report": {"effective-directive": {"a": [1]}, "blocked-uri": 7, "document-uri": None}},
]


@pytest.mark.parametrize("body", HOSTILE)
def test_no_report_forges_a_line_or_fills_one(db: None, told: Lines, body: Any) -> None:
    assert sent(body) == 204
    assert told.messages == [
        "The policy was violated: something blocked something on a page unknown."
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 16_000])
def test_what_cannot_be_read_is_refused(db: None, told: Lines, body: bytes) -> None:
    assert sent(body) == 400
    assert not told.messages


@pytest.mark.parametrize("body", [[], {}, 7, None, [7, None, {"body": 7}], {"csp-report": []}])
def test_what_says_nothing_is_passed_over(db: None, told: Lines, body: Any) -> None:
    assert sent(body) == 204
    assert not told.messages


def test_a_report_is_small(db: None, told: Lines) -> None:
    assert sent(b"[" + b" " * violations.LARGEST + b"]") == 413
    assert sent(NEWER * 1_000, kind="application/reports+json") == 413
    assert sent(NEWER * 50, kind="application/reports+json") == 204
    assert len(told.messages) == violations.MOST_AT_ONCE


def test_an_address_reports_so_often_and_all_together_so_often(
    db: None, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(violations, "FROM_AN_ADDRESS", Limit("reports", 3, 3600))
    monkeypatch.setattr(violations, "ALTOGETHER", Limit("all-reports", 5, 3600))
    asked = [
        sent(OLDER, client=Client(enforce_csrf_checks=True, REMOTE_ADDR=f"192.0.2.{who}"))
        for who in (1, 1, 1, 1, 1, 2, 2, 2)
    ]
    assert set(asked) == {204}
    assert len(told.messages) == 5


def test_every_page_names_where_to_report(db: None, client: Client) -> None:
    assert f"report-uri {ADDRESS}" in client.get("/sign-in")["Content-Security-Policy"]
