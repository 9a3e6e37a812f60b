"""Which disputes one rule may take, and whose span it takes."""

from __future__ import annotations

import pytest

from annotations.adjudication.aligning import CodedSpan
from annotations.adjudication.disputes import Dispute, derive
from annotations.adjudication.patterns import Pattern, difference, taken
from tests.adjudication.spans import coded


def dispute(*spans: CodedSpan, slots: int = 3) -> Dispute:
    (found,) = derive(spans, slots=slots)
    return found


def said(*stances: str, slots: int = 3) -> Dispute:
    """One span a coder, all alike but for the stance."""
    return dispute(
        *(coded(c, 0, 10, stance=s) for c, s in zip("abc", stances, strict=False)), slots=slots
    )


STANCES = Pattern("stance")


def test_two_of_three_are_a_majority() -> None:
    found = taken(said("against", "favor", "against"), STANCES)
    assert found is not None
    assert (found.coder, found.stance) == ("a", "against")


def test_each_says_something_else() -> None:
    assert taken(said("against", "favor", "mixed"), STANCES) is None


def test_two_coders_have_no_majority() -> None:
    assert taken(said("against", "favor", slots=2), STANCES) is None


def test_two_of_four_are_no_majority() -> None:
    two = dispute(
        *(coded(c, 0, 10, stance=s) for c, s in zip("abcd", "xxyy", strict=True)), slots=4
    )
    assert taken(two, STANCES) is None


def test_more_votes_may_be_asked_for() -> None:
    assert taken(said("against", "favor", "against"), Pattern("stance", votes=3)) is None


def test_of_those_who_say_so_the_one_most_like_the_others_is_taken() -> None:
    three = dispute(
        coded("a", 0, 10, stance="favor"),
        coded("b", 1, 10),
        coded("c", 0, 10),
        coded("d", 0, 10),
        slots=4,
    )
    found = taken(three, Pattern("stance"))
    assert found is not None
    assert found.coder in "cd"


def test_boundaries_take_two_coders_and_as_much_overlap_as_is_asked_for() -> None:
    two = dispute(coded("a", 0, 10), coded("b", 0, 6), slots=2)
    assert difference(two) == "boundaries"
    assert taken(two, Pattern("boundaries", overlap=0.6)) == two.chosen
    assert taken(two, Pattern("boundaries", overlap=0.61)) is None


def test_one_of_three_without_a_span() -> None:
    two = dispute(coded("a", 0, 10), coded("b", 0, 10))
    assert difference(two) == "missing"
    assert taken(two, Pattern("missing")) == two.chosen
    assert taken(dispute(coded("a", 0, 10)), Pattern("missing")) is None


def test_one_voice_of_three() -> None:
    voices = dispute(
        coded("a", 0, 10, holder="person"), coded("b", 0, 10), coded("c", 0, 10, holder="person")
    )
    assert difference(voices) == "holder"
    found = taken(voices, Pattern("holder"))
    assert found is not None
    assert found.holder_kind == "person"


@pytest.mark.parametrize(
    "spans",
    [
        [coded("a", 0, 10), coded("b", 0, 5, stance="favor"), coded("c", 0, 10)],
        [
            coded("a", 0, 10, "burnout"),
            coded("b", 0, 10, "burnout/hours"),
            coded("c", 0, 10, "burnout"),
        ],
        [coded("a", 0, 10, stance="favor"), coded("b", 0, 10)],
        [coded("a", 0, 10), coded("b", 0, 10), coded("c", 0, 10)],
    ],
)
def test_what_differs_in_more_than_one_thing_is_of_no_pattern(spans: list[CodedSpan]) -> None:
    assert difference(dispute(*spans)) is None


def test_another_theme_is_left_alone() -> None:
    assert taken(said("against", "favor", "against"), Pattern("stance", "burnout")) is None
    assert taken(said("against", "favor", "against"), Pattern("stance", "secrecy")) is not None
