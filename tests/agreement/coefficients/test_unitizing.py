"""The uα family against the published example, and at its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.coefficients.figures import Undefined
from annotations.agreement.coefficients.unitizing import (
    Continuum,
    Lengths,
    Segment,
    as_one,
    coded,
    coded_as,
    lengths,
    unitized,
    unitized_apart,
)

# Krippendorff (2019), figure 12.11: three observers of a continuum of 60.
ALEX = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]
PUBLISHED = Continuum(60, {"alex": ALEX, "paul": PAUL, "suzan": SUZAN})


def drawn(*coders: str) -> Continuum:
    """One string a coder, one letter a character, `.` where nothing is marked; runs are segments."""
    return Continuum(len(coders[0]), {str(n): runs(marks) for n, marks in enumerate(coders)})


def runs(marks: str) -> list[Segment]:
    found: list[Segment] = []
    for place, mark in enumerate(marks):
        if mark == ".":
            continue
        if found and found[-1][1] == place and found[-1][2] == mark:
            found[-1] = (found[-1][0], place + 1, mark)
        else:
            found.append((place, place + 1, mark))
    return found


def of(*continua: Continuum) -> Lengths:
    found = lengths(continua)
    assert isinstance(found, Lengths)
    return found


def test_agreement_on_boundaries_and_labels_is_as_published() -> None:
    assert unitized(of(PUBLISHED)).value == pytest.approx(0.510, abs=0.0005)


def test_agreement_on_what_is_marked_is_as_published() -> None:
    assert unitized_apart(of(PUBLISHED)).value == pytest.approx(0.413, abs=0.001)


def test_agreement_on_labels_of_what_is_marked_is_as_published() -> None:
    assert coded(of(PUBLISHED)).value == pytest.approx(0.724, abs=0.0005)


def test_agreement_on_each_label_is_as_published() -> None:
    found = of(PUBLISHED)
    assert [coded_as(found, label).value for label in "123456"] == [1, 0, 0, 0, 1, 1]
    assert coded_as(found, "7").reason is Undefined.NO_PAIRABLE_UNITS
    assert coded_as(found, "8").reason is Undefined.VALUE_NEVER_GIVEN


def test_the_same_segments_agree_wholly() -> None:
    found = of(drawn("aa..bb", "aa..bb"))
    assert [f(found).value for f in (unitized, unitized_apart, coded)] == [1, 1, 1]


def test_where_nobody_marked_anything_there_is_no_agreement_to_state() -> None:
    assert unitized(of(drawn("....", "...."))).reason is Undefined.NO_VARIATION
    assert coded(of(drawn("aa..", "..aa"))).reason is Undefined.NO_PAIRABLE_UNITS


def test_a_document_of_one_coder_changes_nothing() -> None:
    alone = Continuum(9, {"alex": [(0, 4, "1")]})
    assert unitized(of(PUBLISHED, alone)) == unitized(of(PUBLISHED))
    assert lengths([alone]) is Undefined.NO_DOCUMENT_SHARED


def test_a_text_cut_in_a_gap_is_the_same_continuum() -> None:
    whole = drawn("aa....bb", "a.....bb")
    cut = (drawn("aa..", "a..."), drawn("..bb", "..bb"))
    assert unitized(of(*cut)).value == pytest.approx(unitized(of(whole)).value)


def test_stacked_labels_of_one_coder_are_no_continuum_but_each_label_is() -> None:
    stacked = Continuum(10, {"0": [(0, 6, "a"), (0, 6, "b")], "1": [(0, 6, "a"), (4, 9, "b")]})
    assert lengths([stacked]) is Undefined.OVERLAPPING_SPANS
    assert unitized_apart(of(as_one(stacked, "a"))).value == 1


def test_what_a_coder_laid_on_one_another_is_one_segment_and_what_touches_is_two() -> None:
    laid = as_one(Continuum(9, {"0": [(0, 3, "a"), (2, 5, "a"), (5, 6, "a")]}), "a")
    assert [each[:2] for each in laid.coders["0"]] == [(0, 5), (5, 6)]


def test_a_shifted_end_costs_less_than_a_missed_segment() -> None:
    shifted = unitized(of(drawn("..aaaaa...", "..aaaaaa.."))).value
    missed = unitized(of(drawn("..aaaaa..a", "..aaaaa..."))).value
    assert shifted is not None
    assert missed is not None
    assert 0 < shifted < 1
    assert 0 < missed < 1


@given(st.lists(st.text("ab.", min_size=12, max_size=12), min_size=2, max_size=4))
def test_no_figure_is_above_one_and_the_order_of_coders_does_not_matter(marks: list[str]) -> None:
    one, other = of(drawn(*marks)), of(drawn(*reversed(marks)))
    for figure in (unitized, unitized_apart, coded):
        value = figure(one).value
        assert (value is None) == (figure(one).reason is not None)
        if value is not None:
            assert value <= 1 + 1e-9
            assert figure(other).value == pytest.approx(value)
