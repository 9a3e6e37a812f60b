"""What the coders of one document leave to be settled, and what closes by rule. Pure.

Disputes are derived afresh from the latest codings each time. A dispute's key is made of its
members' revisions, so a ruling on it holds exactly as long as the spans that it was made on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from .aligning import CodedSpan, Group, align, iou

UNANIMOUS_OVERLAP = 0.8
"""The least IoU, pair by pair, at which boundaries count as the same."""


@dataclass(frozen=True)
class Dispute:
    """Aligned spans of one theme (with its sub-themes), one of a coder at most, in text order.

    `slots` is the number of coders who coded the document, whether or not they have a span here.
    `neighbours` are the keys of disputes of other themes that overlap this one.
    """

    members: Group
    slots: int
    neighbours: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """16 hex digits; another key as soon as a member is added, lost or revised."""
        revisions = sorted(f"{member.id}@{member.revision}" for member in self.members)
        return sha256("\n".join(revisions).encode()).hexdigest()[:16]

    @property
    def themes(self) -> tuple[str, ...]:
        """The members' themes, sorted; more than one where coders chose different sub-themes."""
        return tuple(sorted({member.theme for member in self.members}))

    @property
    def family(self) -> str:
        """The key of the theme that all members belong under."""
        return self.members[0].family

    @property
    def start(self) -> int:
        """Where the first member begins."""
        return min(member.start for member in self.members)

    @property
    def end(self) -> int:
        """Where the last member ends."""
        return max(member.end for member in self.members)

    @cached_property
    def unanimous(self) -> bool:
        """All slots, same theme, stance and kind of holder, IoU ≥ 0.8 pair by pair."""
        return (
            len(self.members) == self.slots
            and len({member.says for member in self.members}) == 1
            and all(iou(a, b) >= UNANIMOUS_OVERLAP for a, b in combinations(self.members, 2))
        )

    @cached_property
    def chosen(self) -> CodedSpan:
        """The member with the greatest summed overlap; on a tie the longer, then the earlier."""
        return min(self.members, key=self._from_chosen)

    @property
    def votes_total(self) -> int:
        """How many could have voted: one a slot."""
        return self.slots

    def votes_for(self, says: tuple[str, str | None, str | None]) -> int:
        """How many coders say just this (theme, stance, kind of holder), wherever they draw it."""
        return sum(member.says == says for member in self.members)

    def _from_chosen(self, member: CodedSpan) -> tuple[float, int, tuple[int, int, str]]:
        # Rounded, because the order of a sum must not decide a tie.
        overlap = round(sum(iou(member, other) for other in self.members), 9)
        return (-overlap, member.start - member.end, member.place)


def derive(spans: Iterable[CodedSpan], *, slots: int) -> list[Dispute]:
    """All disputes of a document in text order, unanimous ones too, from all its codings.

    >>> a, b = (CodedSpan(c, c, 1, 0, 9, "secrecy", "secrecy", "against") for c in "ab")
    >>> [(dispute.themes, dispute.unanimous) for dispute in derive([b, a], slots=2)]
    [(('secrecy',), True)]
    """
    alone = [Dispute(members=group, slots=slots) for group in align(spans)]
    beside = _neighbours(alone)
    return [
        Dispute(members=dispute.members, slots=slots, neighbours=tuple(keys))
        for dispute, keys in zip(alone, beside, strict=True)
    ]


def _neighbours(disputes: Sequence[Dispute]) -> list[list[str]]:
    """For each dispute, in text order, the keys of the others that it overlaps."""
    by_start = sorted(range(len(disputes)), key=lambda i: (disputes[i].start, disputes[i].end))
    found: list[list[int]] = [[] for _ in disputes]
    open_ones: list[int] = []
    for this in by_start:
        open_ones = [other for other in open_ones if disputes[other].end > disputes[this].start]
        for other in open_ones:
            if disputes[other].family != disputes[this].family:
                found[other].append(this)
                found[this].append(other)
        open_ones.append(this)
    return [[disputes[i].key for i in sorted(indexes)] for indexes in found]
