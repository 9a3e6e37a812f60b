"""A sample of what closed by rule, which the adjudicator looks at all the same.

Gold holds meanwhile; a ruling on what was drawn replaces the rule's. How often it says something
else is the share overturned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from annotations.corpus.models import Passage

from .cases import Case
from .disputes import Dispute
from .models import Decision, Ruling
from .sampling import is_drawn, wilson
from .untagged import key_of

Kind = Literal["unanimous", "untagged"]
Result = Literal["open", "confirmed", "overturned"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing drawn: a unanimous dispute, or a passage that all judged and nobody tagged."""

    kind: Kind
    key: str
    start: int
    end: int
    result: Result
    ruling: Ruling | None = None
    dispute: Dispute | None = None


@dataclass(slots=True)
class Tally:
    """How many were drawn, how many of these a person has ruled on, and how many otherwise."""

    drawn: int = 0
    checked: int = 0
    overturned: int = 0

    @property
    def share(self) -> float | None:
        """Of those checked; None before the first."""
        return self.overturned / self.checked if self.checked else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of the share, 95 %, by Wilson's score."""
        return wilson(self.overturned, self.checked)


def checks(case: Case) -> list[Check]:
    """All that was drawn in a document, in text order; none while it waits for a coder."""
    if case.waiting:
        return []
    found = [*_unanimous(case), *_nothing(case)]
    return sorted(found, key=lambda check: (check.start, check.end))


def open_checks(case: Case) -> list[Check]:
    """Those that wait for a person, and are no open dispute."""
    return [check for check in checks(case) if check.result == "open"]


def untagged(case: Case, key: str) -> Passage | None:
    """The drawn passage of that key."""
    return next((passage for passage in case.untagged if key_of(passage.index) == key), None)


def tally(cases: Iterable[Case]) -> dict[Kind, Tally]:
    """What became of the sample, over several documents."""
    found: dict[Kind, Tally] = {"unanimous": Tally(), "untagged": Tally()}
    for case in cases:
        for check in checks(case):
            row = found[check.kind]
            row.drawn += 1
            row.checked += check.result != "open"
            row.overturned += check.result == "overturned"
    return found


def _unanimous(case: Case) -> Iterator[Check]:
    for dispute in case.disputes:
        if not dispute.unanimous or not _drawn(case, dispute.key):
            continue
        ruling = case.standing.get(dispute.key)
        yield Check(
            kind="unanimous",
            key=dispute.key,
            start=dispute.start,
            end=dispute.end,
            result=_said(dispute, ruling),
            ruling=ruling,
            dispute=dispute,
        )


def _said(dispute: Dispute, ruling: Ruling | None) -> Result:
    if ruling is None:
        return "open"
    # Where a coder's label stands as it was given, only the boundaries may have moved.
    kept = ruling.decision in {Decision.ACCEPT, Decision.ADJUST}
    return "confirmed" if kept else "overturned"


def _nothing(case: Case) -> Iterator[Check]:
    added = [each for each in case.standing.values() if each.decision == Decision.ADD]
    for passage in case.untagged:
        ruling = case.standing.get(key_of(passage.index))
        there = next((a for a in added if a.start < passage.end and passage.start < a.end), None)
        result: Result = "overturned" if there else "confirmed" if ruling else "open"
        yield Check(
            kind="untagged",
            key=key_of(passage.index),
            start=passage.start,
            end=passage.end,
            result=result,
            ruling=there or ruling,
        )


def _drawn(case: Case, key: str) -> bool:
    batch = case.item.batch
    return is_drawn(
        key, seed=batch.seed, document=str(case.document.uuid), share=batch.checked_share
    )
