"""κ and its relations against published figures."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from annotations.agreement.coefficients.figures import Undefined
from annotations.agreement.coefficients.kappas import cohen, fleiss, gwet, scott
from tests.agreement.coefficients.test_coincidences import WITH_GAPS, coded

Values = NDArray[np.int_]


def crossed(*rows: list[int]) -> Values:
    """A table of what one coder said against what the other did, as pairs."""
    return np.array(
        [(i, j) for i, row in enumerate(rows) for j, times in enumerate(row) for _ in range(times)]
    )


def rated(*rows: list[int]) -> Values:
    """How often each unit got each category → units × judgements."""
    return np.array(
        [[code for code, times in enumerate(row) for _ in range(times)] for row in rows]
    )


# Cohen (1960), table 1, in hundredths; (1968), table 1, with its weights.
COHEN_1960 = crossed([25, 13, 12], [12, 2, 16], [3, 15, 2])
# Fleiss, Levin & Paik (2003), table 18.1: three diagnoses of 100 patients.
FLEISS_2003 = crossed([75, 1, 4], [5, 4, 1], [0, 0, 10])


def test_kappa_of_two_coders_is_as_published() -> None:
    assert cohen(FLEISS_2003).value == pytest.approx(0.676, abs=0.0005)


def test_kappa_of_disagreement_is_below_zero() -> None:
    figure = cohen(COHEN_1960)
    agreeing, chance = 0.29, 0.5 * 0.4 + 0.3 * 0.3 + 0.2 * 0.3
    assert figure.value == pytest.approx((agreeing - chance) / (1 - chance))


def test_weights_make_near_misses_count_less() -> None:
    near = crossed([10, 5, 0], [5, 10, 5], [0, 5, 10])
    apart = abs(np.subtract.outer(np.arange(3.0), np.arange(3.0)))
    plain, linear, quadratic = (cohen(near, w).value for w in (None, apart, apart**2))
    assert plain is not None
    assert linear is not None
    assert quadratic is not None
    assert plain < linear < quadratic


def test_pi_pools_what_both_coders_gave() -> None:
    shares = np.array([80 + 80, 10 + 5, 10 + 15]) / 200
    chance = float((shares**2).sum())
    assert scott(FLEISS_2003).value == pytest.approx((0.89 - chance) / (1 - chance))


def test_fleiss_kappa_of_fourteen_raters_is_as_published() -> None:
    table = rated(
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    )  # fmt: skip
    assert fleiss(table).value == pytest.approx(0.210, abs=0.0005)


def test_fleiss_kappa_wants_as_many_judgements_of_every_unit() -> None:
    assert fleiss(coded(*WITH_GAPS)).reason is Undefined.UNEQUAL_NUMBERS


def test_ac1_with_gaps_is_as_published() -> None:
    assert gwet(coded(*WITH_GAPS)).value == pytest.approx(0.775, abs=0.0005)


def test_ac1_withstands_a_rare_category_where_kappa_falls() -> None:
    rare = crossed([95, 2], [3, 0])
    first, second = gwet(rare).value, cohen(rare).value
    assert first is not None
    assert second is not None
    assert second < 0 < 0.9 < first


@pytest.mark.parametrize("measure", [cohen, scott, fleiss, gwet])
def test_without_variation_nothing_is_corrected_for_chance(measure) -> None:  # type: ignore[no-untyped-def]
    figure = measure(coded("000", "000"))
    assert (figure.value, figure.reason) == (None, Undefined.NO_VARIATION)


@pytest.mark.parametrize("measure", [cohen, scott, fleiss, gwet])
def test_what_cannot_be_compared_is_said_so(measure) -> None:  # type: ignore[no-untyped-def]
    assert measure(coded("..", "..")).reason is Undefined.NO_UNITS
    assert measure(coded("01", "..")).reason is Undefined.FEWER_THAN_TWO_CODERS
    assert measure(coded("01..", "..10")).reason is Undefined.NO_PAIRABLE_UNITS


@pytest.mark.parametrize("measure", [cohen, scott])
def test_three_coders_are_no_pair(measure) -> None:  # type: ignore[no-untyped-def]
    assert measure(coded("01", "01", "01")).reason is Undefined.NOT_TWO_CODERS
