"""Spans of different coders find their partner, whoever is asked first."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotations.adjudication.aligning import CodedSpan, Group, align, iou

from .spans import coded, drawn


def picture(groups: list[Group]) -> list[str]:
    """`ada 0-4 + ben 0-5`, one line a group."""
    return [
        " + ".join(f"{span.coder} {span.start}-{span.end}" for span in sorted(group, key=by_coder))
        for group in groups
    ]


def by_coder(span: CodedSpan) -> str:
    return span.coder


def test_overlap_is_intersection_over_union() -> None:
    assert iou(coded("ada", 0, 4), coded("ben", 2, 8)) == 2 / 8
    assert iou(coded("ada", 0, 4), coded("ben", 4, 8)) == 0
    assert iou(coded("ada", 3, 4), coded("ben", 3, 4)) == 1


def test_overlapping_spans_of_one_theme_are_aligned() -> None:
    ada = drawn("ada", "ssss      ss")
    ben = drawn("ben", " sssss      ")
    assert picture(align(ada + ben)) == ["ada 0-4 + ben 1-6", "ada 10-12"]


def test_spans_of_different_themes_are_not_aligned() -> None:
    ada = drawn("ada", "ssss")
    ben = drawn("ben", "cccc")
    assert picture(align(ada + ben)) == ["ben 0-4", "ada 0-4"]


def test_a_sub_theme_is_aligned_with_its_parent() -> None:
    ada = drawn("ada", "bbbb")
    ben = drawn("ben", "hhhh")
    assert picture(align(ada + ben)) == ["ada 0-4 + ben 0-4"]


def test_touching_spans_are_not_aligned() -> None:
    assert picture(align([coded("ada", 0, 4), coded("ben", 4, 8)])) == ["ada 0-4", "ben 4-8"]


def test_the_assignment_is_the_best_as_a_whole() -> None:
    # Each on its own, both of ada's spans are closest to ben's first.
    ada = [coded("ada", 0, 10), coded("ada", 1, 13)]
    ben = [coded("ben", 0, 12), coded("ben", 0, 4)]
    assert picture(align(ada + ben)) == ["ada 0-10 + ben 0-4", "ada 1-13 + ben 0-12"]


def test_a_coders_own_duplicates_stay_apart() -> None:
    ada = [coded("ada", 0, 10), coded("ada", 0, 10, copy=1)]
    assert picture(align([*ada, coded("ben", 0, 10)])) == ["ada 0-10 + ben 0-10", "ada 0-10"]
    assert picture(align(ada)) == ["ada 0-10", "ada 0-10"]


def test_equal_extents_pair_by_holder_and_stance() -> None:
    ada = [coded("ada", 0, 9, stance="favor", holder="person"), coded("ada", 0, 9)]
    ben = [coded("ben", 0, 9), coded("ben", 0, 9, stance="favor", holder="person")]
    groups = align(ada + ben)
    assert all(len({span.says for span in group}) == 1 for group in groups)
    assert [len(group) for group in groups] == [2, 2]


def test_the_third_coder_joins_the_group_that_stands() -> None:
    ada = drawn("ada", "ssss   ssss")
    ben = drawn("ben", "sssss      ")
    eve = drawn("eve", " sss   sss ")
    assert picture(align(ada + ben + eve)) == [
        "ada 0-4 + ben 0-5 + eve 1-4",
        "ada 7-11 + eve 7-10",
    ]


extents = st.tuples(st.integers(0, 30), st.integers(1, 12))
sides = st.tuples(
    extents,
    st.sampled_from(["secrecy", "burnout", "burnout/hours"]),
    st.sampled_from(["against", "favor"]),
)
codings = st.dictionaries(st.sampled_from(["ada", "ben", "eve"]), st.lists(sides, max_size=6))


def spans_of(codings: dict[str, list[tuple[tuple[int, int], str, str]]]) -> list[CodedSpan]:
    return [
        coded(coder, start, start + length, theme, stance=stance, copy=number)
        for coder, own in codings.items()
        for number, ((start, length), theme, stance) in enumerate(own)
    ]


@given(codings)
def test_every_span_is_in_one_group_and_a_group_has_one_of_a_coder(
    codings: dict[str, list[tuple[tuple[int, int], str, str]]],
) -> None:
    spans = spans_of(codings)
    groups = align(spans)
    assert sorted(span.id for group in groups for span in group) == sorted(s.id for s in spans)
    for group in groups:
        assert len({span.coder for span in group}) == len(group)
        assert len({span.family for span in group}) == 1


@given(codings, st.randoms(use_true_random=False))
def test_the_order_of_coders_and_spans_does_not_matter(
    codings: dict[str, list[tuple[tuple[int, int], str, str]]], random: object
) -> None:
    spans = spans_of(codings)
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert align(shuffled) == align(spans)


@given(codings)
def test_the_names_of_the_coders_do_not_matter(
    codings: dict[str, list[tuple[tuple[int, int], str, str]]],
) -> None:
    spans = spans_of(codings)
    expected = [tuple(span.id for span in group) for group in align(spans)]
    for names in permutations(["ada", "ben", "eve"]):
        renamed = dict(zip(["ada", "ben", "eve"], names, strict=True))
        again = align([replace(span, coder=renamed[span.coder]) for span in spans])
        assert [tuple(span.id for span in group) for group in again] == expected
