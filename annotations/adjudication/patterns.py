"""In what the spans of a dispute differ, and which of them a rule for many would take. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from .aligning import CodedSpan, iou
from .disputes import UNANIMOUS_OVERLAP, Dispute

Difference = Literal["boundaries", "stance", "holder", "missing"]
DIFFERENCES: tuple[Difference, ...] = get_args(Difference)
MAJORITY_CODERS = 3
"""With fewer there is no majority."""


@dataclass(frozen=True, slots=True)
class Majority:
    """What more than half of three coders or more said there; None: they tagged nothing of it."""

    says: tuple[str, str | None, str | None] | None
    votes: int
    total: int


def majority(dispute: Dispute) -> Majority | None:
    """None with fewer than three coders, or where no more than half say the same."""
    if dispute.slots < MAJORITY_CODERS:
        return None
    said: Counter[tuple[str, str | None, str | None] | None]
    said = Counter(member.says for member in dispute.members)
    said[None] = dispute.slots - len(dispute.members)
    ((says, votes),) = said.most_common(1)
    return Majority(says, votes, dispute.slots) if 2 * votes > dispute.slots else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Disputes of one family (`theme`, all where empty) that differ in one thing only.

    `overlap` is the least IoU, 0 to 1, pair by pair, where boundaries differ; `votes` the least
    number of coders who say what is taken, which is more than half of them in any case.
    """

    differs: Difference
    theme: str = ""
    overlap: float = 0.5
    votes: int = 2

    @property
    def takes_a_majority(self) -> bool:
        """All but boundaries, where everybody says the same."""
        return self.differs != "boundaries"


def least_overlap(dispute: Dispute) -> float:
    """The smallest IoU of two members; 1 where there is only one."""
    return min((iou(a, b) for a, b in combinations(dispute.members, 2)), default=1.0)


def difference(dispute: Dispute) -> Difference | None:
    """The one thing in which they differ; None where it is more, or the theme.

    >>> a = CodedSpan("a", "a", 1, 0, 9, "secrecy", "secrecy", "against", "author")
    >>> b = CodedSpan("b", "b", 2, 0, 5, "secrecy", "secrecy", "against", "author")
    >>> difference(Dispute((a, b), slots=2))
    'boundaries'
    """
    if dispute.unanimous or len(dispute.themes) > 1:
        return None
    alike = least_overlap(dispute) >= UNANIMOUS_OVERLAP
    stances = {member.stance for member in dispute.members}
    holders = {member.holder_kind for member in dispute.members}
    differing = [
        *(["missing"] if len(dispute.members) < dispute.slots else []),
        *(["stance"] if len(stances) > 1 else []),
        *(["holder"] if len(holders) > 1 else []),
        *([] if alike else ["boundaries"]),
    ]
    return next((each for each in DIFFERENCES if differing == [each]), None)


def taken(dispute: Dispute, pattern: Pattern) -> CodedSpan | None:
    """The coder's span that the rule takes; None where the dispute is not of the pattern.

    Of those who say what most say it is the one with the greatest summed overlap.
    """
    if pattern.theme not in ("", dispute.family) or difference(dispute) != pattern.differs:
        return None
    if pattern.differs == "missing" and dispute.slots - len(dispute.members) > 1:
        return None
    if pattern.differs == "boundaries" and least_overlap(dispute) < pattern.overlap:
        return None
    if pattern.takes_a_majority and dispute.slots < MAJORITY_CODERS:
        return None
    (says, votes), *_ = Counter(member.says for member in dispute.members).most_common()
    if votes < pattern.votes or 2 * votes <= dispute.slots:
        return None
    saying = tuple(member for member in dispute.members if member.says == says)
    return Dispute(saying, slots=dispute.slots).chosen
