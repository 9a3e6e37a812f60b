"""Documents are split by story, by the seed, and stay where they were."""

from __future__ import annotations

from collections import Counter

import pytest

from annotations.release.splitting import Shares, place

STORIES: dict[str, str | None] = {f"d{n}": f"s{n // 2}" if n < 40 else None for n in range(100)}


def test_no_story_is_cut() -> None:
    splits = place(STORIES, [], shares=Shares(seed=3)).splits
    by_story: dict[str, set[str]] = {}
    for document, split in splits.items():
        by_story.setdefault(STORIES[document] or document, set()).add(split)
    assert all(len(found) == 1 for found in by_story.values())


def test_the_shares_are_kept() -> None:
    splits = place(STORIES, [], shares=Shares(seed=3)).splits
    assert Counter(splits.values()) == {"train": 80, "dev": 10, "test": 10}


def test_the_same_seed_gives_the_same_whatever_the_order_and_another_another() -> None:
    once = place(STORIES, [], shares=Shares(seed=3)).splits
    again = place(dict(reversed(STORIES.items())), [], shares=Shares(seed=3)).splits
    assert once == again
    assert once != place(STORIES, [], shares=Shares(seed=4)).splits


def test_a_story_stays_where_its_first_release_put_it() -> None:
    first = place(STORIES, [], shares=Shares(seed=3)).splits
    before = [(STORIES[document] or document, split) for document, split in first.items()]
    more = {**STORIES, "late": "s3", "new": None}
    later = place(more, before, shares=Shares(seed=99))
    assert {document: later.splits[document] for document in first} == first
    assert later.splits["late"] == first["d6"]
    assert later.moved == ()


def test_stories_merged_across_splits_go_to_test_and_are_told() -> None:
    placed = place({"a": "s", "b": "s", "c": None}, [("s", "train"), ("s", "dev")], shares=Shares())
    assert placed.splits["a"] == placed.splits["b"] == "test"
    assert placed.moved == ("s",)


@pytest.mark.parametrize("shares", [(0.8, 0.1, 0.2), (1.1, -0.1, 0.0)])
def test_shares_are_one_together(shares: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="1 together"):
        Shares(*shares)
