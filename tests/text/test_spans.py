from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.spans import BadSpan, Span, merged


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 40))
    return Span(start, start + draw(st.integers(0, 20)))


def test_touching_spans_do_not_overlap() -> None:
    assert not Span(0, 4).overlaps(Span(4, 9))
    assert Span(0, 4).intersection(Span(4, 9)) is None


def test_an_empty_span_overlaps_nothing_not_even_what_surrounds_it() -> None:
    assert not Span(3, 3).overlaps(Span(0, 9))
    assert not Span(3, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3)])
def test_a_reversed_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadSpan):
        Span(start, end)


@given(spans(), spans())
def test_measures_count_the_characters_they_say(one: Span, other: Span) -> None:
    a, b = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(a & b)
    assert one.overlap_size(other) == len(a & b)
    assert one.union_size(other) == len(a | b)
    assert one.iou(other) == (len(a & b) / len(a | b) if a | b else 0.0)
    shared = one.intersection(other)
    assert set(range(shared.start, shared.end)) == a & b if shared else not a & b


@given(st.lists(spans(), max_size=8))
def test_merging_keeps_every_character_and_leaves_gaps_between(given_spans: list[Span]) -> None:
    whole = merged(given_spans)
    covered = {place for span in given_spans for place in range(span.start, span.end)}
    assert covered == {place for span in whole for place in range(span.start, span.end)}
    assert all(before.end < after.start for before, after in zip(whole, whole[1:], strict=False))
