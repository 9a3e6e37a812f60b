"""Whether a line was misread: what its sequences say, and what stands against it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from annotations.corpus.texts.mojibake.quoting import Quotations
from annotations.corpus.texts.mojibake.tables import LETTERS, NATURAL, SIGNS
from annotations.corpus.texts.mojibake.units import Unit

_SAYING = frozenset(("whole", "spaced"))


class Evidence(NamedTuple):
    """`strong` sequences stand in no good text, `weak` ones may, `bad` ones say what nobody wrote.

    `clean` weighs characters that a misread line cannot have: letters 1, signs less. `partial`
    counts sequences that are not whole, `idle` those that are and prove nothing by themselves.
    """

    strong: int = 0
    weak: int = 0
    bad: int = 0
    clean: float = 0.0
    partial: int = 0
    idle: int = 0

    @property
    def score(self) -> float:
        return self.strong + 0.3 * self.weak - 1.5 * self.bad - 0.5 * self.clean

    @property
    def speaks_for_damage(self) -> bool:
        """Whole sequences, and hardly anything beside them that was read well."""
        whole = self.strong + self.weak
        return whole > 0 and whole >= 3 * (self.bad + self.clean)

    def with_more(self, other: Evidence) -> Evidence:
        return Evidence(
            self.strong + other.strong,
            self.weak + other.weak,
            self.bad + other.bad,
            self.clean + other.clean,
            self.partial + other.partial,
            self.idle + other.idle,
        )


NOTHING = Evidence()


def evidence_of(line: str, units: Sequence[Unit], *, trusting: bool = False) -> Evidence:
    """`trusting` takes a word in ASCII quotation marks for as damaged as the rest."""
    strong = weak = bad = partial = idle = 0
    clean = 0.0
    quotations = Quotations(line) if any(unit.kind in _SAYING for unit in units) else None
    for index, unit in enumerate(units):
        if unit.kind == "clean":
            clean += 1 if unit.now.isalpha() else 0.25
        elif unit.kind == "gapped":  # “été “oui””, unless it stands among Chinese.
            clean += 0 if is_among_han(units, index) else 1.25
        elif unit.kind in ("partial", "marked"):
            partial += 1
        elif quotations and quotations.around(unit.start, unit.end, trusting=trusting):
            continue
        else:
            found = _weight(line, units, index)
            strong, weak = strong + (found > 0.5), weak + (found == 0.5)
            bad, idle = bad + (found < 0), idle + (found == 0)
    return Evidence(strong, weak, bad, clean, partial, idle)


def is_among_han(units: Sequence[Unit], index: int) -> bool:
    """Whether a Chinese, Japanese or Korean character touches the unit."""
    unit = units[index]
    before = units[index - 1] if index else None
    after = units[index + 1] if index + 1 < len(units) else None
    return bool(
        (before and before.end == unit.start and _is_han(before))
        or (after and after.start == unit.end and _is_han(after))
    )


def _is_han(unit: Unit) -> bool:
    return unit.kind in _SAYING and unit.now.isalpha() and script_of(unit.now) == "CJK"


def _weight(line: str, units: Sequence[Unit], index: int) -> float:
    """1 for what no good text has, 0.5 and 0 for less, -1 for what nobody wrote."""
    unit = units[index]
    before, last = _said_before(line, units, index), _said_before(line, units, index, skip=1)
    after = _said_after(line, units, index)
    if unit.now.isalpha():
        return _weight_of_letter(line, unit, (last, before, after))
    if unicodedata.category(unit.now) in ("Mn", "Me", "Mc"):
        return 0.0 if before.isalpha() else -1.0
    if "\x80" <= unit.now <= "\x9f":
        return -1.0
    if len(unit.now.encode()) > 2:
        return 1.0 if unit.now in SIGNS or len(unit.now.encode()) > 3 else 0.0
    return 0.5 if line[unit.end - 1] in NATURAL or unit.kind == "spaced" else 1.0


def _weight_of_letter(line: str, unit: Unit, around: tuple[str, str, str]) -> float:
    last, before, after = around
    now, script = unit.now, script_of(unit.now)
    beside = [each for each in (before, after) if each.isalpha()]
    if script == "CJK":  # “ICP备”, “AI行业”: names stand among it without a space.
        beside = [each for each in beside if not each.isascii()]
    if any(script_of(each) != script for each in beside):
        return -1.0
    if script != "LATIN":
        return 1.0 if beside else 0.0
    if not is_common(now) or _breaks_case(last, before, now):
        return -1.0
    raw_before, second = line[unit.start - 1 : unit.start], line[unit.start + 1]
    if unit.kind == "spaced":
        return 0.5
    clashes = raw_before.islower() and raw_before.isascii() and not line[unit.start].islower()
    begins = not raw_before.isalpha() and after.islower() and not second.isalpha()
    plain = second in NATURAL or second.isalpha()
    return 1.0 if beside and (clashes or begins or not plain) else 0.5


def _breaks_case(last: str, before: str, now: str) -> bool:
    if now.isupper():
        return before.islower()
    return before.isupper() and last.isupper()


def is_common(letter: str) -> bool:
    """Of a language that is written today: those of LETTERS and of Vietnamese."""
    return letter in LETTERS or "\u1e00" <= letter <= "\u1eff" or letter in "ƠơƯư"


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """
    >>> script_of("é"), script_of("й"), script_of("研") == script_of("か")
    ('LATIN', 'CYRILLIC', True)
    """
    first = unicodedata.name(char, "?").split()[0]
    return "CJK" if first in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL") else first


def _said_before(line: str, units: Sequence[Unit], index: int, *, skip: int = 0) -> str:
    """The character before a unit as it would be after the repair; empty at the line's start."""
    at = units[index].start
    while True:
        index -= 1
        if index < 0 or units[index].end != at:
            at -= skip
            return line[at - 1 : at] if at > 0 else ""
        if not skip:
            return units[index].now[:1]
        skip -= 1
        at = units[index].start


def _said_after(line: str, units: Sequence[Unit], index: int) -> str:
    end = units[index].end
    if index + 1 < len(units) and units[index + 1].start == end:
        return units[index + 1].now[:1]
    return line[end : end + 1]
