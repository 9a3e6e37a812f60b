"""Every field of every form, and every parameter of every page, given what no page would send."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import Cast
from tests.security.places import READ, UNSAFE
from tests.security.test_routes import things

FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
PARAMETER = re.compile(r'href="[^"#]*\?([^"#]+)"')
VALUES = {
    "NUL": "a\x00b",
    "half a pair": "a\udced\udca0\udc80b",  # its bytes, as they would be sent
    "a whole number beyond the column": str(2**63),
    "a number below": str(-(2**63) - 1),
    "thousands of digits": "9" * 5_000,
    "other digits": "²٣",
    "no number": "NaN",
    "no date": "0000-99-99T99:99",
    "a list": "1,2,[3]",
    "a null UUID": "00000000-0000-0000-0000-000000000000",
    "two hundred kilobytes": "é" * 100_000,
    "controls and marks": "\x1b\x07\u202e\u2028\ufeff\U0010ffff",
    "nothing": "",
}
# What ends the visit.
LEFT_OUT = {"/sign-out", "/account/erase", "/sign-in/{token}"}


def visitor(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.mia)
    return client


def names_on(page: str) -> set[str]:
    """Of fields, and of parameters that links have."""
    found = set(FIELD.findall(page)) - {"csrfmiddlewaretoken"}
    for query in PARAMETER.findall(page):
        found |= {each.partition("=")[0] for each in query.replace("&amp;", "&").split("&")}
    return found


def as_bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
        return ""
    return b"".join(answer).decode()


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_no_value_of_a_field_breaks_a_form(cast: Cast, value: str) -> None:
    named, client, filled = things(cast), visitor(cast), 0
    for method, pattern in UNSAFE:
        if method != "POST" or pattern.startswith("/api/") or pattern in LEFT_OUT:
            continue
        path = pattern.format(**named)
        names = names_on(page_of(client, path)) or {"name", "next", "deed", "do"}
        filled += len(names)
        before = transaction.savepoint()
        body = urlencode(dict.fromkeys(names, as_bytes(value)))
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, (path, sorted(names))
        transaction.savepoint_rollback(before)
    assert filled > 60


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_no_value_of_a_parameter_breaks_a_page(cast: Cast, value: str) -> None:
    named, client, asked = things(cast), visitor(cast), 0
    sent = as_bytes(value[:5_000])
    for pattern in READ:
        if pattern.startswith("/api/") or pattern == "/readyz":
            continue
        path = pattern.format(**named)
        for name in {*names_on(page_of(client, path)), "page", "after", "q"}:
            before = transaction.savepoint()
            answer = client.get(f"{path}?{urlencode({name: sent})}")
            assert answer.status_code < 500, (path, name)
            transaction.savepoint_rollback(before)
            asked += 1
    assert asked > 150


def test_thousands_of_fields_and_parts_are_refused(cast: Cast) -> None:
    things(cast)
    client = visitor(cast)
    fields = {f"field{number}": "x" for number in range(5_000)}
    for path in ("/language", "/tokens", "/projects/labs/codebook/draft", "/projects/labs/imports"):
        for kind in ("application/x-www-form-urlencoded", None):
            if kind:
                body = "&".join(f"{name}=x" for name in fields)
                answer = client.post(path, body, content_type=kind)
            else:
                answer = client.post(path, fields)
            assert answer.status_code in {302, 400, 413, 422}, (path, kind)
