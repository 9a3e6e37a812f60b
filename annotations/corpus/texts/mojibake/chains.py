"""How a text was misread, if it was: the chain of encodings that its lines speak for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotations.corpus.passages.languages import language_of_document
from annotations.corpus.passages.small_letters import in_small
from annotations.corpus.texts.mojibake.evidence import NOTHING, Evidence
from annotations.corpus.texts.mojibake.lines import (
    Knowledge,
    edits_of_line,
    sure_edits,
    words_of,
)
from annotations.corpus.texts.mojibake.looking import Chain, Lines, Look, Lookout
from annotations.corpus.texts.mojibake.sifting import together
from annotations.corpus.texts.mojibake.tables import (
    ENCODINGS,
    ENGLISH,
    IN_ENGLISH,
    SPEAKS_OF_ENCODINGS,
    TWICE,
)
from annotations.corpus.texts.mojibake.units import misreading
from annotations.corpus.texts.substituting import LOST, Edit, composed, text_after

_CERTAIN = 3
_CERTAIN_WHERE_ENCODINGS_ARE_SPOKEN_OF = 8
_ENGLISH = "ISO-8859-1"
_SHORT, _LETTERS = 100, 2
_MUCH = 6
_CUT = re.compile(r"[a-zß-ÿ][ÃĂ]|\W?[ÃĂ][a-z]")


@dataclass(frozen=True, slots=True)
class Case:
    """A chain, each line as it looks under it, and all that speaks for it together."""

    chain: Chain
    looks: Mapping[int, Look]
    total: Evidence = field(default=NOTHING)

    def damaged(self) -> Iterator[int]:
        return (n for n, look in self.looks.items() if look.evidence.speaks_for_damage)

    def count(self) -> int:
        return sum(1 for _number in self.damaged())


def diagnosed(text: str, lines: Lines) -> tuple[Chain, dict[int, list[Edit]]] | None:
    """The chain that most speaks for, and the edits of each line that it damaged; else None."""
    case = _best(lines, text)
    if case is None:
        return None
    edits = _edits(case, lines)
    return (case.chain, edits) if edits else None


def _best(lines: Lines, text: str) -> Case | None:
    suspect = together(text)
    names = [name for name in ENCODINGS if suspect and misreading(name).is_in(suspect)]
    if not names:
        return _english(lines, text)
    lookout = Lookout(lines, ENCODINGS)
    singly = [(name,) for name in names if not lookout.is_known_as_another(name)]
    once = _most(singly, lookout, text)
    twice = _most([chain for chain in TWICE if chain[0] in names], lookout, text)
    # What was misread twice still looks misread after one repair, and in nearly every line.
    if twice and (once is None or twice.count() * 2 >= once.count()):
        return twice
    return once or _english(lines, text)


def _most(chains: Iterable[Chain], lookout: Lookout, text: str) -> Case | None:
    """The first of those that the most speaks for; what cannot be more is not looked at."""
    best: Case | None = None
    for chain in chains:
        most = lookout.may_have(chain)
        if most < 1 or (best and most <= best.total.score):
            continue
        case = _summed(chain, lookout.looks(chain))
        if _is_enough(case, text) and (best is None or case.total.score > best.total.score):
            best = case
    return best


def _summed(chain: Chain, looks: Mapping[int, Look]) -> Case:
    total = NOTHING
    for look in looks.values():
        total = total.with_more(look.evidence)
    return Case(chain, looks, total)


def _is_enough(case: Case, text: str) -> bool:
    """Little is enough where nothing else was read well; much where encodings are spoken of.

    Two or three signs and nothing else are no text that could speak for itself.
    """
    damaged = [case.looks[number].evidence for number in case.damaged()]
    strong = sum(evidence.strong for evidence in damaged)
    clean = case.total.clean
    if len(text) < _SHORT and sum(map(str.isalnum, text)) < _LETTERS:
        return False
    if SPEAKS_OF_ENCODINGS.search(text):
        return strong >= _CERTAIN_WHERE_ENCODINGS_ARE_SPOKEN_OF and clean * 10 <= strong
    return strong >= (1 if clean < 1 else 2 if clean < strong else _CERTAIN)


def _edits(case: Case, lines: Lines) -> dict[int, list[Edit]]:
    certain = case.total.strong >= _CERTAIN and case.total.clean < 1
    if certain:
        case = _summed(case.chain, {n: look.trusting() for n, look in case.looks.items()})
    known = _knowledge(case, lines)
    found: dict[int, list[Edit]] = {}
    for number, look in case.looks.items():
        edits = _edits_of(look, lines[number], known, certain=certain)
        if edits and not _is_beyond_repair(edits):
            found[number] = edits
    return found


def _is_beyond_repair(edits: Sequence[Edit]) -> bool:
    """Where most is gone, a repaired line would say less than the damaged one."""
    lost = sum(edit.rule == LOST for edit in edits)
    return lost >= _MUCH and lost * 3 > len(edits) * 2


def _edits_of(look: Look, line: str, known: Knowledge, *, certain: bool) -> list[Edit]:
    evidence = look.evidence
    idle = certain and evidence.idle and not (evidence.bad or evidence.clean)
    if evidence.speaks_for_damage or idle or (certain and _is_cut(look)):
        edits = edits_of_line(look.halfway, look.units, known)
    elif evidence.partial and not (evidence.strong or evidence.weak or evidence.bad):
        if evidence.clean >= 1:
            return []
        # One part that can be nothing else shows the line to be damaged.
        if not edits_of_line(look.halfway, look.units, known, safe_only=True):
            return []
        edits = edits_of_line(look.halfway, look.units, known)
    else:
        return []
    return composed(line, look.first, edits) if look.first and edits else edits


def _is_cut(look: Look) -> bool:
    """All that is not ASCII in it is the first byte of é and its like, beside a small letter."""
    parts = [unit for unit in look.units if unit.kind != "whole"]
    return bool(parts) and all(
        unit.kind == "partial" and _CUT.match(look.halfway, max(0, unit.start - 1))
        for unit in parts
    )


def _knowledge(case: Case, lines: Lines) -> Knowledge:
    """From the lines with their whole sequences repaired, the clean ones among them."""
    said = [
        text_after(look.halfway, sure_edits(look.units))
        if look.evidence.speaks_for_damage
        else lines[number]
        for number, look in case.looks.items()
    ]
    cuts = any(
        unit.kind == "partial" and not unit.may_be
        for look in case.looks.values()
        if look.evidence.speaks_for_damage
        for unit in look.units
    )
    return Knowledge(language_of_document("\n".join(said)), words_of(said), cuts)


def _english(lines: Lines, text: str) -> Case | None:
    """English of which only the apostrophes and quotation marks were hurt, all in part.

    Beside text that was read well, only the lines that have such a contraction.
    """
    small = in_small(text)
    if not any(each in small for each in IN_ENGLISH) or len(ENGLISH.findall(text)) < 2:
        return None
    if SPEAKS_OF_ENCODINGS.search(text):
        return None
    case = _summed((_ENGLISH,), Lookout(lines, [_ENGLISH]).looks((_ENGLISH,)))
    alone = case.total.clean < 1 and not (case.total.strong or case.total.weak)
    hurt = {
        number: look._replace(evidence=Evidence(strong=1))
        for number, look in case.looks.items()
        if look.evidence.partial
        and look.evidence.clean < 1
        and (alone or ENGLISH.search(lines[number]))
    }
    return Case(case.chain, hurt, case.total) if hurt else None
