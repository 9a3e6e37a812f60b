"""The rulings that one rule for many makes, and those that undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid5

from .aligning import CodedSpan
from .cases import Case
from .disputes import Dispute
from .models import Decision, Ruling, Sweep
from .ruling import row_of
from .verdicts import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Match:
    """A dispute of the pattern, and the coder's span that the rule takes there."""

    case: Case
    dispute: Dispute
    span: CodedSpan


def rulings_of(made: Sweep, matches: Sequence[Match]) -> list[Ruling]:
    """One a dispute, not yet saved."""
    stances = {match.case.item.batch.edition_id: match.case.item.batch.edition for match in matches}
    books = {pk: {row.key: row for row in edition.stances.all()} for pk, edition in stances.items()}
    numbers: dict[int, int] = {}
    rows = []
    for match in matches:
        case, span = match.case, match.span
        numbers[case.item.pk] = number = numbers.get(case.item.pk, case.number) + 1
        settled = Outcome(
            start=span.start,
            end=span.end,
            quote=case.document.text[span.start : span.end],
            votes_for=match.dispute.votes_for(span.says),
            members=tuple(sorted(member.revision for member in match.dispute.members)),
            accepted=span.revision,
            theme=case.themes[span.theme],
            stance=books[case.item.batch.edition_id][span.stance or ""],
            holder_kind=span.holder_kind,
            holder_name=span.holder_name,
        )
        verdict = Verdict(Decision.ACCEPT, dispute=match.dispute.key, reason=made.reason)
        rows.append(_row(made, case, verdict, settled, number))
    return rows


def reopenings_of(made: Sweep, lifted: Sequence[tuple[Case, Ruling]]) -> list[Ruling]:
    """One a ruling that still stands, not yet saved."""
    numbers: dict[int, int] = {}
    rows = []
    for case, ruling in lifted:
        numbers[case.item.pk] = number = numbers.get(case.item.pk, case.number) + 1
        settled = Outcome(
            start=ruling.start,
            end=ruling.end,
            quote=ruling.quote,
            votes_for=0,
            members=tuple(ruling.members),
        )
        verdict = Verdict(Decision.REOPEN, dispute=ruling.dispute, reason=made.reason)
        rows.append(_row(made, case, verdict, settled, number))
    return rows


def _row(made: Sweep, case: Case, verdict: Verdict, settled: Outcome, number: int) -> Ruling:
    operation = uuid5(made.operation, f"{case.item.pk} {verdict.dispute}")
    row = row_of(case, verdict, settled, by=made.by, operation=operation, now=made.at)
    row.sweep, row.number = made, number
    return row
