"""The links of a chain from a gold label to the bytes of its file, each with what was checked. Pure.

Offsets are code points of the document's text unless a name says `bytes`; all are half-open. People
are the pseudonyms that the release gives them. A chain is plain data: `asdict` makes its JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .chain_checks import Check, State
from .chain_sources import Original, Repaired, Written

How = Literal["unanimous", "ruling", "sweep"]


@dataclass(frozen=True, slots=True)
class Released:
    """The label as it was released; `line` counts from 1. `split` is of its document."""

    version: str
    released_at: str
    released_by: str | None
    release_sha256: str
    file_bytes: int
    line: int
    line_sha256: str
    edition: int
    label: str
    stance: str
    holder_kind: str
    holder_name: str | None
    start: int
    end: int
    quote: str
    origin: str
    votes_for: int
    votes_total: int
    split: str | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One ruling of a person, or of a rule for many; `counts` marks the one that was released."""

    number: int
    decision: str
    by: str
    at: str
    sweep: bool
    label: str | None
    stance: str | None
    start: int
    end: int
    reason: str
    clause: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """How the label was decided; `verdicts` are all rulings on that dispute, none by the rule."""

    how: How
    batch: str
    edition: int
    overlap: float
    verdicts: tuple[Verdict, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """One revision of an annotation; `counts` marks the one that the label rests on.

    `quote` is None once the text was taken down.
    """

    number: int
    at: str
    deleted: bool
    late: bool
    after_discussion: bool
    start: int
    end: int
    quote: str | None
    label: str
    stance: str | None
    holder_kind: str | None
    certainty: int | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission said of the annotation: the place and theme, or that it was not there."""

    number: int
    at: str
    there: bool
    start: int | None = None
    end: int | None = None
    label: str | None = None
    stance: str | None = None
    after_discussion: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """One coder's annotation; `first` is what agreement reads, `counted` what the label rests on."""

    id: str
    coder: str
    revisions: tuple[Saved, ...]
    first: Submission | None
    counted: Submission | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """From the label to the bytes. `repairs` are in the order in which they were made."""

    id: str
    released: Released
    decided: Decided
    coded: tuple[Coded, ...]
    written: Written
    repairs: tuple[Repaired, ...]
    original: Original

    @property
    def checks(self) -> tuple[Check, ...]:
        """All of them, in the order of the chain."""
        coded = (check for each in self.coded for check in each.checks)
        parts = (self.released.checks, self.decided.checks, tuple(coded))
        return sum((*parts, self.written.checks, self.original.checks), ())

    def count(self, state: State) -> int:
        """How many checks ended so."""
        return sum(check.state == state for check in self.checks)

    @property
    def state(self) -> State:
        """Broken if one link is; gone if what is left of it holds; else it holds."""
        if self.count("broken"):
            return "broken"
        return "gone" if self.count("gone") else "holds"
