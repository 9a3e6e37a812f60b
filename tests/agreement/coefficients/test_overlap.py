"""What two coders' spans have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.coefficients.figures import Undefined
from annotations.agreement.coefficients.overlap import (
    Matches,
    characters,
    exact,
    overlapping,
)
from annotations.text.spans import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: Span(at[0], at[0] + at[1])),
    max_size=6,
)


def spans(*places: tuple[int, int]) -> list[Span]:
    return [Span(*place) for place in places]


def test_equal_spans_pair_off_one_to_one() -> None:
    assert exact(spans((0, 4), (0, 4), (6, 9)), spans((0, 4), (6, 8))) == Matches(1, 3, 2)
    assert exact(spans((0, 4), (0, 4)), spans((0, 4), (0, 4))) == Matches(2, 2, 2)


def test_half_in_common_is_enough_and_less_is_not() -> None:
    assert overlapping(spans((0, 4)), spans((0, 8))).common == 1
    assert overlapping(spans((0, 4)), spans((0, 9))).common == 0


def test_a_span_is_paired_only_once_and_as_many_as_can_be_are() -> None:
    assert overlapping(spans((0, 10)), spans((0, 6), (4, 10))) == Matches(1, 1, 2)
    # The first of each overlap most, but pairing them would leave the others alone.
    assert overlapping(spans((0, 10), (0, 6)), spans((0, 9), (1, 14))).common == 2


def test_characters_are_counted_once_however_often_they_are_covered() -> None:
    assert characters(spans((0, 4), (2, 6)), spans((5, 9))) == Matches(1, 6, 4)


def test_counts_add_up_over_documents() -> None:
    assert (Matches(1, 2, 3) + Matches(2, 2, 2)).f1.value == pytest.approx(6 / 9)


def test_without_spans_there_is_nothing_to_agree_on() -> None:
    assert Matches().f1.reason is Undefined.NO_SPANS
    assert Matches(0, 1, 0).f1.value == 0


@given(a=SPANS, b=SPANS)
def test_measures_are_symmetric_and_exact_ones_overlap(a: list[Span], b: list[Span]) -> None:
    for measure in (exact, overlapping, characters):
        assert measure(a, b).common == measure(b, a).common
        assert measure(a, a).f1.value in {None, 1.0}
    assert exact(a, b).common <= overlapping(a, b).common <= min(len(a), len(b))
