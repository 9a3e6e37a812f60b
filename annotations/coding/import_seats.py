"""Where imported annotations stand: a round, its documents, and an assignment a coder.

A round that an import made has no hands and is open to nobody, so that no one is offered anything
from it; a document has as many slots there as coders have come.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from annotations.assignment.batching import (
    MOST_SLOTS,
    Settings,
    make_batch,
    open_batch,
    record_zones,
    require_plan,
)
from annotations.assignment.models import (
    LIVE_STATES,
    Allocation,
    Assignment,
    Batch,
    BatchDocument,
    BatchKind,
    State,
)
from annotations.assignment.offering import free_slot
from annotations.assignment.round_rows import locked
from annotations.assignment.transitions import move, record
from annotations.codebook.models import Edition
from annotations.codebook.reading import edition_to_read
from annotations.coding.answers import Work
from annotations.project.database import refusals
from annotations.project.models import Coder, Project, User
from annotations.project.refusals import Invalid, NotNow

REASON = "imported"
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Round:
    """The round that an import goes into, by its name or UUID.

    One that is made is of this kind (`main` if not said) and edition (the one in use if not said);
    one that is there has to be, where it is said.
    """

    name: str
    kind: str | None = None
    edition: Edition | None = None


def batch_of(project: Project, into: Round) -> Batch | None:
    """The round, or None where it is to be made. Refuses one that is closed, or is another."""
    rows = Batch.objects.select_related("edition").filter(project=project)
    batch = rows.filter(name=into.name.strip()).first()
    if batch is None and (uuid := _uuid(into.name)):
        batch = rows.filter(uuid=uuid).first()
    if batch is None:
        _require(project, into)
    elif batch.closed_at is not None:
        raise NotNow(_("The batch is closed."))
    elif into.kind not in (None, batch.kind) or into.edition not in (None, batch.edition):
        detail = _("The batch “%(name)s” is of another kind or edition of the codebook.")
        raise Invalid.field("batch", "batch-differs", detail % {"name": batch.name})
    return batch


def _require(project: Project, into: Round) -> None:
    try:
        require_plan(project, **_plan(project, into))
    except Invalid as refusal:
        for each in refusal.extra["errors"]:
            each["field"] = {"name": "batch"}.get(each["field"], each["field"])
        raise


def _plan(project: Project, into: Round) -> dict[str, Any]:
    return {
        "name": into.name,
        "kind": into.kind or BatchKind.MAIN,
        "edition": into.edition or edition_to_read(project),
        "slots": 1,
        "settings": Settings(open_to_all=False),
    }


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


class Seats:
    """Assignments by (document, coder), made as they are asked for, in one round."""

    def __init__(
        self, project: Project, into: Round, *, by: User, who: Coder, now: datetime
    ) -> None:
        self.project, self.into, self.by, self.who, self.now = project, into, by, who, now
        self.batch = batch_of(project, into)
        self.grows = self.batch is None or _is_for_imports(self.batch)
        self.works: dict[tuple[int, int], Work] = {}
        self.touched = array("q")  # keys of assignments, for what is done with each at the end

    def lock(self, documents: Collection[int]) -> None:
        """One import at a time in a round; what is not among its documents comes at their end."""
        if len(self.works) > MOST_KEPT:
            self.works.clear()
        if self.batch is None:
            plan = _plan(self.project, self.into)
            self.batch = make_batch(
                self.project, **plan, documents=[], by=self.by, now=self.now, seed=0
            )
        self.batch = locked(self.batch)
        if self.grows:
            self._put_in(documents)
            open_batch(self.batch, by=self.by, now=self.now)
        self.batch.refresh_from_db()

    def settle(self) -> None:
        """Says of a round that has grown whether its zones are taken as proposed."""
        if self.batch is not None and self.grows:
            with transaction.atomic():
                record_zones(locked(self.batch))

    def _put_in(self, documents: Collection[int]) -> None:
        items = BatchDocument.objects.filter(batch=self.batch)
        there = set(items.filter(document__in=documents).values_list("document", flat=True))
        last = items.order_by("-position").values_list("position", flat=True).first()
        fresh = sorted(set(documents) - there)
        BatchDocument.objects.bulk_create(
            BatchDocument(
                project=self.project, batch=self.batch, document_id=document, position=position
            )
            for position, document in enumerate(fresh, start=0 if last is None else last + 1)
        )

    def of(self, document: int, coder: Coder) -> Work:
        """Raises a refusal where there is no place for the coder."""
        key = (document, coder.pk)
        if key not in self.works:
            self.works[key] = work = self._work(document, coder)
            self.touched.append(work.id)
        return self.works[key]

    def _work(self, document: int, coder: Coder) -> Work:
        assert self.batch is not None  # noqa: S101 - `lock` comes first
        own = Assignment.objects.filter(batch=self.batch, document=document, coder=coder)
        live = own.filter(state__in=LIVE_STATES).first()
        made = live or self._seated(own.first(), self._item(document), coder)
        return Work(made.pk, made.uuid, coder.pk, self.batch.edition_id)

    def _item(self, document: int) -> BatchDocument:
        found = BatchDocument.objects.select_related("batch").filter(
            batch=self.batch, document=document
        )
        item = found.first()
        if item is None:
            detail = _("The document is not in the batch.")
            raise Invalid.field("document", "not-in-batch", detail)
        return item

    def _seated(self, earlier: Assignment | None, item: BatchDocument, coder: Coder) -> Assignment:
        slot = free_slot(item, coder)
        if slot is None and self.grows:
            slot = _one_slot_more(item)
        if slot is None:
            detail = _("All slots of this document are taken in the batch.")
            raise Invalid.field("coder", "no-slot", detail)
        # A refusal of the database must not spoil the other lines.
        with refusals(), transaction.atomic():
            if earlier is not None:
                earlier.slot = slot
                move(earlier, State.IN_PROGRESS, by=self.who, now=self.now, reason=REASON)
                return earlier
            made = Assignment.objects.create(
                project=self.project,
                batch=item.batch,
                document_id=item.document_id,
                coder=coder,
                slot=slot,
                claimed_at=self.now,
                last_activity_at=self.now,
            )
        record(made, before="", by=self.who, now=self.now, reason=REASON)
        return made


def _is_for_imports(batch: Batch) -> bool:
    queue = batch.allocation == Allocation.QUEUE and not batch.open_to_all
    return queue and not batch.hands.exists()


def _one_slot_more(item: BatchDocument) -> int:
    if _is_ruled_on(item):
        detail = _("Adjudication of this document has started; nobody joins its coders.")
        raise NotNow(detail, reason="adjudication-started")
    slots = (item.slots or item.batch.slots) + 1
    if slots > MOST_SLOTS:
        detail = _("1 to %(most)s people code a document.") % {"most": MOST_SLOTS}
        raise Invalid.field("coder", "slots-range", detail)
    item.slots = slots
    item.save(update_fields=["slots"])
    return slots


def _is_ruled_on(item: BatchDocument) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM annotations_ruling WHERE batch_id = %s AND document_id = %s)",
            [item.batch_id, item.document_id],
        )
        found: bool = cursor.fetchone()[0]
    return found
