"""Intervals: from groups, repeatable, and honest where there is little."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from annotations.agreement.coefficients.coincidences import alpha, coincidences
from annotations.agreement.coefficients.metrics import between_sets, masi
from annotations.agreement.resampling import Interval, alpha_interval


def parts(*tables: list[list[float]]) -> NDArray[np.float64]:
    return np.array(tables).reshape(len(tables), -1)


APART = 1 - np.eye(2)


def of(groups: NDArray[np.float64], *, seed: int = 7, samples: int = 400) -> Interval:
    found = alpha_interval(groups, APART, seed=seed, samples=samples)
    assert found is not None
    return found


VARIED = parts(*[[[8 + n % 5, n % 3], [n % 3, 1 + n % 2]] for n in range(40)])


def whole(groups: NDArray[np.float64]) -> float:
    """α of all groups, from their summed table."""
    table = groups.sum(axis=0).reshape(2, 2)
    totals = table.sum(axis=1)
    n = float(totals.sum())
    return float(1 - (n - 1) * (n - table.trace()) / (n**2 - (totals**2).sum()))


def test_one_story_over_and_over_gives_its_own_alpha() -> None:
    chance = np.random.default_rng(3)
    values = chance.integers(0, 3, size=(60, 3))
    table = coincidences(values)
    sets = [frozenset("a"), frozenset("ab"), frozenset("c")]
    metric = between_sets(sets, masi)
    distances = metric(table.categories, table.totals)
    found = alpha_interval(np.tile(table.observed.ravel(), (30, 1)), distances, seed=1)
    single = alpha(table, metric=metric).value
    assert found is not None
    # Thirty times as many units, so that n − 1 differs a little.
    assert [found.low, found.high] == pytest.approx([single, single], abs=0.02)


def test_the_interval_holds_the_figure_and_is_repeatable() -> None:
    found = of(VARIED)
    assert found.low < whole(VARIED) < found.high
    assert of(VARIED) == found != of(VARIED, seed=8)


def test_stories_that_differ_make_it_wider() -> None:
    alike = parts(*[[[9, 1], [1, 2]]] * 40)
    apart = parts(*[[[9, 0], [0, 3]], [[9, 2], [2, 1]]] * 20)
    assert of(alike).high - of(alike).low == pytest.approx(0)
    assert of(apart).high - of(apart).low > 0.1


def test_more_stories_make_it_narrower() -> None:
    few, many = of(VARIED[:20]), of(np.tile(VARIED, (10, 1)))
    assert many.high - many.low < few.high - few.low
    assert not few.few
    assert of(VARIED[:19]).few


def test_samples_without_variation_are_counted_and_left_out() -> None:
    rare = parts([[9, 0], [0, 0]], [[9, 0], [0, 0]], [[4, 1], [1, 2]])
    found = of(rare)
    assert 0 < found.defined < found.samples


def test_one_story_has_no_interval() -> None:
    assert alpha_interval(VARIED[:1], APART, seed=1) is None
    assert alpha_interval(parts([[9, 0], [0, 0]], [[9, 0], [0, 0]]), APART, seed=1) is None
