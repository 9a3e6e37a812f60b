"""Agreement against published figures, and honesty where there is none to state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn
from numpy.typing import NDArray

from annotations.agreement.coefficients.coincidences import (
    MISSING,
    alpha,
    coincidences,
    percent_agreement,
    prevalence,
    specific_agreement,
)
from annotations.agreement.coefficients.figures import Coefficient, Undefined

Values = NDArray[np.int_]


def coded(*coders: str) -> Values:
    """One string a coder, one character a unit, `.` for a judgement not made."""
    rows = [[MISSING if mark == "." else ord(mark) for mark in marks] for marks in coders]
    return np.array(rows).T


def alpha_of(*coders: str) -> Coefficient:
    return alpha(coincidences(coded(*coders)))


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", parts A to C.
BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
WITH_GAPS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def test_alpha_of_binary_data_is_as_published() -> None:
    assert alpha_of(*BINARY).value == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_nominal_data_of_two_coders_is_as_published() -> None:
    assert alpha_of(*NOMINAL).value == pytest.approx(0.692, abs=0.0005)


def test_alpha_of_four_coders_with_gaps_is_as_published() -> None:
    figure = alpha_of(*WITH_GAPS)
    assert figure.value == pytest.approx(0.743, abs=0.0005)
    assert (figure.n_units, figure.n_pairable, figure.n_values, figure.n_coders) == (12, 11, 40, 4)


def test_the_coincidences_with_gaps_are_as_published() -> None:
    table = coincidences(coded(*WITH_GAPS))
    assert table.totals == pytest.approx([9, 13, 10, 5, 3])
    assert table.observed[0] == pytest.approx([7, 4 / 3, 1 / 3, 1 / 3, 0])
    assert table.observed[1] == pytest.approx([4 / 3, 10, 4 / 3, 1 / 3, 0])


def test_a_metric_can_be_handed_in() -> None:
    def interval(categories: Values, _totals: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.subtract.outer(categories, categories).astype(float) ** 2

    figure = alpha(coincidences(coded(*WITH_GAPS)), metric=interval)
    assert figure.value == pytest.approx(0.849, abs=0.0005)


def test_a_metric_sees_the_totals_that_ordinal_data_need() -> None:
    def ordinal(_categories: Values, totals: NDArray[np.float64]) -> NDArray[np.float64]:
        reach = np.cumsum(totals) - totals / 2
        return np.subtract.outer(reach, reach) ** 2

    figure = alpha(coincidences(coded(*WITH_GAPS)), metric=ordinal)
    assert figure.value == pytest.approx(0.815, abs=0.0005)


def test_percent_agreement_of_two_coders_is_the_share_of_equal_units() -> None:
    assert percent_agreement(coincidences(coded(*BINARY))).value == pytest.approx(0.6)


def test_positive_agreement_leaves_out_what_nobody_tagged() -> None:
    table = coincidences(coded(*BINARY))
    assert specific_agreement(table, ord("1")).value == pytest.approx(2 * 1 / (2 + 4))


def test_prevalence_counts_judgements_of_units_that_two_judged() -> None:
    table = coincidences(coded("11.", "101"))
    assert prevalence(table, ord("1")).value == pytest.approx(3 / 4)


def test_perfect_agreement_with_variation_is_one() -> None:
    assert alpha_of("0110", "0110").value == 1.0


def test_agreement_without_variation_is_undefined_not_perfect() -> None:
    figure = alpha_of("0000", "0000")
    assert (figure.value, figure.reason) == (None, Undefined.NO_VARIATION)


def test_one_coder_alone_agrees_with_nobody() -> None:
    assert alpha_of("0101", "....").reason is Undefined.FEWER_THAN_TWO_CODERS


def test_coders_who_share_no_unit_cannot_be_compared() -> None:
    figure = alpha_of("01..", "..01")
    assert (figure.value, figure.reason) == (None, Undefined.NO_PAIRABLE_UNITS)
    assert figure.n_units == 4


def test_nothing_judged_is_said_so() -> None:
    assert alpha_of("..", "..").reason is Undefined.NO_UNITS
    assert alpha(coincidences(np.empty((0, 2), dtype=int))).reason is Undefined.NO_UNITS


def test_a_value_that_nobody_gave_has_no_specific_agreement_but_a_prevalence_of_zero() -> None:
    table = coincidences(coded("0101", "0111"))
    assert specific_agreement(table, 7).reason is Undefined.VALUE_NEVER_GIVEN
    assert prevalence(table, 7).value == 0.0


tables = drawn.arrays(
    np.int_,
    st.tuples(st.integers(0, 12), st.integers(1, 4)),
    elements=st.integers(MISSING, 3),
)


@given(tables)
def test_a_figure_has_a_value_or_a_reason_and_is_never_nan(values: Values) -> None:
    table = coincidences(values)
    for figure in (alpha(table), percent_agreement(table), specific_agreement(table, 1)):
        assert (figure.value is None) == (figure.reason is not None)
        assert figure.value is None or -1.0 <= figure.value <= 1.0 + 1e-12


@given(tables, st.randoms(use_true_random=False))
def test_neither_coders_nor_units_have_an_order(values: Values, random: object) -> None:
    rng = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    shuffled = rng.permutation(rng.permutation(values, axis=0), axis=1)
    before, after = alpha(coincidences(values)), alpha(coincidences(shuffled))
    assert before.reason == after.reason
    assert before.value == pytest.approx(after.value)


@given(tables)
def test_judgements_without_a_pair_change_nothing_but_the_count(values: Values) -> None:
    lonely = np.full((1, values.shape[1]), MISSING)
    lonely[0, 0] = 2
    alone = alpha(coincidences(np.vstack([values, lonely])))
    before = alpha(coincidences(values))
    if before.value is None:
        assert alone.value is None
    else:
        assert alone.value == pytest.approx(before.value, rel=1e-12, abs=1e-12)
    assert alone.n_pairable == before.n_pairable
