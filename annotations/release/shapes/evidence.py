"""What a release knows of a document beside its line of documents.jsonl. Pure.

Offsets are code points, half-open; `passages` are indexes; a root is the key of the theme at the
top under which a label's theme stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Extent:
    """A passage of a coded zone. `judged_by` coders judged it, or marked it."""

    index: int
    start: int
    end: int
    paragraph: int
    sentence: int
    language: str | None
    zone: str
    judged_by: int


@dataclass(frozen=True, slots=True)
class CodedLabel:
    """What one coder said of one stretch."""

    id: str
    start: int
    end: int
    label: str
    root: str
    stance: str | None
    holder_kind: str | None
    holder_name: str | None
    certainty: int | None
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """A coder's submission that the gold rests on; `coder` is the pseudonym."""

    coder: str
    submission: int
    after_discussion: bool
    labels: tuple[CodedLabel, ...]


@dataclass(frozen=True, slots=True)
class GoldMark:
    """Which passages the gold label of that id marks."""

    id: str
    root: str
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`themes` are the roots that the coders could have chosen from, in the codebook's order."""

    themes: tuple[str, ...]
    passages: tuple[Extent, ...]
    codings: tuple[Coding, ...]
    gold: tuple[GoldMark, ...]


def plain(evidence: Evidence) -> dict[str, Any]:
    """For a JSON column; `restored` is the way back."""
    return {
        "themes": evidence.themes,
        "passages": tuple(map(_plain, evidence.passages)),
        "codings": tuple(
            {**_plain(each), "labels": tuple(map(_plain, each.labels))} for each in evidence.codings
        ),
        "gold": tuple(map(_plain, evidence.gold)),
    }


def restored(fields: Mapping[str, Any]) -> Evidence:
    """The evidence again. Raises KeyError or TypeError where a field is missing or unknown."""
    return Evidence(
        themes=tuple(fields["themes"]),
        passages=tuple(Extent(**each) for each in fields["passages"]),
        codings=tuple(_coding(each) for each in fields["codings"]),
        gold=tuple(
            GoldMark(each["id"], each["root"], tuple(each["passages"])) for each in fields["gold"]
        ),
    )


_VALUES = {kind: attrgetter(*kind.__slots__) for kind in (Extent, CodedLabel, Coding, GoldMark)}


def _plain(row: Extent | CodedLabel | Coding | GoldMark) -> dict[str, Any]:
    """One level deep; `asdict` copies every value, which is a third of what freezing takes."""
    return dict(zip(row.__slots__, _VALUES[type(row)](row), strict=True))


def _coding(fields: Mapping[str, Any]) -> Coding:
    labels = (
        CodedLabel(**{**each, "passages": tuple(each["passages"])}) for each in fields["labels"]
    )
    return Coding(**{**fields, "labels": tuple(labels)})
