from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import folding
from annotations.text.folding import folded, occurrences, searchable


@pytest.mark.parametrize(
    ("asked", "stored"),
    [("eleve", "ÉLÈVE"), ("élève", "eleve"), ("strasse", "STRAẞE"), ("ευρωπη", "Ευρώπη")],
)
def test_search_ignores_case_and_accents(asked: str, stored: str) -> None:
    assert folded(asked) == folded(stored)


def test_composed_and_decomposed_letters_are_found_alike() -> None:
    assert folded("caf\u00e9") == folded("cafe\u0301")


def test_chinese_is_left_as_it_is() -> None:
    assert folded("研究者面临压力") == "研究者面临压力"


TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(" \n\u00a0\u0301\u3099éÉßﬁ가각\u11a8かカﾞ’¨\u00ad研究"),
    ),
    max_size=60,
)


@given(TEXTS)
def test_a_text_folds_as_its_pieces_do(text: str) -> None:
    with patch.object(folding, "PIECE", 5):
        assert "".join(form for _start, form in folding._pieces(text)) == searchable(text)


@given(TEXTS, TEXTS, TEXTS)
def test_every_occurrence_holds_what_was_sought(before: str, sought: str, after: str) -> None:
    text, wanted = before + sought + after, searchable(sought)
    for start, end in occurrences(wanted, text):
        assert 0 <= start < end <= len(text)
        assert wanted in searchable(text[start:end])


@pytest.mark.parametrize(
    ("sought", "text", "found"),
    [
        ("ete", "L’ÉTÉ d’Éte\u0301", ["ÉTÉ", "Éte\u0301"]),
        ("l'ete", "L’été", ["L’été"]),
        ("压力", "研究者面临压力，压力", ["压力", "压力"]),
        ("two words", "two\n  words, TWO\u00a0WORDS", ["two\n  words", "TWO\u00a0WORDS"]),
        ("cooperation", "co\u00adoper\u00adation", ["co\u00adoper\u00adation"]),
        ("strasse", "Straße", ["Straße"]),
        ("s", "Straße", ["S", "ß"]),
        ("👩", "a 👩‍🔬 b", ["👩"]),
        ("nothing", "here", []),
    ],
)
def test_occurrences_are_stretches_of_the_text(sought: str, text: str, found: list[str]) -> None:
    places = occurrences(searchable(sought), text)
    assert [text[start:end] for start, end in places] == found


def test_a_long_passage_is_looked_through_to_its_end() -> None:
    text = "Les étés, " * 20_000 + "l’hiver"
    assert occurrences("l'hiver", text) == [(200_000, 200_007)]
    assert len(occurrences("etes", text, most=50)) == 50
