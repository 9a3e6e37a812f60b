"""What closes by rule, what waits for a person, and how a dispute is known again."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from annotations.adjudication.aligning import CodedSpan
from annotations.adjudication.disputes import Dispute, derive

from .spans import coded, drawn


def only(*spans: CodedSpan, slots: int = 2) -> Dispute:
    (dispute,) = derive(spans, slots=slots)
    return dispute


def test_same_theme_stance_holder_and_almost_the_same_stretch_is_unanimous() -> None:
    assert only(coded("ada", 0, 10), coded("ben", 0, 8)).unanimous


@pytest.mark.parametrize(
    "bens",
    [
        coded("ben", 0, 7),
        coded("ben", 0, 10, stance="mixed"),
        coded("ben", 0, 10, stance=None),
        coded("ben", 0, 10, holder="person"),
        coded("ben", 0, 10, holder=None),
    ],
    ids=["boundary", "stance", "no stance", "holder", "no holder"],
)
def test_any_difference_is_a_dispute(bens: CodedSpan) -> None:
    assert not only(coded("ada", 0, 10), bens).unanimous


def test_another_name_of_the_same_kind_of_holder_is_no_dispute() -> None:
    ada, ben = coded("ada", 0, 10, holder="person"), coded("ben", 0, 10, holder="person")
    assert only(replace(ada, holder_name="Ng"), replace(ben, holder_name="A. Ng")).unanimous


def test_a_sub_theme_against_its_parent_is_one_dispute() -> None:
    dispute = only(*drawn("ada", "bbbb"), *drawn("ben", "hhhh"))
    assert not dispute.unanimous
    assert dispute.themes == ("burnout", "burnout/hours")
    assert dispute.family == "burnout"


def test_what_one_of_two_tagged_is_a_dispute() -> None:
    dispute = only(coded("ada", 0, 10))
    assert not dispute.unanimous
    assert dispute.votes_for(dispute.chosen.says) == 1
    assert dispute.votes_total == 2


def test_what_the_only_coder_of_a_document_tagged_is_unanimous() -> None:
    assert only(coded("ada", 0, 10), slots=1).unanimous


def test_two_of_three_are_not_unanimous() -> None:
    dispute = only(coded("ada", 0, 10), coded("ben", 0, 10), slots=3)
    assert not dispute.unanimous
    assert dispute.votes_for(dispute.chosen.says) == 2


def test_boundaries_must_agree_pair_by_pair() -> None:
    assert not only(
        coded("ada", 0, 10), coded("ben", 1, 11), coded("eve", 2, 12), slots=3
    ).unanimous


def test_the_boundary_with_the_greatest_summed_overlap_is_chosen() -> None:
    dispute = only(coded("ada", 0, 10), coded("ben", 1, 11), coded("eve", 2, 12), slots=3)
    assert dispute.chosen.coder == "ben"


def test_on_a_tie_the_longer_is_chosen() -> None:
    assert only(coded("ada", 0, 10), coded("ben", 0, 9)).chosen.coder == "ada"


def test_on_a_tie_of_equal_length_the_earlier_is_chosen() -> None:
    assert only(coded("ada", 1, 11), coded("ben", 0, 10)).chosen.coder == "ben"


def test_the_extent_reaches_over_all_members() -> None:
    dispute = only(coded("ada", 3, 9), coded("ben", 5, 12))
    assert (dispute.start, dispute.end) == (3, 12)


def test_a_revised_member_makes_another_key() -> None:
    ada, ben = coded("ada", 0, 10), coded("ben", 0, 10)
    before = only(ada, ben).key
    assert only(replace(ada, revision=2), ben).key != before
    assert only(ada).key != before
    assert only(ben, ada).key == before


def test_disputes_of_other_themes_that_overlap_are_neighbours() -> None:
    ada = drawn("ada", "ssss  ssss")
    ben = drawn("ben", "  cccc    ")
    first, other, last = derive(ada + ben, slots=2)
    assert first.neighbours == (other.key,)
    assert other.neighbours == (first.key,)
    assert last.neighbours == ()


def test_disputes_of_the_same_theme_are_no_neighbours() -> None:
    first, second = derive([coded("ada", 0, 10), coded("ada", 4, 14)], slots=2)
    assert first.neighbours == second.neighbours == ()


def test_nobody_tagged_anything() -> None:
    assert derive([], slots=2) == []


def test_disputes_come_in_text_order_whatever_the_order_of_the_codings() -> None:
    codings = [
        drawn("ada", "ss bbbb  cc"),
        drawn("ben", "sss bb ccc "),
        drawn("eve", "  hhh  cccc"),
    ]
    results = [
        derive([span for coding in order for span in coding], slots=3)
        for order in permutations(codings)
    ]
    assert all(result == results[0] for result in results)
    assert [dispute.start for dispute in results[0]] == sorted(d.start for d in results[0])
