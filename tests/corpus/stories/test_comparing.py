"""Which of the articles in `told/` tell the same story, as a reader would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from annotations.corpus.readers.reading import DraftPassage
from annotations.corpus.stories.comparing import compared
from annotations.corpus.stories.evidence import evidence
from annotations.corpus.stories.told import Told
from tests.corpus.stories.tales import NAMES, rarity_among, story_of, told

# A pair keeps this distance from what decides; the page would say "just" otherwise.
MARGIN = 0.04
PAIRS = list(combinations(NAMES, 2))
SAME = [pair for pair in PAIRS if story_of(pair[0]) == story_of(pair[1])]
# Close, and not the same: what came later, what came before, another figure of the same kind.
CLOSE = [
    (one, other)
    for one, other in PAIRS
    if {story_of(one), story_of(other)}
    in [
        {"bridge", "bridge-later"},
        {"bridge", "bridge-history"},
        {"strike", "strike-ends"},
        {"results", "losses"},
        {"results", "rival"},
        {"results", "portrait"},
        {"portrait", "visit"},
        {"quake-north", "quake-south"},
        {"quake-north", "canteen"},
        {"list-monday", "list-tuesday"},
        {"mill", "mill-halted"},
        {"mill", "mill-other"},
    ]
]
EVERY = rarity_among(*NAMES)


def test_there_are_enough_pairs_of_both_kinds() -> None:
    assert (len(SAME), len(CLOSE)) == (26, 45)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_story_is_recognised(one: str, other: str) -> None:
    likeness = compared(told(one), told(other), EVERY)
    assert likeness.score >= likeness.threshold + MARGIN


@pytest.mark.parametrize(("one", "other"), CLOSE)
def test_what_is_only_close_is_not(one: str, other: str) -> None:
    likeness = compared(told(one), told(other), EVERY)
    assert likeness.score <= likeness.threshold - MARGIN


def test_no_other_pair_is_linked() -> None:
    linked = [pair for pair in PAIRS if compared(*map(told, pair), EVERY).is_same]
    assert linked == SAME


@pytest.mark.parametrize(("one", "other"), SAME + CLOSE)
def test_a_project_of_two_documents_is_judged_alike(one: str, other: str) -> None:
    alone = rarity_among(one, other)
    assert compared(told(one), told(other), alone).is_same == ((one, other) in SAME)


@pytest.mark.parametrize(
    ("one", "other", "relation", "derived"),
    [
        ("bridge.en", "bridge.copy.en", "copy", "second"),
        ("bridge.digest.en", "bridge.en", "digest", "first"),
        ("bridge.en", "bridge.fr", "translation", "second"),
        ("bridge.fr", "bridge.zh", "translation", "second"),
        ("bridge.digest.en", "bridge.fr", "translation", "first"),
        ("strike.brief.en", "strike.en", "digest", "first"),
    ],
)
def test_the_relation_is_that_of_what_came_out_of_the_other(
    one: str, other: str, relation: str, derived: str
) -> None:
    likeness = compared(told(one), told(other), EVERY)
    assert (likeness.relation, likeness.derived) == (relation, derived)


def test_where_every_name_is_written_in_chinese_numbers_tell() -> None:
    likeness = compared(told("mill.en"), told("mill.zh"), EVERY)
    keys = {told("mill.en").mentions[match.first].key for match in likeness.matches}
    assert all(key.startswith(("#", "@")) for key in keys)


def test_of_two_dated_texts_the_later_is_the_copy() -> None:
    later = replace(told("bridge.en"), published_on=date(2026, 3, 3))
    earlier = replace(told("bridge.copy.en"), published_on=date(2026, 3, 1))
    assert compared(later, earlier, EVERY).derived == "first"


def test_a_translation_of_months_later_has_to_agree_better() -> None:
    first = replace(told("bridge.digest.en"), published_on=date(2026, 1, 1))
    soon = replace(told("bridge.zh"), published_on=date(2026, 1, 4))
    late = replace(told("bridge.zh"), published_on=date(2026, 4, 1))
    assert compared(first, soon, EVERY).is_same
    assert not compared(first, late, EVERY).is_same


def test_texts_without_anchors_are_compared_by_their_words() -> None:
    words = "nobody knew why the lamps went out that night, but everybody had a theory of it and "
    one = plain(words + "told it to whoever would listen until the morning came at last")
    other = plain(words + "told it to whoever would listen until the milk came and the bread")
    assert compared(one, other, EVERY).is_same
    assert not compared(one, plain("a quite different text about cheese and wine"), EVERY).is_same
    assert not compared(plain(""), plain(""), EVERY).is_same


def test_the_evidence_leads_to_the_same_in_both_texts() -> None:
    first, second = told("bridge.en"), told("bridge.copy.en")
    found = evidence(first, second, compared(first, second, EVERY))
    assert found["offset_unit"] == "codepoint"
    assert found["of_second"] > found["of_first"] > 0.6
    for each in found["stretches"]:
        (start, end), (other_start, other_end) = each["first"], each["second"]
        here, there = first.text[start:end], second.text[other_start:other_end]
        assert len(here.split()) >= 4
        assert here.split()[0] == there.split()[0]
        assert here.split()[-1].rstrip(".,") == there.split()[-1].rstrip(".,")


def test_the_evidence_of_a_translation_names_anchors_in_the_order_of_both() -> None:
    first, second = told("results.en"), told("results.zh")
    shared = evidence(first, second, compared(first, second, EVERY))["shared"]
    quotes = {
        (first.text[slice(*each["first"])], second.text[slice(*each["second"])]) for each in shared
    }
    assert {("4.8 billion", "48亿"), ("910 million", "9.1亿"), ("Huawei", "华为")} <= quotes
    for side in ("first", "second"):
        places = [each[side][0] for each in shared]
        assert places == sorted(places)


def plain(text: str) -> Told:
    piece = DraftPassage(0, 0, len(text), 1, 1, "en", "body", "")
    return Told(text, [piece] if text else [], "en")
