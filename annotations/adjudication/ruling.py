"""The verbs of the adjudicator. Each makes one row that is never changed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import Assignment, BatchDocument
from annotations.corpus.models import Document
from annotations.project.access import Action, coder_of, require
from annotations.project.database import refusals
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, User
from annotations.project.refusals import Invalid, NotAllowed, NotVisible, Stale

from .cases import Case, case_of, read
from .models import Decision, Ruling
from .queueing import own_work
from .standing import counted, keep_ruled
from .verdicts import Outcome, Verdict, outcome


def rule(
    document: Document, verdict: Verdict, *, by: User, operation: UUID, base: str, now: datetime
) -> Ruling:
    """Settles a dispute, adds a label, or reopens either; the same operation again changes nothing.

    `base` is the case's version that the adjudicator saw. Refuses with Stale if it has changed
    since (so that two adjudicators cannot overwrite one another), NotAllowed to who coded the
    document and gives no reason to override that, Invalid for a verdict that breaks a rule, NotNow
    while a slot is not submitted.
    """
    require(by, Action.ADJUDICATE, document.project)
    coder = coder_of(by, document.project)
    with transaction.atomic():
        since = counted(document)
        case = _locked(document)
        known = Ruling.objects.filter(by=coder, operation=operation).first()
        if known is not None:
            return _replayed(known, verdict, case)
        _require_another(case, verdict, coder)
        if case.version != base:
            raise Stale(_("Another ruling was made meanwhile."), current=case.version)
        row = row_of(case, verdict, outcome(case, verdict), by=coder, operation=operation, now=now)
        with refusals(), transaction.atomic():
            row.save(force_insert=True)
        keep_ruled(replace(case, rulings=(*case.rulings, row)), since=since)
    return row


def reopen(
    document: Document,
    dispute: str,
    *,
    by: User,
    operation: UUID | None = None,
    base: str,
    reason: str = "",
    now: datetime,
) -> Ruling:
    """Lifts what was settled, by a ruling or by rule; the dispute waits for a person again."""
    verdict = Verdict(Decision.REOPEN, dispute=dispute, reason=reason)
    return rule(document, verdict, by=by, operation=operation or uuid4(), base=base, now=now)


def _require_another(case: Case, verdict: Verdict, by: Coder) -> None:
    """The database asks about the case's own round; here it is whoever coded it in any."""
    coded = own_work(case.item.batch.project, by).filter(document=case.item.document_id)
    if not verdict.override_reason and coded.exists():
        said = _("Nobody adjudicates a document they coded, unless overridden with a reason.")
        raise NotAllowed(said)


def _locked(document: Document) -> Case:
    """The document's case, with its submissions and rulings held still until the row is in."""
    seen = case_of(document)
    if seen is None:
        raise NotVisible(_("No batch that reaches gold has this document."))
    BatchDocument.objects.select_for_update(no_key=True).get(pk=seen.item.pk)
    work = Assignment.objects.filter(batch=seen.item.batch_id, document=document)
    list(work.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return read(seen.item)


def _replayed(known: Ruling, verdict: Verdict, case: Case) -> Ruling:
    same_document = known.document_id == case.item.document_id
    same_dispute = known.dispute == (verdict.dispute or known.dispute)
    if not (same_document and same_dispute and known.decision == verdict.decision):
        raise Invalid.field(
            "operation", "operation-reused", _("This operation was another ruling.")
        )
    return known


def row_of(
    case: Case, verdict: Verdict, settled: Outcome, *, by: Coder, operation: UUID, now: datetime
) -> Ruling:
    """The row of one decision, not yet saved."""
    uuid = uuid7()
    return Ruling(
        uuid=uuid,
        project_id=case.item.project_id,
        batch_id=case.item.batch_id,
        document_id=case.item.document_id,
        number=case.number + 1,
        operation=operation,
        dispute=str(uuid) if verdict.decision == Decision.ADD else verdict.dispute,
        decision=verdict.decision,
        members=list(settled.members),
        accepted=settled.accepted,
        start=settled.start,
        end=settled.end,
        quote=settled.quote,
        theme=settled.theme,
        stance=settled.stance,
        holder_kind=settled.holder_kind,
        holder_name=settled.holder_name,
        votes_for=settled.votes_for,
        votes_total=case.coders,
        reason=verdict.reason,
        clause=verdict.clause,
        override_reason=verdict.override_reason,
        by=by,
        at=now,
    )
