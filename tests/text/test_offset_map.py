from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offset_map import MapMismatch, OffsetMap, Run
from annotations.text.spans import Span

atoms = st.tuples(st.integers(0, 3), st.integers(0, 3))


@st.composite
def chained(draw: st.DrawFn) -> tuple[OffsetMap, OffsetMap]:
    """Two maps that meet: the middle text of the later is the target of the earlier."""
    earlier = OffsetMap(Run(1, *atom) for atom in draw(st.lists(atoms, max_size=12)))
    runs: list[Run] = []
    left = earlier.target_length
    while left:
        source = draw(st.integers(1, min(3, left)))
        runs += [Run(1, draw(st.integers(0, 3)), source), Run(1, draw(st.integers(0, 1)), 0)]
        left -= source
    return OffsetMap(runs), earlier


def test_a_span_without_repairs_is_where_it_was() -> None:
    assert OffsetMap.identity(9).source_span(Span(2, 5)) == Span(2, 5)


def test_what_was_removed_is_inside_a_span_but_not_at_its_edges() -> None:
    removed = OffsetMap([Run(1, 0, 1), Run(2, 1, 1), Run(1, 0, 3), Run(2, 1, 1), Run(1, 0, 2)])
    assert removed.source_span(Span(0, 2)) == Span(1, 3)
    assert removed.source_span(Span(2, 4)) == Span(6, 8)
    assert removed.source_span(Span(1, 3)) == Span(2, 7)


def test_what_was_inserted_has_a_place_and_no_length() -> None:
    inserted = OffsetMap([Run(2, 1, 1), Run(1, 3, 0), Run(2, 1, 1)])
    assert inserted.source_span(Span(2, 5)) == Span(2, 2)
    assert inserted.source_span(Span(1, 6)) == Span(1, 3)


def test_a_replaced_piece_is_not_divided() -> None:
    repaired = OffsetMap([Run(1, 1, 1), Run(1, 1, 2), Run(1, 1, 1)])
    assert repaired.target_span(Span(2, 3)) == Span(1, 2)
    assert repaired.target_span(Span(1, 2)) == Span(1, 2)


def test_removed_units_stand_at_an_empty_place() -> None:
    assert OffsetMap([Run(2, 1, 1), Run(3, 0, 1), Run(1, 1, 1)]).target_span(Span(3, 4)) == Span(
        2, 2
    )


def test_a_span_past_the_end_is_refused() -> None:
    with pytest.raises(IndexError):
        OffsetMap.identity(3).source_span(Span(2, 4))


def test_maps_that_do_not_meet_are_refused() -> None:
    with pytest.raises(MapMismatch):
        OffsetMap.identity(3).after(OffsetMap.identity(4))


@given(chained())
def test_a_chain_of_maps_has_the_ends_of_its_parts(chain: tuple[OffsetMap, OffsetMap]) -> None:
    later, earlier = chain
    whole = later.after(earlier)
    assert whole.target_length == later.target_length
    assert whole.source_length == earlier.source_length


@given(chained())
def test_a_chain_never_loses_what_its_steps_find_one_by_one(
    chain: tuple[OffsetMap, OffsetMap],
) -> None:
    later, earlier = chain
    whole = later.after(earlier)
    for start in range(later.target_length):
        stepwise = earlier.source_span(later.source_span(Span(start, start + 1)))
        if stepwise:
            assert whole.source_span(Span(start, start + 1)).contains(stepwise)


@given(st.lists(atoms, max_size=12))
def test_there_and_back_gives_at_least_the_same_characters(pieces: list[tuple[int, int]]) -> None:
    mapping = OffsetMap(Run(1, *piece) for piece in pieces)
    for start in range(mapping.target_length):
        there = mapping.source_span(Span(start, start + 1))
        if there:
            assert mapping.target_span(there).contains(Span(start, start + 1))
