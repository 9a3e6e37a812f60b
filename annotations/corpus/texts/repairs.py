"""The repairs of a text, looked at from the text: what was changed where, and what is beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from annotations.corpus.texts.mojibake.repairing import STEP
from annotations.corpus.texts.normalising import decoded_with_map, replayed
from annotations.corpus.texts.substituting import LOST, Edit, edits_of
from annotations.text.offset_map import OffsetMap, Run
from annotations.text.spans import Span

AROUND = 32


class Standing(NamedTuple):
    """A repaired place: `[start, end)` of the document's text, where what stood before is `was`.

    `was` is empty for what was lost: only the bytes say it.
    """

    start: int
    end: int
    was: str
    now: str
    rule: str
    certainty: float
    chain: tuple[str, ...]


class Substitution(NamedTuple):
    """One kind of change, how often it is, and what stands around the first in the text."""

    was: str
    now: str
    rule: str
    certainty: float
    chain: tuple[str, ...]
    times: int
    left: str
    right: str

    @property
    def is_lost(self) -> bool:
        return self.rule == LOST


class Tally(NamedTuple):
    """How much one step repaired: all places, those of them known from context, and the lost."""

    chain: tuple[str, ...]
    repaired: int
    from_context: int
    lost: int


def mojibake_steps(repairs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [step for step in repairs if step.get("step") == STEP]


def tally(step: Mapping[str, Any]) -> Tally:
    """
    >>> tally({"chain": ["ISO-8859-16"], "lost": [[9, 1]], "changes": [
    ...     {"was": "Ă©", "now": "é", "rule": "exact", "certainty": 1.0, "at": [1, 5]}]})
    Tally(chain=('ISO-8859-16',), repaired=2, from_context=0, lost=1)
    """
    counts = [(change["certainty"] < 1, len(change["at"])) for change in step["changes"]]
    return Tally(
        tuple(step["chain"]),
        sum(count for _guessed, count in counts),
        sum(count for guessed, count in counts if guessed),
        len(step["lost"]),
    )


def standing(length: int, repairs: Sequence[Mapping[str, Any]]) -> list[Standing]:
    """Every repaired place, in the order of the text, which is `length` code points long."""
    found: list[Standing] = []
    for step, edits, places in _standing(length, repairs):
        was = {at: change["was"] for change in step["changes"] for at in change["at"]}
        for edit, place in zip(edits, places, strict=True):
            gone, chain = was.get(edit.start, ""), tuple(step["chain"])
            said = (gone, edit.now, edit.rule, edit.certainty, chain)
            found.append(Standing(place.start, place.end, *said))
    return sorted(found)


def substitutions(
    before: str, text: str, repairs: Sequence[Mapping[str, Any]]
) -> list[Substitution]:
    """What was replaced by what, the uncertain first; `before` is what `misread` gives."""
    counts: dict[tuple[str, str, str, float, tuple[str, ...]], list[Span]] = {}
    for step, edits, places in reversed(_standing(len(text), repairs)):
        for edit, place in zip(edits, places, strict=True):
            was = before[edit.start : edit.end]
            kind = (was, edit.now, edit.rule, edit.certainty, tuple(step["chain"]))
            counts.setdefault(kind, []).append(place)
        before = replayed(before, step)[0]
    found = [
        Substitution(*kind, len(places), *_around(text, places[0]))
        for kind, places in counts.items()
    ]
    return sorted(found, key=lambda each: (each.certainty, -each.times))


def _around(text: str, place: Span) -> tuple[str, str]:
    """What stands before and after on the same line, cut between words where there are any."""
    left = text[max(0, place.start - AROUND) : place.start]
    right = text[place.end : place.end + AROUND]
    if place.start > AROUND and "\n" not in left:
        left = "…" + (left.split(" ", 1)[1] if " " in left[:-1] else left)
    if place.end + AROUND < len(text) and "\n" not in right:
        right = (right.rsplit(" ", 1)[0] if " " in right[1:] else right) + "…"
    return left.rsplit("\n", 1)[-1], right.split("\n", 1)[0]


def _standing(
    length: int, repairs: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], list[Edit], list[Span]]]:
    """The steps from the last to the first, their edits, and where each stands in the text."""
    found = []
    later = OffsetMap.identity(length)
    for step in reversed(mojibake_steps(repairs)):
        edits = edits_of(step)
        found.append((step, edits, [later.target_span(place) for place in _after(edits)]))
        later = later.after(_map(edits, later.source_length))
    return found


def _after(edits: Sequence[Edit]) -> Iterator[Span]:
    """Where each edit stands in the text after them."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield Span(start, start + len(edit.now))
        shift += len(edit.now) - (edit.end - edit.start)


def _map(edits: Sequence[Edit], length: int) -> OffsetMap:
    """The map of a step to the text before it, which is known by its length alone."""
    runs: list[Run] = []
    done = written = 0
    for edit in edits:
        between, size = edit.start - done, edit.end - edit.start
        runs += Run(between, 1, 1), Run(1, len(edit.now), size)
        done = edit.end
        written += between + len(edit.now)
    return OffsetMap([*runs, Run(length - written, 1, 1)])


def misread(data: bytes, repairs: Sequence[Mapping[str, Any]]) -> str:
    """The text as it was before any mojibake in it was repaired."""
    first, *others = repairs
    text, _map = decoded_with_map(data, first["encoding"], bom=first["bom"])
    for step in others:
        if step["step"] == STEP:
            return text
        text, _map = replayed(text, step)
    return text


def lost_places(length: int, repairs: Sequence[Mapping[str, Any]]) -> list[Span]:
    return [Span(each.start, each.end) for each in standing(length, repairs) if each.rule == LOST]
