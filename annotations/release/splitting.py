"""Stories into train, dev and test. Pure.

A split never cuts through a story: copies, digests and translations of a text learned from would
make a test easier than it is. A story stays where its first release put it; stories that were
merged later across splits go to test, where they cost the least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, get_args

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the documents, each from 0 to 1 and 1 together. Raises ValueError where they are not."""

    train: float = 0.8
    dev: float = 0.1
    test: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.of.values()) < 0 or abs(sum(self.of.values()) - 1) > 1e-9:
            raise ValueError("shares are from 0 to 1 and 1 together")

    @property
    def of(self) -> dict[Split, float]:
        """By split."""
        return {"train": self.train, "dev": self.dev, "test": self.test}


def shares_from(said: Any) -> Shares:
    """The shares of a JSON object; what it does not name is as by default. Raises ValueError.

    >>> shares_from({"train": 0.5, "dev": 0, "test": 0.5, "seed": 7}).seed
    7
    """
    if not isinstance(said, dict) or said.keys() - {"train", "dev", "test", "seed"}:
        raise ValueError("splits are an object of train, dev, test and seed")
    seed = said.get("seed", 0)
    shares = {name: value for name, value in said.items() if name != "seed"}
    if type(seed) is not int or not all(type(each) in {int, float} for each in shares.values()):
        raise ValueError("shares are numbers and the seed is a whole one")
    return Shares(**shares, seed=seed)


@dataclass(frozen=True, slots=True)
class Placed:
    """`splits` by document, and the stories that went to test because they were apart before."""

    splits: dict[str, Split]
    moved: tuple[str, ...]


def place(
    stories: Mapping[str, str | None], before: Iterable[tuple[str, Split]], *, shares: Shares
) -> Placed:
    """Where each document goes; `stories` are all documents' of the release, by document.

    `before` are (story or document, split): where an earlier release had put a document of that
    story, or the document itself where it has none. New stories come in an order drawn by the seed,
    and each goes to the split that lacks most, so that shares are kept as closely as stories allow.

    >>> place({"a": "s", "b": "s", "c": None}, [("s", "dev")], shares=Shares()).splits
    {'a': 'dev', 'b': 'dev', 'c': 'train'}
    """
    members = Counter(story or document for document, story in stories.items())
    known: dict[str, set[Split]] = {}
    for unit, split in before:
        known.setdefault(unit, set()).add(split)
    held = {unit: known[unit] for unit in sorted(members) if unit in known}
    moved = tuple(unit for unit, splits in held.items() if len(splits) > 1)
    placed = {unit: "test" if unit in moved else next(iter(held[unit])) for unit in held}
    filled: Counter[Split] = Counter()
    for unit, split in placed.items():
        filled[split] += members[unit]
    for unit in sorted(members.keys() - placed.keys(), key=lambda unit: _drawn(unit, shares.seed)):
        placed[unit] = _emptiest(filled, shares, total=len(stories))
        filled[placed[unit]] += members[unit]
    return Placed({each: placed[story or each] for each, story in stories.items()}, moved)


def _drawn(unit: str, seed: int) -> str:
    return sha256(f"{seed} {unit}".encode()).hexdigest()


def _emptiest(filled: Counter[Split], shares: Shares, *, total: int) -> Split:
    return max(SPLITS, key=lambda split: shares.of[split] * total - filled[split])
