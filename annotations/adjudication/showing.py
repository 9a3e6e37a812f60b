"""A case as JSON. Coders are letters here: nothing says who they are."""

from __future__ import annotations

from typing import Any

from .aligning import CodedSpan
from .cases import Case
from .checking import Check, checks
from .disputes import Dispute
from .models import Ruling


def case_json(case: Case) -> dict[str, Any]:
    """What `GET …/adjudication` answers; no disputes while the document waits for a coder."""
    batch = case.item.batch
    return {
        "id": str(case.document.uuid),
        "project": batch.project.slug,
        "batch": batch.name,
        "edition": batch.edition.number,
        "title": case.document.title,
        "offset_unit": "codepoint",
        "version": case.version,
        "state": case.state,
        "slots": case.slots,
        "coders": sorted(case.letters.values()),
        "disputes": [dispute_json(case, dispute) for dispute in case.disputes],
        "checks": [_check(case, check) for check in checks(case)],
        "rulings": [ruling_json(ruling) for ruling in case.rulings],
    }


def dispute_json(case: Case, dispute: Dispute) -> dict[str, Any]:
    """`chosen` is the letter whose boundaries the rule would take, null before a first decision.

    It is whose span is most like the others', which tells what most of them said.
    """
    ruling = case.standing.get(dispute.key)
    return {
        "key": dispute.key,
        "family": dispute.family,
        "themes": list(dispute.themes),
        "start": dispute.start,
        "end": dispute.end,
        "quote": case.document.text[dispute.start : dispute.end],
        "unanimous": dispute.unanimous,
        "settled": case.is_settled(dispute),
        "ruling": str(ruling.uuid) if ruling else None,
        "chosen": case.letters[dispute.chosen.coder] if case.is_revealed(dispute) else None,
        "members": [_member(case, member) for member in dispute.members],
        "neighbours": list(dispute.neighbours),
    }


def _check(case: Case, check: Check) -> dict[str, Any]:
    """`kind` is `unanimous` or `untagged`, `result` `open`, `confirmed` or `overturned`."""
    return {
        "key": check.key,
        "kind": check.kind,
        "start": check.start,
        "end": check.end,
        "quote": case.document.text[check.start : check.end],
        "result": check.result,
        "ruling": str(check.ruling.uuid) if check.ruling else None,
    }


def _member(case: Case, member: CodedSpan) -> dict[str, Any]:
    return {
        "coder": case.letters[member.coder],
        "start": member.start,
        "end": member.end,
        "quote": case.document.text[member.start : member.end],
        "theme": member.theme,
        "stance": member.stance,
        "holder": _holder(member.holder_kind, member.holder_name),
    }


def ruling_json(ruling: Ruling) -> dict[str, Any]:
    """`theme`, `stance` and `holder` are null where the decision gives no label."""
    return {
        "id": str(ruling.uuid),
        "number": ruling.number,
        "dispute": ruling.dispute,
        "decision": ruling.decision,
        "start": ruling.start,
        "end": ruling.end,
        "quote": ruling.quote,
        "theme": ruling.theme.key if ruling.theme else None,
        "stance": ruling.stance.key if ruling.stance else None,
        "holder": _holder(ruling.holder_kind, ruling.holder_name),
        "votes_for": ruling.votes_for,
        "votes_total": ruling.votes_total,
        "reason": ruling.reason,
        "clause": ruling.clause,
        "override_reason": ruling.override_reason,
        "sweep": str(ruling.sweep.uuid) if ruling.sweep else None,
        "by": ruling.by.pseudonym,
        "at": ruling.at.isoformat(),
    }


def _holder(kind: str | None, name: str | None) -> dict[str, str | None] | None:
    return None if kind is None else {"kind": kind, "name": name}
