"""More files made to hurt: archives that lie about themselves, rows and pages that go on for ever."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable

import pytest

from annotations.corpus.deliveries.limits import MB
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Document, ImportFile, Outcome
from annotations.corpus.readers.reading import read
from tests.cast import Cast
from tests.security.test_hostile_files import GOOD, alone, became, packed
from tests.security.test_hostile_pages import between, read_apart

END = b"PK\x05\x06"
DIRECTORY = b"PK\x01\x02"


def stored(*members: tuple[str, bytes]) -> bytearray:
    """An archive without compression, to be bent by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return bytearray(out.getvalue())


def test_members_that_share_their_bytes_are_counted_each_and_swell_nothing(cast: Cast) -> None:
    """Entries of the directory that all point at one member, as in a bomb without nesting."""
    data = stored(("a.txt", b"0" * 1_000_000))
    at, end = data.index(DIRECTORY), data.index(END)
    entry = bytes(data[at:end])
    entries = b"".join(entry[:46] + f"{n:05}"[-5:].encode() + entry[51:] for n in range(2_000))
    tail = struct.pack("<4s4H2LH", END, 0, 0, 2_000, 2_000, len(entries), at, 0)
    said = alone(cast, "overlap.zip", bytes(data[:at]) + entries + tail)
    assert "times its size" in said


def test_empty_members_without_number_are_refused_by_their_number(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(70_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    assert "70,000 files" in alone(cast, "empty.zip", out.getvalue())


def test_an_archive_of_the_64_bit_kind_is_read_as_any_other(cast: Cast) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(b"Rome burned.\n")
    assert became(cast, ("big.zip", out.getvalue()))["a.txt"] == Outcome.ADDED


def test_a_member_that_claims_the_impossible_is_not_opened(cast: Cast) -> None:
    data = stored(("a.txt", b"Rome burned."))
    at = data.index(DIRECTORY)
    data[at + 20 : at + 28] = b"\xff" * 8
    assert "times its size" in alone(cast, "huge.zip", bytes(data))


@pytest.mark.parametrize("method", [1, 9, 12, 14, 99])
def test_members_packed_in_unknown_or_broken_ways_cost_themselves(cast: Cast, method: int) -> None:
    data = stored(("a.txt", b"Rome burned." * 9), GOOD)
    data[8:10] = struct.pack("<H", method)
    at = data.index(DIRECTORY)
    data[at + 10 : at + 12] = struct.pack("<H", method)
    found = became(cast, ("odd.zip", bytes(data)))
    assert found["a.txt"] not in Outcome.values
    assert found["good.txt"] == Outcome.ADDED


@pytest.mark.parametrize(
    "name", ["\u202etxt.exe", "a\x00b.txt", "n" * 70_000 + ".txt", ".", "\ud800.txt"]
)
def test_no_name_of_a_member_ends_a_delivery(cast: Cast, name: str) -> None:
    raw = name.encode("utf-8", "surrogatepass")[:65_000]
    data = stored(("?" * len(raw), b"Rome burned."), GOOD)
    data = data.replace(b"?" * len(raw), raw)
    found = became(cast, ("names.zip", bytes(data)), ("beside.txt", b"Word."))
    assert found["beside.txt"] == Outcome.ADDED


NUMBERS = {
    "a million digits": b'{"text": "Rome burned.", "n": ' + b"9" * 1_000_000 + b"}",
    "an exponent without end": b'{"text": "Rome burned.", "n": 1e999999999}',
    "no number": b'{"text": "Rome burned.", "n": NaN, "m": -Infinity}',
}


@pytest.mark.parametrize("line", NUMBERS.values(), ids=list(NUMBERS))
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_numbers_that_are_none_cost_their_line_at_most(cast: Cast, name: str, line: bytes) -> None:
    found = became(cast, (name, line), GOOD)
    assert found.pop("good.txt") == Outcome.ADDED
    assert len(found) <= 2


def test_half_a_pair_and_a_nul_in_json_never_reach_the_text(cast: Cast) -> None:
    lines = [r'{"text": "Rome \ud800 burned."}', r'{"text": "Al\u0000pha\udc00."}']
    found = became(cast, ("a.jsonl", "\n".join(lines).encode()), GOOD)
    assert set(found.values()) <= {Outcome.ADDED, "unpacked"}
    texts = set(Document.objects.values_list("source__name", flat=True))
    assert {"a.jsonl#1", "a.jsonl#2"} <= texts
    for document in Document.objects.all():
        assert "\x00" not in document.text
        document.text.encode()


def test_a_field_said_twice_is_as_json_has_it_the_last(cast: Cast) -> None:
    became(cast, ("a.jsonl", b'{"text": "Rome burned.", "text": "Nobody came."}'))
    assert [document.text for document in Document.objects.all()] == ["Nobody came."]


def test_names_without_number_are_refused_by_their_number(cast: Cast) -> None:
    row = json.dumps({"text": "Rome burned.", **{f"k{n}": n for n in range(200_000)}})
    assert "200,001 columns" in alone(cast, "names.jsonl", row.encode())


PAGES: dict[str, Callable[[], bytes]] = {
    "an attribute of twenty megabytes": lambda: between(
        f'<img src="data:;base64,{"QUJD" * 5 * MB}">'
    ),
    "styles in line": lambda: between('<p style="' + "a:b;" * 500_000 + '">x</p>'),
    "a lie about its letters": lambda: b'<meta charset="utf-16">' + between("<p>Caf\xe9</p>"),
    "letters nobody has": lambda: b'<meta charset="x-klingon">' + between("<p>x</p>"),
    "letters that would run": lambda: b'<meta charset="unicode_escape">' + between("<p>x</p>"),
    "tables in tables": lambda: between("<table><tr><td>" * 20_000),
    "forms in forms": lambda: between("<form><select><option>" * 30_000),
    "drawings": lambda: between("<svg><math><foreignObject>" * 20_000),
    "quotes in quotes": lambda: between("<blockquote>" * 50_000),
}


@pytest.mark.parametrize("build", PAGES.values(), ids=list(PAGES))
def test_a_page_that_swells_or_lies_is_read_within_the_limits(build: Callable[[], bytes]) -> None:
    _key, result = read_apart("page.html", build())
    assert isinstance(result, Read)
    assert "Rome burned." in result.draft.text


def test_laughs_by_the_billion_stay_one_word() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [{laughs}]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Rome &l9; burned.</p></body></html>'
    )
    draft = read("a.xhtml", page.encode())
    assert "Rome &l9; burned." in draft.text
    assert len(draft.text) < 2_000


MARKDOWN: dict[str, Callable[[], str]] = {
    "links in links": lambda: "[" * 20_000 + "a" + "](b)" * 20_000,
    "images in links": lambda: "[![" * 20_000,
    "references": lambda: "".join(f"[{n}]: /{n}\n" for n in range(50_000)) + "[1][2]" * 20_000,
    "entities": lambda: "&amp;" * 50_000,
    "setext": lambda: "a\n=\n" * 50_000,
    "one very long line": lambda: "word " * 400_000,
}


@pytest.mark.parametrize("build", MARKDOWN.values(), ids=list(MARKDOWN))
def test_markdown_that_nests_is_read_or_refused_and_takes_no_reader_down(
    build: Callable[[], str],
) -> None:
    _key, result = read_apart("a.md", ("Rome burned.\n\n" + build()).encode())
    reason = "" if isinstance(result, Read) else result.reason
    assert "ended while" not in reason
    assert "memory" not in reason


def test_every_refused_file_says_why(cast: Cast) -> None:
    became(
        cast,
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("nul.txt", b"\x00" * 5_000),
        ("noise.txt", bytes(range(256)) * 40),
        ("cut.html", b"<html><body><script>"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
        ("page.pdf", b"%PDF-1.7\n"),
        ("none.zip", packed()),
        ("empty.csv", b""),
        ("empty.json", b"[]"),
        ("word.json", b'"word"'),
        GOOD,
    )
    files = ImportFile.objects.exclude(name="good.txt")
    assert {file.name for file in files.filter(outcome="refused")} >= {
        *("empty.txt", "blank.txt", "nul.txt", "noise.txt", "cut.html", "image.txt", "page.pdf")
    }
    assert not [file.name for file in files.filter(outcome="refused", reason="")]
    assert not files.filter(outcome="waiting").exists()
