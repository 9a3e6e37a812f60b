"""Spans become passages by their non-blank characters, never by commas and blanks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.coding.marking import BLANKS, Ink, mark

TEXT = "Long days.  Thin pay!\n\nSecrets, kept."
PASSAGES = [(0, 0, 10), (1, 12, 21), (2, 23, 37)]


def marked(quote: str) -> tuple[int, ...]:
    """The passages that `quote`, a piece of TEXT, marks."""
    start = TEXT.index(quote)
    return mark(TEXT, PASSAGES, [(start, start + len(quote))])[0]


def test_a_whole_passage_marks_itself() -> None:
    assert marked("Thin pay!") == (1,)


def test_a_few_words_inside_one_passage_mark_it() -> None:
    assert marked("Thin") == (1,)


def test_a_comma_too_far_marks_no_neighbour() -> None:
    assert marked("Long days.  T") == (0,)


def test_blanks_weigh_nothing() -> None:
    assert marked("days.  Thin") == (0, 1)  # 5 of 9 and 4 of 8
    assert marked("days.  Thi") == (0,)  # 5 of 9 and 3 of 8


def test_half_of_a_passage_is_enough() -> None:
    text = "abcd.efgh"
    passages = [(7, 0, 4), (9, 4, 9)]
    assert mark(text, passages, [(2, 9)]) == [(7, 9)]
    assert mark(text, passages, [(3, 9)]) == [(9,)]


def test_a_long_span_leaves_out_the_ends_that_it_only_grazes() -> None:
    text = "a" * 100
    passages = [(index, 20 * index, 20 * index + 20) for index in range(5)]
    assert mark(text, passages, [(15, 65)]) == [(1, 2)]


def test_a_span_that_marks_none_by_half_marks_its_largest_overlap() -> None:
    text = "a" * 60
    assert mark(text, [(0, 0, 20), (1, 30, 50)], [(17, 35)]) == [(1,)]


def test_on_a_tie_the_earlier_passage_is_marked() -> None:
    # A third of the span in each passage, another third between them, and little of either passage.
    text = "a" * 40
    assert mark(text, [(0, 0, 12), (1, 14, 26)], [(10, 16)]) == [(0,)]


def test_a_span_outside_every_passage_marks_none() -> None:
    assert mark("a b", [(0, 0, 1)], [(2, 3)]) == [()]


def test_indexes_are_the_passages_own() -> None:
    assert mark("ab", [(41, 0, 1), (43, 1, 2)], [(1, 2)]) == [(43,)]


def test_offsets_are_code_points() -> None:
    text = "😀😀. Ça va."
    assert mark(text, [(0, 0, 3), (1, 4, 10)], [(4, 6), (0, 2)]) == [(1,), (0,)]


def test_blank_is_what_python_calls_blank() -> None:
    assert {chr(code) for code in BLANKS} == {
        chr(code) for code in range(0x110000) if chr(code).isspace()
    }


@given(st.text(alphabet="a \u3000\n😀", max_size=60), st.data())
def test_ink_counts_what_counting_counts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    expected = sum(not character.isspace() for character in text[start:end])
    assert Ink(text).count(start, end) == expected


@st.composite
def tiled(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]]]:
    sentences = draw(st.lists(st.text(alphabet="ab é", min_size=1), min_size=1, max_size=8))
    text, passages = "", []
    for sentence in filter(str.strip, sentences):
        inked = sentence.strip()
        passages.append((len(passages), len(text), len(text) + len(inked)))
        text += inked + " "
    return text, passages


@given(tiled(), st.data())
def test_a_span_with_ink_marks_only_passages_that_it_touches_and_at_least_one(
    document: tuple[str, list[tuple[int, int, int]]], data: st.DataObject
) -> None:
    text, passages = document
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (indexes,) = mark(text, passages, [(start, end)])
    touched = {i for i, first, last in passages if text[max(start, first) : min(end, last)].strip()}
    assert set(indexes) <= touched
    assert bool(indexes) == bool(touched)
