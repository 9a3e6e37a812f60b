"""Forms as no browser sends them: packed, in parts without number or end, in codes that are none."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from django.test import Client

from annotations.corpus.models import ImportFile
from annotations.project.models import ApiToken, Project
from tests.cast import Cast
from tests.security.places import UNSAFE
from tests.security.test_forms import visitor
from tests.security.test_routes import things

FORMS = [
    path for method, path in UNSAFE if method == "POST" and not path.startswith(("/api/", "/sign"))
]
FORMS = [path for path in FORMS if path not in {"/account/erase", "/policy-violations"}]
TO = ("/tokens", "/language", "/projects/labs/imports", "/api/v1/projects/labs/imports")
FORM = "application/x-www-form-urlencoded"
WISH = b"do=create&name=packed&scopes=manage&days=30"
B = "frontier"


def sent(client: Client, to: str, body: bytes, kind: str, **headers: str) -> int:
    return int(client.generic("POST", to, body, content_type=kind, headers=headers).status_code)


def swollen(packed: str) -> bytes:
    """A wish, and ten megabytes of nothing after it in ten kilobytes."""
    whole = WISH + b"&x=" + b" " * 10_000_000
    return zlib.compress(whole) if packed == "deflate" else gzip.compress(whole)


@pytest.mark.parametrize("packed", ["gzip", "deflate", "gzip, gzip", "br", "zstd"])
def test_a_packed_form_is_not_unpacked(cast: Cast, packed: str) -> None:
    """On whatever route: what it says is done by none of them."""
    named, client = things(cast), visitor(cast)
    body = swollen(packed)
    for pattern in FORMS:
        path = pattern.format(**named)
        said = {"Content-Encoding": packed}
        assert sent(client, path, body, FORM, **said) < 500, path
        assert client.session.get("_auth_user_id"), path
    assert not ApiToken.objects.filter(name="packed").exists()
    parts = part('form-data; name="files"; filename="a.txt"', b"Pay.")
    for path in TO:
        sent(client, path, gzip.compress(parts), f"multipart/form-data; boundary={B}", **said)
    assert not ImportFile.objects.exists()


def part(said: str, content: bytes = b"x", *more: str, end: bool = True) -> bytes:
    head = "\r\n".join([f"--{B}", f"Content-Disposition: {said}", *more, "", ""])
    return head.encode() + content + (f"\r\n--{B}--\r\n".encode() if end else b"")


def nested(depth: int) -> bytes:
    """Parts within parts, each with a frontier of its own."""
    opened = b"".join(
        f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n".encode()
        for n in range(depth)
    )
    return opened + b"x" + b"".join(f"\r\n--b{n}--".encode() for n in reversed(range(depth)))


NAMED = 'form-data; name="name"'
FILE = 'form-data; name="files"; filename="a.txt"'
PARTS: dict[str, bytes] = {
    "ten thousand and one files": part(FILE, end=False).join([b"\r\n"] * 10_002),
    "parts in parts": part(FILE, nested(2_000), f"Content-Type: multipart/mixed; boundary={B}0"),
    "a field of parts": part(NAMED, nested(2_000), "Content-Type: multipart/mixed; boundary=b0"),
    "a head of two megabytes": part(NAMED, b"x", "X: " + "y" * 2_000_000),
    "ten thousand lines of head": part(NAMED, b"x", *[f"X-{n}: y" for n in range(10_000)]),
    "a name of a megabyte": part(f'form-data; name="{"n" * 1_000_000}"'),
    "a file name of a megabyte": part(f'form-data; name="files"; filename="{"n" * 1_000_000}"'),
    "a name in another code": part("form-data; name*=hex''78; filename*=utf-7''+AC8-x"),
    "a name without an end": part('form-data; name="name'),
    "no name": part("form-data"),
    "no head": f"--{B}\r\n\r\nx\r\n--{B}--".encode(),
    "no end": part(NAMED, b"x" * 70_000, end=False),
    "nothing but frontiers": f"--{B}\r\n".encode() * 50_000,
    "six megabytes of a field": part(NAMED, b"x" * 6_000_000),
    "base64 that is none": part(NAMED, b"*" * 1_001, "Content-Transfer-Encoding: base64"),
    "a file in base64 that is none": part(FILE, b"*", "Content-Transfer-Encoding: base64"),
    "a packed part": part(FILE, gzip.compress(b" " * 1_000_000), "Content-Encoding: gzip"),
    "NUL in names": part('form-data; name="na\x00me"; filename="a\x00.txt"'),
    "half a character": part(NAMED, b"\xff\xfe\xed\xa0\x80"),
    "a length that lies": part(FILE, b"x", "Content-Length: 99999999999999999999"),
    "a path for a name": part('form-data; name="files"; filename="../../../../etc/passwd"'),
}


@pytest.mark.parametrize("body", PARTS.values(), ids=list(PARTS))
def test_no_parts_break_a_form(cast: Cast, body: bytes) -> None:
    things(cast)
    client = visitor(cast)
    for path in TO:
        status = sent(client, path, body, f"multipart/form-data; boundary={B}")
        assert status < 500, path
    assert not ImportFile.objects.filter(name__contains="..").exists()


KINDS = [
    *(f"multipart/form-data; boundary={B}; charset={code}" for code in ("hex", "zip", "rot13")),
    *(f"multipart/form-data; boundary={B}; charset={c}" for c in ("idna", "utf-7", "undefined")),
    *(f"{FORM}; charset={code}" for code in ("hex", "utf-7", "unicode_escape", "no-such")),
    f"application/json; charset=hex; boundary={B}",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "b" * 5_000,
    "multipart/form-data; boundary=\x7f",
    "multipart/form-data; boundary=é",
    f"multipart/form-data; boundary={B}; boundary=other",
    f"multipart/mixed; boundary={B}",
]


@pytest.mark.parametrize("kind", KINDS, ids=[str(number) for number in range(len(KINDS))])
def test_no_kind_of_body_breaks_a_form(cast: Cast, kind: str) -> None:
    things(cast)
    client = visitor(cast)
    known = Project.objects.count()
    for path in (*TO, "/api/v1/projects", "/account/identities"):
        for body in (part(NAMED, "é\udced".encode("utf-8", "surrogatepass")), WISH):
            answer: Any = client.generic("POST", path, body, content_type=kind)
            assert answer.status_code < 500, (path, kind)
    assert Project.objects.count() == known
