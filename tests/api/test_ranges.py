"""Byte ranges as RFC 9110 has them."""

from __future__ import annotations

from io import BytesIO

import pytest

from annotations.api.ranges import Piece, Unsatisfiable, asked_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-3", range(0, 4)),
        ("bytes=3-3", range(3, 4)),
        ("bytes=4-", range(4, 10)),
        ("bytes=-4", range(6, 10)),
        ("bytes=-40", range(0, 10)),
        ("bytes=8-40", range(8, 10)),
        ("bytes=3-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-3", None),
        ("bytes=٣-٤", None),
        ("", None),
    ],
)
def test_one_range_is_read_and_anything_else_is_the_whole(
    header: str, expected: range | None
) -> None:
    assert asked_range(header, size=10) == expected


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_outside_the_file_cannot_be_served(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked_range(header, size=10)


def test_a_piece_ends_where_the_range_does() -> None:
    piece = Piece(BytesIO(b"0123456789"), range(2, 7))
    assert [piece.read(3), piece.read(3), piece.read(3)] == [b"234", b"56", b""]
    assert Piece(BytesIO(b"0123456789"), range(2, 7)).read() == b"23456"
