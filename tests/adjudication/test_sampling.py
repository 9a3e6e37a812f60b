"""The interval of a share, against figures that others have published."""

from __future__ import annotations

import pytest

from annotations.adjudication.sampling import wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score, no correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(count: int, total: int, low: float, high: float) -> None:
    found = wilson(count, total)
    assert found is not None
    assert found == pytest.approx((low, high), abs=0.00005)


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_it_is_the_same_from_either_side() -> None:
    found, other = wilson(3, 17), wilson(14, 17)
    assert found is not None
    assert other is not None
    assert found == pytest.approx((1 - other[1], 1 - other[0]))
