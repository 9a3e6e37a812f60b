"""Counting units that look alike loses nothing that a figure rests on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn
from numpy.typing import NDArray

from annotations.agreement.coefficients.coincidences import coincidences, coinciding, parts
from annotations.agreement.coefficients.figures import MISSING
from annotations.agreement.coefficients.patterns import patterns

Values = NDArray[np.int_]
TABLES = drawn.arrays(
    int,
    st.tuples(st.integers(0, 9), st.integers(1, 4)),
    elements=st.integers(MISSING, 3),
)


@given(TABLES)
def test_every_row_is_counted_as_often_as_it_stands_there(values: Values) -> None:
    found = patterns(values)
    counted = {
        tuple(row): n for row, n in zip(found.rows.tolist(), found.counts[0].tolist(), strict=True)
    }
    rows = [tuple(row) for row in values.tolist()]
    assert counted == {row: rows.count(row) for row in rows}


@pytest.mark.parametrize("largest", [1, 200, 2**40])
def test_many_values_and_many_coders_are_counted_too(largest: int) -> None:
    chance = np.random.default_rng(1)
    values = chance.integers(MISSING, largest, size=(50, 5))
    values[10:20] = values[:10]
    found = patterns(values)
    assert found.counts.sum() == 50
    assert {tuple(row) for row in found.rows} == {tuple(row) for row in values}


def test_groups_are_counted_apart_and_put_together_again() -> None:
    values = np.array([[0, 1], [0, 1], [1, 1], [0, 0]])
    found = patterns(values, np.array([0, 2, 2, 1]), 3)
    assert found.counts.sum(axis=1).tolist() == [1, 1, 2]
    whole = found.pooled()
    assert coinciding(whole).observed.tolist() == coincidences(values).observed.tolist()
    halves = found.by(np.array([1, 1, 0]), 2)
    assert halves.counts.sum(axis=1).tolist() == [2, 2]
    assert parts(found).sum(axis=0).tolist() == coincidences(values).observed.ravel().tolist()


def test_a_pair_is_that_of_its_columns() -> None:
    values = np.array([[0, 1, MISSING], [0, 0, 1], [1, MISSING, 1]])
    pair = patterns(values).pair(0, 2)
    assert coinciding(pair).observed.tolist() == coincidences(values[:, [0, 2]]).observed.tolist()
