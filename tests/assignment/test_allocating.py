"""Seats are balanced, repeatable, and never against a rule."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.assignment.allocating import (
    Allocation,
    Hand,
    Item,
    Seat,
    Why,
    allocate,
)

LANGUAGES = ("en", "fr", "zh")


def items(count: int, *, slots: int = 2, passages: int = 20) -> list[Item]:
    return [Item(number, passages, slots) for number in range(count)]


def hands(count: int) -> list[Hand]:
    return [Hand(100 + number) for number in range(count)]


def documents(made: Allocation) -> list[int]:
    return [load.documents for load in made.loads]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Item], list[Hand]]:
    work = [
        Item(
            document,
            passages=draw(st.integers(0, 60)),
            slots=draw(st.integers(1, 4)),
            language=draw(st.sampled_from(LANGUAGES)),
            story=draw(st.none() | st.integers(1, 4)),
        )
        for document in range(draw(st.integers(0, 14)))
    ]
    people = [
        Hand(
            100 + number,
            most=draw(st.none() | st.integers(1, 8)),
            languages=draw(st.frozensets(st.sampled_from(LANGUAGES))),
            excluded=draw(st.frozensets(st.integers(0, 13), max_size=3)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return work, people


def per_document(seats: tuple[Seat, ...]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for seat in seats:
        found.setdefault(seat.document, []).append(seat.coder)
    return found


@given(rounds(), st.integers(0, 2**31), st.booleans())
def test_no_seat_breaks_a_rule(
    made_of: tuple[list[Item], list[Hand]], seed: int, same_story: bool
) -> None:
    work, people = made_of
    made = allocate(work, people, seed=seed, same_story=same_story)
    wanted = {item.document: item for item in work}
    who = {hand.coder: hand for hand in people}
    missing = {each.document: each.slots for each in made.unseated}
    for document, coders in per_document(made.seats).items():
        assert len(coders) == len(set(coders)) <= wanted[document].slots
    for document, item in wanted.items():
        seated = [seat for seat in made.seats if seat.document == document]
        assert [seat.slot for seat in seated] == list(range(1, len(seated) + 1))
        assert len(seated) + missing.get(document, 0) == item.slots
    for coder, hand in who.items():
        own = [wanted[seat.document] for seat in made.seats if seat.coder == coder]
        assert hand.most is None or len(own) <= hand.most
        assert not hand.languages or all(item.language in hand.languages for item in own)
        assert not hand.excluded & {item.document for item in own}
        told = Counter(item.story for item in own if item.story is not None)
        assert same_story or all(count == 1 for count in told.values())


@given(rounds(), st.integers(0, 2**31))
def test_what_is_told_of_loads_and_pairs_is_so(
    made_of: tuple[list[Item], list[Hand]], seed: int
) -> None:
    work, people = made_of
    made = allocate(work, people, seed=seed)
    for load in made.loads:
        own = [seat.document for seat in made.seats if seat.coder == load.coder]
        assert load.documents == len(own)
        assert load.passages == sum(item.passages for item in work if item.document in own)
    met = Counter(
        pair
        for coders in per_document(made.seats).values()
        for pair in combinations(sorted(coders), 2)
    )
    assert dict(made.pairs) == met


@given(rounds(), st.integers(0, 2**31), st.randoms())
def test_a_seed_says_it_all_whatever_the_order(
    made_of: tuple[list[Item], list[Hand]], seed: int, random: Random
) -> None:
    work, people = made_of
    first = allocate(work, people, seed=seed)
    again = allocate(random.sample(work, len(work)), random.sample(people, len(people)), seed=seed)
    assert first == again


@given(st.integers(0, 40), st.integers(1, 4), st.integers(1, 8), st.integers(0, 2**31))
def test_where_nothing_forbids_it_loads_differ_by_one_at_most(
    count: int, slots: int, people: int, seed: int
) -> None:
    made = allocate(items(count, slots=min(slots, people)), hands(people), seed=seed)
    assert not made.unseated
    assert max(documents(made)) - min(documents(made)) <= 1


@given(rounds(), st.integers(0, 2**31))
def test_no_document_could_simply_go_to_someone_with_two_less(
    made_of: tuple[list[Item], list[Hand]], seed: int
) -> None:
    work, people = made_of
    made = allocate(work, people, seed=seed)
    wanted, loads = {item.document: item for item in work}, Counter[int]()
    loads.update({load.coder: load.documents for load in made.loads})
    for seat in made.seats:
        for hand in people:
            if loads[hand.coder] <= loads[seat.coder] - 2:
                assert not could_take(hand, wanted[seat.document], made, wanted)


@given(rounds(), st.integers(0, 2**31))
def test_a_slot_is_free_only_where_nobody_could_take_it(
    made_of: tuple[list[Item], list[Hand]], seed: int
) -> None:
    work, people = made_of
    made = allocate(work, people, seed=seed)
    wanted = {item.document: item for item in work}
    for gap in made.unseated:
        for hand in people:
            assert not could_take(hand, wanted[gap.document], made, wanted)


def could_take(hand: Hand, item: Item, made: Allocation, wanted: dict[int, Item]) -> bool:
    own = [seat.document for seat in made.seats if seat.coder == hand.coder]
    stories = {wanted[document].story for document in own} - {None}
    return (
        item.document not in own
        and (hand.most is None or len(own) < hand.most)
        and (not hand.languages or item.language in hand.languages)
        and item.document not in hand.excluded
        and item.story not in stories
    )


@given(rounds(), st.integers(0, 2**31), st.data())
def test_who_is_seated_already_stays_and_counts(
    made_of: tuple[list[Item], list[Hand]], seed: int, data: st.DataObject
) -> None:
    work, people = made_of
    first = allocate(work, people, seed=seed)
    kept = [seat for seat in first.seats if data.draw(st.booleans())]
    again = allocate(work, people, seed=seed, seated=kept)
    assert not set(kept) & set(again.seats)
    taken = Counter((seat.document, seat.slot) for seat in (*kept, *again.seats))
    sits = Counter((seat.document, seat.coder) for seat in (*kept, *again.seats))
    assert all(count == 1 for count in (*taken.values(), *sits.values()))
    assert sum(documents(again)) == len(kept) + len(again.seats)


@pytest.mark.parametrize(
    ("count", "slots", "people"), [(30, 2, 3), (60, 2, 4), (60, 3, 5), (90, 2, 10)]
)
def test_pairs_share_about_as_many_documents_each(count: int, slots: int, people: int) -> None:
    for seed in range(5):
        made = allocate(items(count, slots=slots), hands(people), seed=seed)
        shared = [made.pairs.get(pair, 0) for pair in combinations(range(100, 100 + people), 2)]
        assert max(shared) - min(shared) <= 2


def test_passages_are_balanced_beside_documents() -> None:
    lengths = Random(5)
    work = [Item(number, lengths.randint(3, 200), 2) for number in range(60)]
    made = allocate(work, hands(4), seed=1)
    read = [load.passages for load in made.loads]
    assert max(read) - min(read) <= 60  # a document has 3 to 200
    assert set(documents(made)) == {30}


def test_two_seeds_draw_two_rounds() -> None:
    one, other = (allocate(items(20), hands(5), seed=seed).seats for seed in (1, 2))
    assert one != other


def test_someone_full_hands_on_what_another_can_take() -> None:
    # Only 100 reads French, and would be full with what 101 can have as well.
    work = [Item(1, 9, 1, "en"), Item(2, 9, 1, "fr")]
    people = [Hand(100, most=1), Hand(101, most=1, languages=frozenset({"en"}))]
    made = allocate(work, people, seed=3)
    assert not made.unseated
    assert {(seat.document, seat.coder) for seat in made.seats} == {(1, 101), (2, 100)}


def test_loads_even_out_through_a_third_person() -> None:
    # Whoever reads both may be given the Chinese one first, and hands it on for the French one.
    work = [Item(1, 5, 1, "zh"), Item(2, 1, 1, "zh"), Item(3, 5, 1, "fr")]
    people = [
        Hand(100, languages=frozenset({"zh"})),
        Hand(101, languages=frozenset({"fr", "zh"})),
        Hand(102, languages=frozenset({"fr"})),
    ]
    for seed in range(20):
        assert documents(allocate(work, people, seed=seed)) == [1, 1, 1]


def test_late_documents_go_to_who_has_least() -> None:
    first = allocate(items(6, slots=1), [Hand(100)], seed=1)
    made = allocate(items(9, slots=1), [Hand(100), Hand(101)], seed=1, seated=first.seats)
    assert {seat.coder for seat in made.seats} == {101}


def test_a_free_slot_says_what_kept_whom_from_it() -> None:
    work = [Item(1, 5, 2, "en", story=4), Item(2, 5, 4, "en", story=4)]
    people = [
        Hand(100),
        Hand(101, languages=frozenset({"fr"})),
        Hand(102, excluded=frozenset({1, 2})),
        Hand(103, most=1),
        Hand(104, most=1),
    ]
    seated = [Seat(1, 1, 100), Seat(1, 2, 103)]
    made = allocate([*work, Item(3, 1, 1)], people, seed=2, seated=[*seated, Seat(3, 1, 104)])
    [gap] = made.unseated
    assert (gap.document, gap.slots) == (2, 4)
    told = {Why.LANGUAGE: 1, Why.EXCLUDED: 1, Why.STORY: 2, Why.MOST: 1}
    assert dict(gap.reasons) == told


def test_too_few_people_is_a_gap_without_reasons() -> None:
    [gap] = allocate(items(1, slots=3), hands(2), seed=1).unseated
    assert (gap.slots, gap.reasons) == (1, ())
    [alone] = allocate(items(1, slots=1), [], seed=1).unseated
    assert (alone.slots, alone.reasons) == (1, ())


def test_two_of_a_story_go_to_one_person_only_where_that_is_wanted() -> None:
    work = [Item(1, 5, 1, story=9), Item(2, 5, 1, story=9)]
    assert len(allocate(work, hands(1), seed=1).unseated) == 1
    assert not allocate(work, hands(1), seed=1, same_story=True).unseated
