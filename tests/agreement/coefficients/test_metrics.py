"""Distances, against published α and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.coefficients.coincidences import alpha, coincidences
from annotations.agreement.coefficients.metrics import (
    between_sets,
    interval,
    jaccard,
    masi,
    ordinal,
    ratio,
)
from tests.agreement.coefficients.test_coincidences import WITH_GAPS, coded

NUMBERS = np.arange(128.0) - ord("0")
SETS = st.frozensets(st.sampled_from("abcd"))


@pytest.mark.parametrize(
    ("metric", "published"),
    [(ordinal, 0.815), (interval(NUMBERS), 0.849)],
)
def test_alpha_with_gaps_is_as_published(metric, published) -> None:  # type: ignore[no-untyped-def]
    figure = alpha(coincidences(coded(*WITH_GAPS)), metric=metric)
    assert figure.value == pytest.approx(published, abs=0.0005)


def test_alpha_of_ratios_with_gaps_is_as_published() -> None:
    figure = alpha(coincidences(coded(*WITH_GAPS)), metric=ratio(np.maximum(NUMBERS, 0)))
    assert figure.value == pytest.approx(0.797, abs=0.0005)


def test_two_zeros_are_the_same_ratio() -> None:
    squares = ratio(np.array([0.0, 0.0, 3.0]))(np.array([0, 1, 2]), np.ones(3))
    assert squares.tolist() == [[0, 0, 1], [0, 0, 1], [1, 1, 0]]


def test_a_ratio_scale_has_no_values_below_zero() -> None:
    with pytest.raises(ValueError, match="below 0"):
        ratio(np.array([-1.0, 2.0]))


def test_unevenly_spaced_numbers_are_not_ranks() -> None:
    values = np.array([[0, 1], [1, 2], [2, 2], [0, 0]])
    near, far = (
        alpha(coincidences(values), metric=interval(np.array(n))).value
        for n in ([0, 1, 2.0], [0, 1, 100.0])
    )
    assert near != pytest.approx(far)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("ab", "ab", 0), ("ab", "a", 1 - 1 / 2 * 2 / 3), ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1), ("", "", 0), ("", "a", 1),
    ],
)  # fmt: skip
def test_masi_weighs_how_sets_overlap(a: str, b: str, distance: float) -> None:
    assert masi(frozenset(a), frozenset(b)) == pytest.approx(distance)


@given(a=SETS, b=SETS)
def test_distances_of_sets_are_symmetric_and_masi_is_the_stricter(
    a: frozenset[str], b: frozenset[str]
) -> None:
    assert masi(a, b) == masi(b, a) >= jaccard(a, b) == jaccard(b, a)
    assert (masi(a, b) == 0) == (a == b)


def test_coders_who_both_saw_nothing_agree() -> None:
    sets = [frozenset[str](), frozenset("a"), frozenset("b")]
    values = np.array([[0, 0], [0, 0], [1, 1], [1, 2]])
    apart = np.array([[0, 1], [0, 1], [1, 1], [1, 2]])
    metric = between_sets(sets, masi)
    agreeing, not_so = (alpha(coincidences(v), metric=metric).value for v in (values, apart))
    assert agreeing is not None
    assert not_so is not None
    assert agreeing > 0.5 > not_so
