"""What the adjudication page shows: a card for each dispute, each drawn passage, each addition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.adjudication.cases import Case
from annotations.adjudication.checking import Check, checks, open_checks
from annotations.adjudication.disputes import Dispute
from annotations.adjudication.models import Decision, Ruling
from annotations.desk.adjudication_book import Book, Said, ruled, said
from annotations.desk.adjudication_history import Most, Past, history, most
from annotations.project.identifiers import uuid7


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder did there; no `said` where they tagged nothing.

    `before`, `shared` and `after` are the pieces of the quote: shared with every other coder who
    tagged it, and what only some of them took in.
    """

    letter: str
    said: Said | None = None
    start: int = 0
    end: int = 0
    before: str = ""
    shared: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A dispute to rule on, or one that is settled. `operation` is new each time it is shown.

    `drawn` is one that closed by rule and is looked at all the same.
    """

    number: int
    dispute: Dispute
    family: dict[str, Any]
    sides: list[Side]
    settled: bool
    ruling: Ruling | None
    ruled: Said | None
    neighbours: list[int]
    operation: UUID
    drawn: bool = False
    majority: Most | None = None
    history: tuple[Past, ...] = ()

    @property
    def waits(self) -> bool:
        """For a person."""
        return self.drawn or not self.settled

    @property
    def key(self) -> str:
        return self.dispute.key

    @property
    def tagged(self) -> list[Side]:
        """Those who tagged something, in the order of their letters, which says nothing of them."""
        return [side for side in self.sides if side.said]

    @property
    def merged(self) -> dict[str, tuple[int, int]]:
        """What all spans take in together, and what they share, where they share anything."""
        first, last = shared(self.dispute)
        both = {"union": (self.dispute.start, self.dispute.end)}
        return both if first >= last else {**both, "intersection": (first, last)}


def cards(case: Case, book: Book) -> list[Card]:
    """One a dispute, in text order, numbered from 1."""
    numbers = {dispute.key: n for n, dispute in enumerate(case.disputes, start=1)}
    drawn = {check.key for check in open_checks(case)}
    return [
        Card(
            number=numbers[dispute.key],
            dispute=dispute,
            family=book.themes[dispute.family],
            sides=sides(case, book, dispute),
            settled=case.is_settled(dispute),
            ruling=case.standing.get(dispute.key),
            ruled=ruled(book, case.standing.get(dispute.key)),
            neighbours=[numbers[key] for key in dispute.neighbours],
            operation=uuid7(),
            drawn=dispute.key in drawn,
            majority=most(case, book, dispute),
            history=history(case, book, dispute.key),
        )
        for dispute in case.disputes
    ]


@dataclass(frozen=True, slots=True)
class Bare:
    """A drawn passage that nobody tagged."""

    check: Check
    text: str
    operation: UUID
    history: tuple[Past, ...] = ()


def bare(case: Case, book: Book) -> list[Bare]:
    """All of them in text order: those that wait, and those that somebody has looked at."""
    return [
        Bare(
            check,
            case.document.text[check.start : check.end],
            uuid7(),
            history(case, book, check.key),
        )
        for check in checks(case)
        if check.kind == "untagged"
    ]


def sides(case: Case, book: Book, dispute: Dispute) -> list[Side]:
    """A, B, C …, in that order, those who tagged nothing there too."""
    text = case.document.text
    members = {case.letters[member.coder]: member for member in dispute.members}
    first, last = shared(dispute)
    found = []
    for letter in sorted(case.letters.values()):
        member = members.get(letter)
        if member is None:
            found.append(Side(letter))
            continue
        # Without a stretch that all share, everything is one coder's only.
        start, end = (first, last) if first < last else (member.end, member.end)
        found.append(
            Side(
                letter=letter,
                said=said(book, member),
                start=member.start,
                end=member.end,
                before=text[member.start : start],
                shared=text[start:end],
                after=text[end : member.end],
            )
        )
    return found


def additions(case: Case, book: Book) -> list[dict[str, Any]]:
    """What was added and still stands, in text order."""
    found = [each for each in case.standing.values() if each.decision == Decision.ADD]
    return [
        {"ruling": each, "said": ruled(book, each), "operation": uuid7()}
        for each in sorted(found, key=lambda ruling: (ruling.start, ruling.number))
    ]


def shared(dispute: Dispute) -> tuple[int, int]:
    """From the last start to the first end: what all who tagged it took in, if it is no less."""
    starts = (member.start for member in dispute.members)
    ends = (member.end for member in dispute.members)
    return max(starts), min(ends)
