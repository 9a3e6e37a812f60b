"""Tokens and stretches: nothing shifts, nothing is cut, nothing is learned that nobody judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.coding.models import HolderKind
from annotations.release.formats.contract import HOLDERS
from annotations.release.formats.pieces import pieces
from annotations.release.formats.tokens import tokens
from annotations.release.schema import DocumentRow
from annotations.text.spans import Span

from .samples import ASTRAL, DOCUMENTS, FAMILY, ZONED, document


def words(text: str, *spans: Span) -> list[str]:
    found = tokens(text, Span(0, len(text)), spans)
    return [text[token.start : token.end] for token in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("薪酬的", ["薪", "酬", "的"]),
        ("𠮷野\U000e0100家", ["𠮷", "野\U000e0100", "家"]),
        (f"a{FAMILY}b", ["a", FAMILY, "b"]),
        ("👍🏽🇫🇷🇩🇪", ["👍🏽", "🇫🇷", "🇩🇪"]),
        ("e\u0301lite l’eau", ["e\u0301lite", "l", "’", "eau"]),
        ("سِرّ في", ["سِرّ", "في"]),
        ("हिन्दी ไทย 1 000,5", ["हिन्दी", "ไทย", "1", "000", ",", "5"]),
        ("a  b\n c", ["a", " ", "b", "\n", " ", "c"]),
    ],
)
def test_a_token_is_what_a_reader_would_call_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_space_at_the_edge_of_a_span_is_a_token() -> None:
    assert words("a b c", Span(0, 2)) == ["a", " ", "b", "c"]
    assert words("a b c", Span(1, 3)) == ["a", " ", "b", "c"]
    assert words("a b c", Span(2, 3)) == ["a", "b", "c"]


anything = st.text(alphabet="a a é\u0301薪𠮷👍🏽\u200d👩\n\u00a0\u2028.", max_size=20)


@given(text=anything, cuts=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=4))
def test_tokens_are_the_text_and_every_span_is_some_of_them(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    spans = [Span(a, a + b) for a, b in cuts if a + b <= len(text)]
    found = tokens(text, Span(0, len(text)), spans)
    rebuilt = "".join(text[a:b] + " " * space for a, b, space in found)
    assert rebuilt == text
    assert {span.start for span in spans} <= {token.start for token in found}
    assert {span.end for span in spans} <= {token.end for token in found}


def shown(made: DocumentRow) -> list[str]:
    return [made.text[piece.place.slice] for piece in pieces(made)]


def test_boilerplate_and_what_is_unjudged_is_left_out() -> None:
    assert shown(replace(DOCUMENTS[1], spans=())) == [
        "Title of pay\nBody is good. ",
        "Still good.\n",
        "Last words.",
    ]


def test_a_span_that_reaches_into_boilerplate_is_shown_whole() -> None:
    assert "Still good.\nRead also" in shown(DOCUMENTS[1])
    assert not any("links" in text for text in shown(DOCUMENTS[1]))


def test_a_span_in_an_unjudged_stretch_is_shown_without_the_rest_of_it() -> None:
    span = replace(
        DOCUMENTS[1].spans[0], start=ZONED.index("judged"), end=ZONED.index("judged") + 6
    )
    texts = shown(replace(DOCUMENTS[1], spans=(span,)))
    assert "judged" in texts
    assert not any("Nobody" in text for text in texts)


def test_a_document_without_zones_is_all_body() -> None:
    assert shown(document(9, "All.", zones=())) == ["All."]


def test_the_numbers_of_a_span_are_its_first_token_and_the_one_after_its_last() -> None:
    (piece,) = pieces(DOCUMENTS[0])
    for span in piece.spans:
        first, after = piece.numbers(Span(span.start, span.end))
        assert piece.tokens[first].start == span.start
        assert piece.tokens[after - 1].end == span.end
    assert piece.place == Span(0, len(ASTRAL))


def test_holders_are_those_of_the_coding_page() -> None:
    assert tuple(HolderKind.values) == HOLDERS
