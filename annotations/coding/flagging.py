"""Flags: a coder says that a zone or a sentence is wrong, the manager decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from annotations.assignment.claiming import assignment_of
from annotations.assignment.models import Assignment
from annotations.assignment.transitions import OperationReused
from annotations.coding.remark_bodies import FlagBody, fingerprint
from annotations.coding.remarks import (
    Flag,
    FlagKind,
    FlagQuerySet,
    OthersVisible,
    Settlement,
)
from annotations.corpus.confirming import confirm_zones
from annotations.project.access import Action, coder_of, require
from annotations.project.database import OperationKnown, refusals
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotNow, NotVisible


class FlagKept(NotNow):
    """A second content under the id of a flag."""

    code = "flag-kept"


class FlagSettled(NotNow):
    """The manager has decided."""

    code = "flag-settled"


def flag(uuid: UUID, said: FlagBody, *, by: User, operation: UUID, now: datetime) -> Flag:
    """A new flag under the id that its browser gave it; a replay gives what is there."""
    work = assignment_of(by, said.assignment)
    made = Flag(
        id=uuid,
        project=work.project,
        batch_id=work.batch_id,
        document_id=work.document_id,
        assignment=work,
        by=work.coder,
        kind=said.kind,
        passage=said.passage,
        proposed=said.proposed,
        note=said.note.strip(),
        operation=operation,
        fingerprint=fingerprint("PUT", uuid, said),
        created_at=now,
    )
    return _known(made) or _inserted(made)


def _inserted(made: Flag) -> Flag:
    try:
        with refusals(), transaction.atomic():
            made.save(force_insert=True)
    except (IntegrityError, OperationKnown):
        # The same request twice at once: the other is in by now.
        known = _known(made)
        if known is None:
            raise NotVisible from None
        return known
    return made


def _known(made: Flag) -> Flag | None:
    rows = Flag.objects.select_related("assignment", "by")
    there = rows.filter(by=made.by, operation=made.operation).first()
    if there is not None:
        if there.fingerprint != made.fingerprint:
            said = _("This Idempotency-Key was used for another change. Use a new one for each.")
            raise OperationReused(said, errors=[])
        return there
    other = rows.filter(pk=made.id).first()
    if other is None:
        return None
    if other.by != made.by:
        raise NotVisible
    raise FlagKept(_("A flag is not changed. Withdraw it and raise another."))


@transaction.atomic
def withdraw_flag(uuid: UUID, *, by: User, now: datetime) -> None:
    """Takes one's own flag back while it waits. A second time changes nothing."""
    found = Flag.objects.select_for_update().filter(pk=uuid, by__user=by).first()
    if found is None:
        raise NotVisible
    require(by, Action.CODE, found.project)
    if found.settled_at is not None:
        raise FlagSettled(_("The manager has settled this flag."))
    if found.withdrawn_at is None:
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])


def flags_for(user: User, project: Project) -> FlagQuerySet:
    """What coders flagged, oldest first, for those who plan.

    A manager who codes a document too sees the flags of the others on it when they see its codings.
    """
    require(user, Action.PLAN, project)
    own_work = Assignment.objects.live().filter(
        batch=OuterRef("batch"), document=OuterRef("document"), coder__user=user
    )
    return (
        Flag.objects.filter(project=project, withdrawn_at=None)
        .annotate(seen_by_all=OthersVisible(F("batch_id"), F("document_id")))
        .filter(Q(by__user=user) | Q(seen_by_all=True) | ~Q(Exists(own_work)))
        .select_related("document", "batch", "by", "settled_by")
        .defer("document__text")
        .order_by("created_at", "pk")
    )


@transaction.atomic
def settle(
    uuid: UUID, settlement: Settlement, *, reason: str, by: User, project: Project, now: datetime
) -> Flag:
    """Decides; an accepted zone becomes the passage's. Of the split only the word is kept.

    The text of a document that is being coded stays as it is, so a split waits for its next version.
    """
    if not flags_for(by, project).filter(pk=uuid).exists():
        raise NotVisible
    found = Flag.objects.select_for_update().get(pk=uuid)
    if found.settled_at is not None or found.withdrawn_at is not None:
        raise FlagSettled(_("This flag was settled or withdrawn meanwhile."))
    if settlement == Settlement.DISMISSED and not reason.strip():
        raise Invalid.field("reason", "required", _("Say why the flag is dismissed."))
    if settlement == Settlement.ACCEPTED and found.kind == FlagKind.ZONE:
        confirm_zones(found.document, {found.passage: found.proposed}, by=by, now=now)
    found.settled_at, found.settled_by = now, coder_of(by, project)
    found.settlement, found.settlement_reason = settlement, reason.strip()
    with refusals():
        found.save(update_fields=["settled_at", "settled_by", "settlement", "settlement_reason"])
    return found


def own_flags(assignment: Assignment) -> list[dict[str, Any]]:
    """Those raised in the assignment and not withdrawn, as JSON."""
    rows: Iterable[Flag] = (
        Flag.objects.filter(assignment=assignment, withdrawn_at=None)
        .select_related("assignment")
        .order_by("created_at", "pk")
    )
    return [flag_json(each) for each in rows]


def flag_json(row: Flag) -> dict[str, Any]:
    settled = row.settled_at
    return {
        "id": str(row.pk),
        "assignment": str(row.assignment.uuid),
        "kind": row.kind,
        "passage": row.passage,
        "proposed": row.proposed or None,
        "note": row.note,
        "created_at": row.created_at.isoformat(),
        "settled_at": settled.isoformat() if settled else None,
        "settlement": row.settlement or None,
        "settlement_reason": row.settlement_reason,
    }
