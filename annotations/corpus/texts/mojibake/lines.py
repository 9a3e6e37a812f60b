"""The edits that repair one line, once it is known how it was misread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotations.corpus.texts.mojibake.context import SAFE, Found, Place, resolved
from annotations.corpus.texts.mojibake.evidence import is_among_han
from annotations.corpus.texts.mojibake.units import SPACED, Misreading, Unit
from annotations.corpus.texts.substituting import LOST, MARK, Edit

_WORD = re.compile(r"[^\W\d_]+")
_AFTER_SPACE = re.compile(r"$|[ ,.)\]…-]")
# French alone sets these apart.
_CLOSES = re.compile(r"[»”!?:;]")
_PLURAL = re.compile(r" s(?![^\W\d_])")
"""“às”, which Portuguese has on every page."""
# Chinese and Japanese have no spaces, and no Hebrew word ends in this nun.
_NO_SPACE_AFTER = re.compile("[\u05e0\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of a text before its partial sequences are: its language, and its words.

    `has_cuts`: letters lost their ends in it, so that a space after one says nothing.
    """

    language: str | None
    words: frozenset[str]
    has_cuts: bool = False


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Words with a letter beyond ASCII, in lower case."""
    found = (word for line in lines for word in _WORD.findall(line) if not word.isascii())
    return frozenset(word.casefold() for word in found)


def sure_edits(units: Iterable[Unit]) -> list[Edit]:
    """The whole sequences of a line said, its parts cut out of their words."""
    return [
        _exact(unit)
        if unit.kind == "whole"
        else Edit(unit.start, unit.end - (unit.kind == "spaced"), MARK, LOST, 0.0)
        for unit in units
        if unit.kind not in ("clean", "gapped")
    ]


def edits_of_line(
    line: str, units: Sequence[Unit], known: Knowledge, *, safe_only: bool = False
) -> list[Edit]:
    """All that can be repaired; the rest of what was misread as lost.

    With `safe_only` nothing is lost, and only what its place leaves no doubt about is repaired.
    """
    edits: list[Edit] = []
    before, at = "", 0
    for index, unit in enumerate(units):
        before += line[at : unit.start]
        edit = _edit(line, units, index, before, known)
        if safe_only and (edit is None or edit.rule == LOST or edit.certainty < SAFE):
            edit = None
        if edit:
            edits.append(edit)
        at = edit.end if edit else unit.end
        before += edit.now if edit else line[unit.start : unit.end]
    return edits


def _edit(
    line: str, units: Sequence[Unit], index: int, before: str, known: Knowledge
) -> Edit | None:
    unit = units[index]
    if unit.kind == "clean":
        return None
    if unit.kind == "whole":
        return _exact(unit)
    if known.has_cuts and unit.kind in ("spaced", "gapped") and unit.now > "\u036f":
        first = unit.start + len(line[unit.start : unit.end].split(" ")[0])
        return Edit(unit.start, first, MARK, LOST, 0.0)
    if unit.kind == "gapped":
        among = is_among_han(units, index)
        return Edit(unit.start, unit.end, unit.now, "space", SAFE) if among else None
    if unit.kind == "marked":
        return Edit(unit.start, unit.end, MARK, LOST, 0.0)
    end = unit.end - (unit.kind == "spaced")
    after = _said_after(line, units, index, end)
    found = resolved(Place(unit.may_be, before, after, known.language, known.words))
    if found is None and unit.kind == "spaced":
        found = Found(unit.now, "space", SAFE)
    if found is None:
        return Edit(unit.start, end, MARK, LOST, 0.0)
    return Edit(unit.start, _end(end, after, found.now, known.language), *found)


def _exact(unit: Unit) -> Edit:
    lost = unit.now == MARK
    return Edit(unit.start, unit.end, unit.now, LOST if lost else "exact", 0.0 if lost else 1.0)


def _end(end: int, after: str, now: str, language: str | None) -> int:
    """With the space that stands for a byte of `now`, unless it is also one between two words."""
    if SPACED.encode()[1] not in now.encode() or after[:1] != " ":
        return end
    is_byte = (
        now == SPACED
        or _AFTER_SPACE.match(after, 1)
        or _NO_SPACE_AFTER.match(now)
        or (language == "pt" and _PLURAL.match(after))
        or (language != "fr" and _CLOSES.match(after, 1))
    )
    return end + 1 if is_byte else end


def _said_after(line: str, units: Sequence[Unit], index: int, at: int) -> str:
    """What follows, as far as whole sequences say it."""
    said = ""
    for number in range(index + 1, len(units)):
        unit = units[number]
        if len(said) > _AHEAD:
            return said
        said += line[at : unit.start]
        said += unit.now if unit.kind == "whole" else line[unit.start : unit.end]
        at = unit.end
    return said + line[at : at + _AHEAD]


def inner_edits(line: str, units: Iterable[Unit], later: Misreading) -> Iterator[Edit]:
    """The first half of a double repair: what `later` reads as bytes of its own.

    A part is the character that leads most sequences of Latin text, or a control that was dropped.
    Each edit writes one character or none; some change nothing.
    """
    for unit in units:
        if unit.kind == "whole":
            yield Edit(unit.start, unit.end, unit.now, "exact", 1.0)
        elif unit.kind == "spaced":
            double = line[unit.end : unit.end + 1] == " " or unit.now != SPACED
            yield Edit(unit.start, unit.end - (not double), unit.now, "space", SAFE)
        elif unit.kind == "partial":
            yield from _inner_part(line, unit, later)


def _inner_part(line: str, unit: Unit, later: Misreading) -> Iterator[Edit]:
    seen = line[unit.start : unit.end]
    leads = [each for each in unit.may_be if later.byte_of.get(each, 0) == 0xC3]
    if leads:
        yield Edit(unit.start, unit.end, leads[0], "layer", SAFE)
    elif unit.may_be == SPACED and unit.start:
        yield Edit(unit.start, unit.end, "", "layer", SAFE)
    elif len(seen) > 1 and len(unit.may_be) == 1:
        yield Edit(unit.start, unit.end, unit.may_be, "only", 0.97)
