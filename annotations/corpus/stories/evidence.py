"""Why two documents are held to tell the same: JSON for a person to check, side by side. Pure."""

from __future__ import annotations

from typing import Any

from annotations.corpus.sketching.shingling import WIDTH
from annotations.corpus.stories.comparing import Likeness
from annotations.corpus.stories.told import Told

MOST_ANCHORS = 120
MOST_STRETCHES = 80

Range = list[int]


def evidence(first: Told, second: Told, likeness: Likeness) -> dict[str, Any]:
    """`{"measure", "threshold", "text", "anchors", "derived", "days", "offset_unit", "of_first",
    "of_second", "shared": [{"key", "first": [start, end], "second": [start, end]}],
    "stretches": [{"first": [start, end], "second": [start, end]}]}`.

    Ranges are half-open code points of each document's text. `of_first` and `of_second` are the
    shares of each one's runs of five words that the other one has.
    """
    here, there = _contained(first, second)
    return {
        "measure": likeness.measure,
        "threshold": likeness.threshold,
        "text": likeness.text,
        "anchors": likeness.anchors,
        "derived": likeness.derived,
        "days": _days(first, second),
        "of_first": here,
        "of_second": there,
        "offset_unit": "codepoint",
        "shared": _anchors(first, second, likeness),
        "stretches": _as_json(stretches(first, second)),
    }


def stretches(first: Told, second: Told) -> list[tuple[Range, Range]]:
    """Runs of at least five words that stand in both, in the order of the first; greedy, longest.

    Each word of the first is in at most one of them.
    """
    starts: dict[int, list[int]] = {}
    for place, number in enumerate(second.shingles.tolist()):
        starts.setdefault(number, []).append(place)
    here, there = first.shingles.tolist(), second.shingles.tolist()
    found: list[tuple[Range, Range]] = []
    place = 0
    while place < len(here):
        runs = [(_run(here, there, place, other), other) for other in starts.get(here[place], ())]
        if not runs:
            place += 1
            continue
        length, other = max(runs, key=lambda run: (run[0], -run[1]))
        found.append((_range(first, place, length), _range(second, other, length)))
        place += length + WIDTH - 1
    return found


def _run(here: list[int], there: list[int], place: int, other: int) -> int:
    length = 0
    while (
        place + length < len(here)
        and other + length < len(there)
        and here[place + length] == there[other + length]
    ):
        length += 1
    return length


def _range(told: Told, place: int, length: int) -> Range:
    last = min(place + length + WIDTH - 2, len(told.words) - 1)
    return [told.words[place].start, told.words[last].end]


def _anchors(first: Told, second: Told, likeness: Likeness) -> list[dict[str, Any]]:
    found = []
    for match in likeness.matches[:MOST_ANCHORS]:
        here, there = first.mentions[match.first], second.mentions[match.second]
        found.append(
            {
                "key": here.key,
                "first": [here.start, here.end],
                "second": [there.start, there.end],
            }
        )
    return found


def _as_json(runs: list[tuple[Range, Range]]) -> list[dict[str, Range]]:
    longest = sorted(runs, key=lambda run: run[0][0] - run[0][1])[:MOST_STRETCHES]
    return [{"first": here, "second": there} for here, there in sorted(longest)]


def _contained(first: Told, second: Told) -> tuple[float, float]:
    here, there = set(first.shingles.tolist()), set(second.shingles.tolist())
    common = len(here & there)
    return round(common / max(len(here), 1), 4), round(common / max(len(there), 1), 4)


def _days(first: Told, second: Told) -> int | None:
    if first.published_on is None or second.published_on is None:
        return None
    return (second.published_on - first.published_on).days
