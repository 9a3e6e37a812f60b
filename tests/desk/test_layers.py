"""The text under its layers is still the text, character for character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.desk.layers import Layer, Paragraph, paragraphs

TEXT = "Title\n\nOne. Two. Three.\n\nEnd.\n"
PASSAGES = [(0, 1, "title"), (7, 2, "body"), (12, 2, "body"), (17, 2, "body"), (25, 3, "body")]


def drawn(found: list[Paragraph]) -> str:
    """`{A:…}` around what A tagged, paragraphs between bars."""
    return "|".join(
        "".join(f"{{{s.letters}:{s.text}}}" if s.letters else s.text for s in each.segments)
        for each in found
    )


def test_paragraphs_begin_with_their_first_passage() -> None:
    found = paragraphs(TEXT, PASSAGES, [])
    assert drawn(found) == "Title\n\n|One. Two. Three.\n\n|End.\n"
    assert [(each.number, each.zone) for each in found] == [(1, "title"), (2, "body"), (3, "body")]


def test_overlapping_spans_are_cut_where_either_begins_or_ends() -> None:
    layers = [Layer(7, 16, "A", "x", 1), Layer(12, 23, "B", "x", 1)]
    found = paragraphs(TEXT, PASSAGES, layers)
    assert drawn(found[1:2]) == "{A:One. }{AB:Two.}{B: Three.}\n\n"
    assert [segment.begins for segment in found[1].segments] == ["A", "B", "", ""]


def test_a_span_over_two_paragraphs_is_drawn_in_both() -> None:
    found = paragraphs(TEXT, PASSAGES, [Layer(17, 29, "A", "x", 1)])
    assert drawn(found[1:]) == "One. Two. {A:Three.\n\n}|{A:End.}\n"


def test_a_segment_names_every_dispute_over_it_once() -> None:
    layers = [Layer(7, 11, "A", "x", 1), Layer(7, 11, "B", "x", 1), Layer(7, 11, "A", "y", 2)]
    assert paragraphs(TEXT, PASSAGES, layers)[1].segments[0].disputes == "x y"


def test_a_text_without_passages_is_one_paragraph() -> None:
    assert drawn(paragraphs("plain", [], [])) == "plain"


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 12)), max_size=6))
def test_no_character_is_lost_or_doubled(extents: list[tuple[int, int]]) -> None:
    layers = [
        Layer(start, min(len(TEXT), start + length), "AB"[n % 2], str(n), 1)
        for n, (start, length) in enumerate(extents)
    ]
    found = paragraphs(TEXT, PASSAGES, layers)
    assert "".join(s.text for each in found for s in each.segments) == TEXT
