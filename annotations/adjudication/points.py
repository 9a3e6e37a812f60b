"""What of a case an adjudicator settles: its open disputes, and the checks with their results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.crypto import salted_hmac

from .aligning import CodedSpan, iou
from .cases import Case
from .checking import checks
from .disputes import UNANIMOUS_OVERLAP, Dispute
from .models import PointKind

OPEN = "open"


@dataclass(frozen=True, slots=True)
class DerivedPoint:
    """A row of Point before it is one; the fields are Point's."""

    kind: str
    result: str
    key: str
    place: tuple[int, int, int]
    family: str
    pairs: tuple[str, ...] = ()


def points_of(case: Case) -> list[DerivedPoint]:
    """All of a case, in text order; none while the document waits for a coder."""
    if case.waiting:
        return []
    return sorted([*_disputes(case), *_checks(case)], key=lambda point: (point.place, point.key))


def pair_code(project: int, first: str, second: str) -> str:
    """Eight hex digits for two coders: the same pair has the same, and nothing says who they are."""
    said = f"{project} {min(first, second)} {max(first, second)}"
    return salted_hmac("annotations.adjudication.pair", said).hexdigest()[:8]


def at_odds(dispute: Dispute, coders: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs of coders who differ there: one has no span, or another label, or other ends."""
    members = {member.coder: member for member in dispute.members}
    for first, second in combinations(sorted(coders), 2):
        if not _alike(members.get(first), members.get(second)):
            yield first, second


def _alike(a: CodedSpan | None, b: CodedSpan | None) -> bool:
    if a is None or b is None:
        return a is b
    return a.says == b.says and iou(a, b) >= UNANIMOUS_OVERLAP


def _disputes(case: Case) -> Iterator[DerivedPoint]:
    coders = list(case.letters)
    for dispute in case.open_disputes:
        pairs = {pair_code(case.item.project_id, *two) for two in at_odds(dispute, coders)}
        place = _place(case, dispute.start)
        family = dispute.family
        yield DerivedPoint(
            PointKind.DISPUTE, OPEN, dispute.key, place, family, tuple(sorted(pairs))
        )


def _checks(case: Case) -> Iterator[DerivedPoint]:
    # What was reopened is an open dispute, and not a check besides.
    reopened = {dispute.key for dispute in case.open_disputes}
    for check in checks(case):
        if check.key in reopened:
            continue
        family = check.dispute.family if check.dispute else ""
        place = _place(case, check.start)
        yield DerivedPoint(check.kind, check.result, check.key, place, family)


def _place(case: Case, start: int) -> tuple[int, int, int]:
    return (case.item.batch_id, case.item.position, start)
