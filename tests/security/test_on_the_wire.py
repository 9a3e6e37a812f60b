"""Requests as no browser makes them, byte by byte: one answer or none, and nothing smuggled."""

from __future__ import annotations

import re
import socket
from contextlib import suppress

import pytest

from tests.servers import Server

PATIENCE = 30  # seconds
SMUGGLED = b"GET /healthz?smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def answered(server: Server, sent: bytes) -> list[int]:
    """The status of every answer until the server closes or has nothing more to say."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as wire:
        wire.sendall(sent)
        with suppress(OSError):  # it may have answered and gone
            wire.shutdown(socket.SHUT_WR)
        try:
            while piece := wire.recv(1 << 16):
                received += piece
        except ConnectionResetError:
            pass
    return [int(each) for each in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


def request(*lines: str, method: str = "POST", to: str = "/sign-out", body: bytes = b"") -> bytes:
    head = [f"{method} {to} HTTP/1.1", "Host: 127.0.0.1", *lines]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


TWO_LENGTHS = {
    "a length and chunks": (
        ["Content-Length: 4", "Transfer-Encoding: chunked"],
        b"0\r\n\r\n" + SMUGGLED,
    ),
    "chunks and a length": (
        ["Transfer-Encoding: chunked", f"Content-Length: {5 + len(SMUGGLED)}"],
        b"0\r\n\r\n" + SMUGGLED,
    ),
    "two lengths": (["Content-Length: 0", f"Content-Length: {len(SMUGGLED)}"], SMUGGLED),
    "a list of lengths": ([f"Content-Length: 0, {len(SMUGGLED)}"], SMUGGLED),
    "a signed length": ([f"Content-Length: +{len(SMUGGLED)}"], SMUGGLED),
    "a negative length": (["Content-Length: -1"], SMUGGLED),
    "a length in another base": (["Content-Length: 0x0"], SMUGGLED),
    "a length of other digits": (["Content-Length: ²"], SMUGGLED),
    "chunks of another kind": (["Transfer-Encoding: xchunked"], SMUGGLED),
    "chunked twice": (["Transfer-Encoding: chunked, chunked"], b"0\r\n\r\n" + SMUGGLED),
    "chunked and itself": (
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        b"0\r\n\r\n" + SMUGGLED,
    ),
    "a blank before the colon": (["Transfer-Encoding : chunked"], b"0\r\n\r\n" + SMUGGLED),
    "a folded line": (["Transfer-Encoding:\r\n chunked"], b"0\r\n\r\n" + SMUGGLED),
    "a bare line feed": (["X: y\nTransfer-Encoding: chunked"], b"0\r\n\r\n" + SMUGGLED),
    "a chunk of no size": (["Transfer-Encoding: chunked"], b"\r\n\r\n" + SMUGGLED),
    "a chunk of a signed size": (["Transfer-Encoding: chunked"], b"-1\r\n\r\n" + SMUGGLED),
    "a chunk without end": (["Transfer-Encoding: chunked"], b"ffffffffffffffff\r\n" + SMUGGLED),
}


def test_where_a_request_ends_is_never_in_doubt(server: Server) -> None:
    """What says it twice, or not as it is said, is refused, and the connection ends with it."""
    for name, (lines, body) in TWO_LENGTHS.items():
        statuses = answered(server, request(*lines, body=body))
        # Refused before its body was read, a request may be told that the body is none, too.
        assert statuses[1:] in ([], [400]), (name, statuses)
        assert 200 not in statuses, (name, statuses)
        assert all(status < 500 or status == 501 for status in statuses), (name, statuses)
    assert answered(server, request("Connection: close", method="GET", to="/healthz")) == [200]


ODD = {
    "a header of a megabyte": [f"X-Long: {'a' * (1 << 20)}"],
    "ten thousand headers": [f"X-{number}: y" for number in range(10_000)],
    "no header": ["nothing"],
    "NUL in a header": ["X-Nul: a\x00b"],
    "a cookie of sixty kilobytes": [f"Cookie: sessionid={'a' * 60_000}"],
    "a thousand cookies": ["Cookie: " + "; ".join(f"c{n}=x" for n in range(500))],
    "another host, too": ["Host: evil.example"],
    "languages without end": ["Accept-Language: " + ",".join(["fr;q=0.1"] * 700)],
    "ranges without end": ["Range: bytes=" + ",".join(["0-1"] * 1_500)],
    "a name with an underscore": ["X_Forwarded_Proto: https", "Remote_User: root"],
    "expecting what nobody promised": ["Expect: 200-maybe"],
}


def test_no_header_breaks_the_server(server: Server) -> None:
    for name, lines in ODD.items():
        statuses = answered(
            server, request(*lines, "Connection: close", method="GET", to="/account")
        )
        assert len(statuses) <= 1, (name, statuses)
        assert all(status < 500 or status == 501 for status in statuses), (name, statuses)
        assert 200 not in statuses, (name, statuses)
    assert answered(server, request("Connection: close", method="GET", to="/healthz")) == [200]


ADDRESSES = [
    *(
        "/" + "a" * 200_000,
        "/projects/" + "%2e%2e%2f" * 50 + "etc/passwd",
        "/static/../../etc/passwd",
    ),
    *(
        "/static/%2e%2e/%2e%2e/workbench/settings.py",
        "/static/..%5c..%5csettings.py",
        "//evil.example/",
    ),
    *(
        "http://evil.example/account",
        "/docs/%2e%2e/ARCHITECTURE",
        "/docs/images/..%2f..%2fREADME.md",
    ),
    *("/\x00", "/%00", "/?" + "a=b&" * 1_500, "*", "/;/", "/account;x=.css", "/account/x.css"),
    *("/api/v1/projects/labs/releases/v1/..%2f..%2f", "/projects/" + "9" * 3_000, "/code/%ff%fe"),
]


def test_no_address_leads_out_or_breaks_the_server(server: Server) -> None:
    for to in ADDRESSES:
        statuses = answered(server, request("Connection: close", method="GET", to=to))
        assert len(statuses) <= 1, (to[:60], statuses)
        assert all(status in {301, 302, 400, 404, 414, 431} for status in statuses), (
            to[:60],
            statuses,
        )


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "DEBUG", "PROPFIND", "get", "G\x00T"])
def test_no_other_method_is_answered(server: Server, method: str) -> None:
    for to in ("/sign-in", "/api/v1/projects", "/static/annotations/css/base.css"):
        for status in answered(server, request("Connection: close", method=method, to=to)):
            assert status in {400, 401, 403, 405, 501}, (method, to, status)


def test_no_header_makes_one_method_another(server: Server) -> None:
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        for to in ("/healthz?_method=DELETE", "/healthz"):
            said = request(f"{name}: DELETE", "Connection: close", method="GET", to=to)
            assert answered(server, said) == [200]
