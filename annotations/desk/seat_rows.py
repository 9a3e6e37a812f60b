"""The documents of a round with their slots, as the page of seats lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import (
    LIVE_STATES,
    Assignment,
    Batch,
    BatchDocument,
    State,
)
from annotations.assignment.seats import Seat
from annotations.corpus.models import Document
from annotations.project.models import Coder

PAGE = 20
SHOW = (
    ("", _("all documents")),
    ("free", _("with a free slot")),
    ("open", _("being worked on")),
    ("skipped", _("skipped by someone")),
    ("submitted", _("submitted by all")),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: whose it is (None: nobody's), and the work in it."""

    number: int
    coder: Coder | None
    work: Assignment | None

    @property
    def is_submitted(self) -> bool:
        return self.work is not None and self.work.state == State.SUBMITTED


@dataclass(frozen=True, slots=True)
class Row:
    """A document with its slots; `skips` are of people who passed it on, with their reasons."""

    document: Document
    slots: list[Slot]
    skips: list[Assignment]

    @property
    def submitted(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.is_submitted]

    @property
    def to_give(self) -> list[Slot]:
        return [slot for slot in self.slots if not slot.is_submitted]


def listed(batch: Batch, show: str, *, page: str | None) -> Page[BatchDocument]:
    """A page of them; all of a round go by their positions, which are given once and never left."""
    if show:
        return Paginator(wanted(batch, show), PAGE).get_page(page)
    last = batch.items.aggregate(last=Max("position"))["last"]
    found = Paginator(range(0 if last is None else last + 1), PAGE).get_page(page)
    rows = wanted(batch, "").filter(position__in=list(found.object_list))
    return Page(list(rows), found.number, found.paginator)  # type: ignore[arg-type]  # the paginator counts their positions


def wanted(batch: Batch, show: str) -> QuerySet[BatchDocument]:
    """Documents of the round, those that `show` asks for, in their order."""
    rows = BatchDocument.objects.filter(batch=batch).order_by("position")
    rows = rows.select_related("document").defer("document__text")
    work = Assignment.objects.filter(batch=batch)
    if show == "open":
        return rows.filter(document__in=work.open().values("document"))
    if show == "skipped":
        return rows.filter(document__in=work.filter(state=State.SKIPPED).values("document"))
    slots = Coalesce(F("slots"), batch.slots)
    if show == "submitted":
        return rows.annotate(done=_number(work.submitted())).filter(done__gte=slots)
    if show == "free":
        begun = work.live().filter(document=OuterRef("document"), slot=OuterRef("slot"))
        seats = Seat.objects.standing().filter(~Exists(begun), batch=batch)
        return rows.annotate(taken=_number(work.live()) + _number(seats)).filter(taken__lt=slots)
    return rows


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many of them are of the document of the outer query."""
    here = rows.filter(document=OuterRef("document")).order_by().values("document")
    return Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0)


def rows_of(batch: Batch, items: Sequence[BatchDocument]) -> list[Row]:
    """A page of them; two queries."""
    documents = [item.document_id for item in items]
    work: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(batch=batch, document__in=documents)
    for each in rows.select_related("coder__user").order_by("slot", "pk"):
        work[each.document_id].append(each)
    seats: dict[int, list[Seat]] = defaultdict(list)
    standing = Seat.objects.standing().filter(batch=batch, document__in=documents)
    for seat in standing.select_related("coder__user"):
        seats[seat.document_id].append(seat)
    return [_row(batch, item, work[item.document_id], seats[item.document_id]) for item in items]


def _row(
    batch: Batch, item: BatchDocument, work: Sequence[Assignment], seats: Sequence[Seat]
) -> Row:
    live = {each.slot: each for each in work if each.state in LIVE_STATES}
    sitting = {seat.slot: seat.coder for seat in seats}
    slots = [
        Slot(
            number, live[number].coder if number in live else sitting.get(number), live.get(number)
        )
        for number in range(1, (item.slots or batch.slots) + 1)
    ]
    skips = [each for each in work if each.state == State.SKIPPED]
    return Row(item.document, slots, skips)
