"""From a stretch of a text back through its repairs to the bytes that it was read from. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.corpus.texts.normalising import decoded_with_map, replayed
from annotations.corpus.texts.repairs import Standing, standing
from annotations.text.offset_map import OffsetMap
from annotations.text.spans import Span

from .chain_sources import Change, Piece, Repaired, Row

WIDE = 16
"""Bytes in a row, and at least so many around the label's, where the file has them."""
FIRST_ROWS, LAST_ROWS = 44, 12
"""What is shown of a stretch that has more."""
LONGEST = 1_500
"""Code points of what a step changed, before it is cut."""
CONTROL_PICTURES = 0x2400

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """A stretch followed back. `text` is the whole text again, `decoded` the stretch as first read."""

    text: str
    decoded: str
    place: Span
    repairs: tuple[Repaired, ...]
    rows: tuple[Row, ...]
    left_out_bytes: int


@dataclass(frozen=True, slots=True)
class _Passed:
    """A step, the text after it, and the map to what was before."""

    step: Step
    text: str
    back: OffsetMap


def traced(data: bytes, steps: Sequence[Step], stretch: Span) -> Trace:
    """Replays every step and follows `stretch` of the outcome back to the bytes.

    Raises ValueError or LookupError where the steps cannot be replayed on these bytes, or the
    stretch is not in the text that they make.
    """
    passed = _replayed(data, steps)
    first = passed[0]
    repairs: list[Repaired] = []
    place = stretch
    changes = _standing_in(passed[-1].text, steps, stretch)
    for before, each in reversed(list(zip(passed, passed[1:], strict=False))):
        now, place_before = each.text[place.slice], each.back.source_span(place)
        was = before.text[place_before.slice]
        repairs.append(_repaired(each.step, was, now, changes))
        place = place_before
    of_bytes = first.back.source_span(place)
    rows, left_out = _rows(data, first, of_bytes)
    return Trace(
        text=passed[-1].text,
        decoded=first.text[place.slice],
        place=of_bytes,
        repairs=tuple(reversed(repairs)),
        rows=rows,
        left_out_bytes=left_out,
    )


def _replayed(data: bytes, steps: Sequence[Step]) -> list[_Passed]:
    first, *others = steps
    text, back = decoded_with_map(data, first["encoding"], bom=first["bom"])
    passed = [_Passed(first, text, back)]
    for step in others:
        text, back = replayed(text, step)
        passed.append(_Passed(step, text, back))
    return passed


def _repaired(step: Step, was: str, now: str, standing_in: Sequence[Standing]) -> Repaired:
    touches = was != now
    its = [each for each in standing_in if list(each.chain) == list(step.get("chain", [None]))]
    return Repaired(
        step=str(step["step"]),
        touches=touches,
        was=_cut(was) if touches else "",
        now=_cut(now) if touches else "",
        changes=tuple(
            Change(each.start, each.end, each.was, each.now, each.rule, each.certainty)
            for each in its
        ),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _standing_in(text: str, steps: Sequence[Step], stretch: Span) -> list[Standing]:
    """The repaired places that the stretch takes in."""
    return [
        each
        for each in standing(len(text), steps)
        if each.start < stretch.end and stretch.start < max(each.end, each.start + 1)
    ]


def _rows(data: bytes, first: _Passed, place: Span) -> tuple[tuple[Row, ...], int]:
    """The bytes of the place with a little around them, and how many between are left out."""
    begin = max(0, place.start - WIDE) // WIDE * WIDE
    end = min(len(data), -(-(place.end + WIDE) // WIDE) * WIDE)
    starts = list(range(begin, end, WIDE))
    shown = starts
    if len(starts) > FIRST_ROWS + LAST_ROWS:
        shown = starts[:FIRST_ROWS] + starts[-LAST_ROWS:]
    rows = tuple(
        Row(at, tuple(_pieces(data, first, place, Span(at, min(at + WIDE, end))))) for at in shown
    )
    return rows, (len(starts) - len(shown)) * WIDE


def _pieces(data: bytes, first: _Passed, place: Span, row: Span) -> Iterator[Piece]:
    inside = row.intersection(place) or Span(row.start, row.start)
    for start, end, of_label in (
        (row.start, inside.start, False),
        (inside.start, inside.end, True),
        (inside.end, row.end, False),
    ):
        if start < end:
            piece = data[start:end].hex(" ")
            yield Piece(piece, _beginning(first, Span(start, end)), of_label)


def _beginning(first: _Passed, stretch: Span) -> str:
    """The characters whose first byte is in the stretch; controls as their pictures."""
    text = first.text[_character(first.back, stretch.start) : _character(first.back, stretch.end)]
    return "".join(chr(CONTROL_PICTURES + ord(char)) if char < " " else char for char in text)


def _character(back: OffsetMap, at: int) -> int:
    """The first character that begins at that byte or after it."""
    if at >= back.source_length:
        return back.target_length
    index = back.target_span(Span(at, at + 1)).start
    if index < back.target_length and back.source_span(Span(index, index + 1)).start < at:
        return index + 1
    return index
