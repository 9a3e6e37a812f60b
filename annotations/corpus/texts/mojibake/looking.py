"""Lines as they look under one chain of misreadings or another; nothing is worked out twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotations.corpus.texts.mojibake.evidence import Evidence, evidence_of
from annotations.corpus.texts.mojibake.lines import inner_edits
from annotations.corpus.texts.mojibake.sifting import Suspects, suspects
from annotations.corpus.texts.mojibake.tables import ASCII_QUOTES
from annotations.corpus.texts.mojibake.units import Unit, misreading
from annotations.corpus.texts.substituting import Edit, text_after

Lines = Mapping[int, str]
"""Number of a line → its text; only those that are not settled yet and not all ASCII."""

Chain = tuple[str, ...]
_QUOTES = re.compile(f"[{re.escape(''.join((*ASCII_QUOTES, *ASCII_QUOTES.values())))}]")


class Look(NamedTuple):
    """A line under one chain: what it says halfway, its sequences, and what they speak for."""

    halfway: str
    first: Sequence[Edit]
    units: Sequence[Unit]
    evidence: Evidence

    def trusting(self) -> Look:
        """A word in ASCII quotation marks is taken for as damaged as the rest."""
        if not _QUOTES.search(self.halfway):
            return self
        found = evidence_of(self.halfway, self.units, trusting=True)
        return self._replace(evidence=found._replace(clean=self.evidence.clean))


class _Halfway(NamedTuple):
    """Lines after the first repair of two: what each says, by which edits, and all that is suspect."""

    lines: Lines
    edits: Mapping[int, Sequence[Edit]]
    suspects: Suspects


class Lookout:
    """Over the lines of one text."""

    def __init__(self, lines: Lines, names: Sequence[str]) -> None:
        self.suspects = suspects(lines.values())
        self._lines = lines
        self._first_like = self.suspects.alike(names)
        self._units: dict[str, dict[int, list[Unit]]] = {}
        self._halfways: dict[Chain, _Halfway] = {}

    def is_known_as_another(self, name: str) -> bool:
        """Whether the lines look the same under an encoding that comes before it."""
        return self._first_like.get(name, name) != name

    def may_have(self, chain: Chain) -> int:
        """At most so many sequences speak for the chain."""
        found = self.suspects if len(chain) == 1 else self._halfway(chain).suspects
        return found.may_have(chain[-1])

    def looks(self, chain: Chain) -> dict[int, Look]:
        outer = self._units_under(chain[0])
        if len(chain) == 1:
            return {
                number: Look(line, (), outer[number], evidence_of(line, outer[number]))
                for number, line in self._lines.items()
            }
        halfway, last = self._halfway(chain), misreading(chain[-1])
        found = {}
        for number, line in halfway.lines.items():
            units = last.units_of(line)
            evidence = evidence_of(line, units)
            # Of what was misread twice, nothing stands outside the sequences of the second time.
            clean = sum(unit.kind in ("clean", "gapped") for unit in outer[number])
            evidence = evidence._replace(clean=evidence.clean + clean)
            found[number] = Look(line, halfway.edits[number], units, evidence)
        return found

    def _units_under(self, name: str) -> dict[int, list[Unit]]:
        name = self._first_like.get(name, name)
        if name not in self._units:
            own = misreading(name)
            self._units[name] = {n: own.units_of(line) for n, line in self._lines.items()}
        return self._units[name]

    def _halfway(self, chain: Chain) -> _Halfway:
        outer = self._units_under(chain[0])
        # What comes later matters for parts alone.
        parts = any(unit.kind == "partial" for units in outer.values() for unit in units)
        key = (self._first_like.get(chain[0], chain[0]), *chain[1:][:parts])
        if key not in self._halfways:
            later, edits = misreading(chain[-1]), {}
            for number, line in self._lines.items():
                edits[number] = list(inner_edits(line, outer[number], later))
            lines = {n: text_after(line, edits[n]) for n, line in self._lines.items()}
            self._halfways[key] = _Halfway(lines, edits, suspects(lines.values()))
        return self._halfways[key]
