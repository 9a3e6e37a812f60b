"""An entry is its clauses, and the clauses are the entry."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.codebook.clauses import clauses_of, entry_of, listed, unlisted
from tests.fixtures.demonstration import BOOKS

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
NAMES = st.sampled_from(["lang", "stance", "source"])
WHY = st.dictionaries(st.sampled_from(["en", "fr", "zh-Hant"]), WORDS, max_size=2)
EXAMPLES = st.builds(
    lambda text, more, why: {"text": text, **more, **({"why": why} if why else {})},
    WORDS.filter(str.strip),
    st.dictionaries(NAMES, WORDS | st.integers(1), max_size=3),
    WHY,
)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("part", ["themes", "stances"])
def test_the_demonstration_is_its_clauses(number: int, part: str) -> None:
    for entry in BOOKS[number][part]:
        assert entry_of(part, clauses_of(part, entry)) == entry


@given(st.lists(EXAMPLES, max_size=4))
def test_any_example_makes_the_round_trip(examples: list[dict[str, Any]]) -> None:
    assert unlisted(listed(examples)) == examples


def test_what_says_nothing_is_left_out_and_the_order_is_one() -> None:
    one = {"why": {"fr": "b", "en": "a"}, "text": "x", "stance": None, "lang": "en"}
    other = {"text": "x", "lang": "en", "why": {"en": "a", "fr": "b"}}
    assert listed([one]) == listed([other]) == "x | lang: en | why.en: a | why.fr: b"


def test_a_bar_typed_without_a_name_stays_in_the_text() -> None:
    assert unlisted("Nights | and days | lang: en") == [{"text": "Nights | and days", "lang": "en"}]


def test_what_is_no_number_is_left_for_the_check() -> None:
    assert entry_of("themes", {"key": "pay", "colour": "blue"})["colour"] == "blue"
    assert entry_of("themes", {"key": "pay", "memo_required": "maybe"})["memo_required"] == "maybe"
