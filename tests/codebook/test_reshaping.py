"""Themes are added, moved, archived, merged and split, each time into a codebook without fault."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from annotations.codebook import reshaping
from annotations.codebook.checking import faults_of
from annotations.codebook.reshaping import Book
from tests.codebook.test_checking import small
from tests.fixtures.demonstration import BOOKS


@pytest.fixture
def book() -> Book:
    return copy.deepcopy(BOOKS[1])


def keys(book: Book) -> list[str]:
    return [each["key"] for each in book["themes"]]


def sound(book: Book) -> Book:
    assert faults_of(book) == []
    assert [each["order"] for each in book["themes"]] == list(range(1, len(book["themes"]) + 1))
    return book


def test_a_theme_is_added_with_what_is_free(book: Book) -> None:
    entry: dict[str, Any] = {"key": "burden", "name": {"en": "Burden"}, "parent": None}
    made = reshaping.theme_in(sound(reshaping.added(book, entry)), "burden")
    assert made is not None
    others = [each for each in book["themes"] if not each["parent"]]
    assert made["colour"] not in [each["colour"] for each in others]
    assert made["code"] not in [each["code"] for each in book["themes"]]


def test_a_sub_theme_stands_with_its_family(book: Book) -> None:
    entry: dict[str, Any] = {"key": "burden", "name": {"en": "Burden"}, "parent": "burnout"}
    after = sound(reshaping.added(book, entry))
    at = keys(after).index("burden")
    assert after["themes"][at - 1]["parent"] == "burnout"
    assert after["themes"][at + 1]["parent"] is None
    assert after["themes"][at]["colour"] == after["themes"][0]["colour"]


def test_a_theme_moves_with_its_sub_themes(book: Book) -> None:
    after = sound(reshaping.moved(book, "compensation", steps=-1))
    count = 1 + len(reshaping.children_of(book, "compensation"))
    assert keys(after)[0] == "compensation"
    assert {each["parent"] for each in after["themes"][1:count]} == {"compensation"}
    assert reshaping.moved(after, "compensation", steps=-1)["themes"] == after["themes"]


def test_a_sub_theme_moves_among_its_siblings(book: Book) -> None:
    first, second, *_ = reshaping.children_of(book, "burnout")
    after = sound(reshaping.moved(book, second, steps=-1))
    assert reshaping.children_of(after, "burnout")[:2] == [second, first]
    assert reshaping.moved(after, first, steps=-1)["themes"] == book["themes"]


def test_an_archived_theme_takes_its_sub_themes_and_leaves_a_record(book: Book) -> None:
    gone = ["burnout", *reshaping.children_of(book, "burnout")]
    after = sound(reshaping.archived(book, "burnout", reason="Too broad."))
    assert not set(gone) & set(keys(after))
    assert after["changes"] == [
        {"kind": "archive", "themes": gone, "into": [], "reason": "Too broad."}
    ]


def test_what_was_archived_can_come_back(book: Book) -> None:
    after = reshaping.archived(book, "secrecy", reason="")
    back = sound(reshaping.restored(after, "secrecy", earlier=book))
    assert set(keys(book)) - set(keys(back)) == set(reshaping.children_of(book, "secrecy"))
    assert "secrecy" not in back["changes"][0]["themes"]
    assert reshaping.restored(back, "secrecy", earlier=book) is back


def test_a_merged_theme_gives_its_sub_themes(book: Book) -> None:
    children = reshaping.children_of(book, "compensation")
    after = sound(reshaping.merged(book, "compensation", into="burnout", reason="One thing."))
    assert set(children) <= set(reshaping.children_of(after, "burnout"))
    assert after["changes"][-1]["into"] == ["burnout"]


def test_a_theme_merges_into_its_own_sub_theme() -> None:
    after = sound(reshaping.merged(small(), "burnout", into="hours", reason=""))
    assert reshaping.theme_in(after, "hours") | {"parent": None} == reshaping.theme_in(
        after, "hours"
    )  # type: ignore[operator]  # it is there


def test_a_split_theme_becomes_copies_with_names_of_their_own(book: Book) -> None:
    into = {"nights": {"en": "Nights"}, "weekends": {"en": "Week-ends"}}
    after = sound(reshaping.split(book, "long_hours", into=into, reason="Two things."))
    assert "long_hours" not in keys(after)
    old = reshaping.theme_in(book, "long_hours")
    parts = [reshaping.theme_in(after, key) for key in into]
    assert [(part["parent"], part["definition"]) for part in parts if part and old] == [
        ("burnout", old["definition"])  # type: ignore[index]  # it is there
    ] * 2
    assert after["changes"][-1] == {
        "kind": "split",
        "themes": ["long_hours"],
        "into": ["nights", "weekends"],
        "reason": "Two things.",
    }


def test_sub_themes_of_a_split_theme_go_to_the_first(book: Book) -> None:
    into = {"one": {"en": "One"}, "two": {"en": "Two"}}
    after = sound(reshaping.split(book, "burnout", into=into, reason=""))
    assert reshaping.children_of(after, "one") == reshaping.children_of(book, "burnout")


def test_codes_are_found_until_there_are_none() -> None:
    book: Book = {"themes": []}
    for number in range(26 * 26):
        code = reshaping.free_code(book, f"pay{number}")
        assert len(code) == 2
        book["themes"].append({"code": code})
    assert len({each["code"] for each in book["themes"]}) == 676
    assert reshaping.free_code(book, "pay") == ""
