"""Rounds of work: made, filled, opened, closed; and counted for gold when a manager says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.assignment import round_rows
from annotations.assignment.models import Allocation, Batch, BatchDocument, BatchKind
from annotations.assignment.retesting import coded_before, is_retest, require_coded
from annotations.codebook.freezing import freeze
from annotations.codebook.models import Edition
from annotations.corpus.models import CODED_ZONES, Document, Passage
from annotations.project.access import Action, coder_of, require, require_of_found
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotNow, NotVisible

MOST_SLOTS = 20
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """How a round goes on: `checked_share` of what coders agree on is checked, 0 to 1."""

    checked_share: float = 0.05
    same_story: bool = False
    allocation: str = Allocation.QUEUE
    open_to_all: bool = True


@transaction.atomic
def make_batch(
    project: Project,
    *,
    name: str,
    kind: str,
    edition: Edition,
    documents: Iterable[Document],
    slots: int,
    by: User,
    now: datetime,
    seed: int,
    settings: Settings = Settings(),
) -> Batch:
    """A round that is not open yet. The codebook edition is frozen with it: it is used now."""
    require(by, Action.PLAN, project)
    require_plan(project, name=name, kind=kind, edition=edition, slots=slots, settings=settings)
    freeze(edition, now=now)
    batch = Batch(project=project, name=name.strip(), kind=kind, edition=edition, slots=slots)
    batch.seed = seed
    batch.checked_share, batch.same_story = settings.checked_share, settings.same_story
    batch.allocation, batch.open_to_all = settings.allocation, settings.open_to_all
    batch.created_by = coder_of(by, project)
    _save_under_its_name(batch)
    add_documents(batch, documents, by=by, now=now)
    return batch


def _save_under_its_name(batch: Batch) -> None:
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as error:
        detail = _("There is a batch “%(name)s” already.") % {"name": batch.name}
        raise Invalid.field("name", "name-taken", detail) from error


def require_plan(
    project: Project, *, name: str, kind: str, edition: Edition, slots: int, settings: Settings
) -> None:
    """What can be said of a round before it is made."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        detail = _("A name has 1 to %(longest)s characters.") % {"longest": LONGEST_NAME}
        raise Invalid.field("name", "name-length", detail)
    if kind not in BatchKind.values:
        detail = _("Kinds are %(known)s.") % {"known": ", ".join(BatchKind.values)}
        raise Invalid.field("kind", "kind-unknown", detail)
    if not 1 <= slots <= MOST_SLOTS:
        detail = _("1 to %(most)s people code a document.") % {"most": MOST_SLOTS}
        raise Invalid.field("slots", "slots-range", detail)
    if not 0 <= settings.checked_share <= 1:
        detail = _("The share that is checked is 0 to 100 %%.") % {}
        raise Invalid.field("checked_share", "share-range", detail)
    if settings.allocation not in Allocation.values:
        detail = _("Allocations are %(known)s.") % {"known": ", ".join(Allocation.values)}
        raise Invalid.field("allocation", "allocation-unknown", detail)
    if edition.project_id != project.pk:
        raise NotVisible


@transaction.atomic
def add_documents(batch: Batch, documents: Iterable[Document], *, by: User, now: datetime) -> int:
    """Puts the documents at the end, in the order given; gives how many were not in it before.

    In a planned round they are seated with the loads as they are.
    """
    require(by, Action.PLAN, batch.project)
    locked = round_rows.locked(batch)
    if locked.closed_at is not None:
        raise NotNow(_("The batch is closed; documents go into another one."))
    wanted = list(dict.fromkeys(documents))
    if any(document.project_id != locked.project_id for document in wanted):
        raise NotVisible
    there = set(locked.items.values_list("document_id", flat=True))
    last = locked.items.aggregate(last=Max("position"))["last"]
    fresh = [document for document in wanted if document.pk not in there]
    slots = _fewer_slots(locked, fresh)
    BatchDocument.objects.bulk_create(
        BatchDocument(
            project_id=locked.project_id,
            batch=locked,
            document=document,
            position=position,
            slots=slots.get(document.pk),
        )
        for position, document in enumerate(fresh, start=0 if last is None else last + 1)
    )
    if fresh and locked.opened_at is not None:
        record_zones(locked)
    if fresh and locked.allocation == Allocation.PLANNED:
        round_rows.seat_rest(locked, now=now, only={document.pk for document in fresh})
    return len(fresh)


def _fewer_slots(batch: Batch, documents: list[Document]) -> dict[int, int]:
    """Of a retest: documents that fewer people coded before than it has slots."""
    if not is_retest(batch.kind):
        return {}
    coded = coded_before([document.pk for document in documents], than=batch)
    require_coded(documents, coded)
    return {pk: len(coders) for pk, coders in coded.items() if len(coders) < batch.slots}


@transaction.atomic
def open_batch(batch: Batch, *, by: User, now: datetime) -> Batch:
    """Lets people claim; records whether zones were taken as proposed."""
    require(by, Action.PLAN, batch.project)
    locked = round_rows.locked(batch)
    if locked.closed_at is not None:
        raise NotNow(_("The batch is closed."))
    if locked.opened_at is None:
        if not locked.items.exists():
            raise NotNow(_("The batch has no documents yet."))
        record_zones(locked)
        locked.opened_at = now
        locked.save(update_fields=["opened_at"])
    return locked


@transaction.atomic
def close_batch(batch: Batch, *, by: User, now: datetime) -> Batch:
    """Nobody gets new documents from it; what people have open they can finish."""
    require(by, Action.PLAN, batch.project)
    locked = round_rows.locked(batch)
    if locked.opened_at is None:
        raise NotNow(_("The batch was never opened."))
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def promote(batch: Batch, *, reason: str, by: User, now: datetime) -> Batch:
    """Lets a training, pilot or retest round reach gold; the reason stays with it."""
    require(by, Action.PLAN, batch.project)
    locked = round_rows.locked(batch)
    if locked.reaches_gold:
        raise NotNow(_("The batch reaches gold already."))
    if not reason.strip():
        raise Invalid.field("reason", "reason-missing", _("Say why this batch is to reach gold."))
    locked.promoted_at = now
    locked.promotion_reason = reason.strip()
    locked.save(update_fields=["promoted_at", "promotion_reason"])
    return locked


def batch_for(person: User, uuid: UUID) -> Batch:
    """The batch, for those who plan in its project."""
    batch = Batch.objects.select_related("project", "edition").filter(uuid=uuid).first()
    if batch is None:
        raise NotVisible
    require_of_found(person, Action.PLAN, batch.project)
    return batch


def record_zones(batch: Batch) -> None:
    """Taken as proposed, unless a person has confirmed every passage that would be coded."""
    batch.zones_taken_as_proposed = Passage.objects.filter(
        document__in=batch.items.values("document"),
        zone__in=CODED_ZONES,
        zone_confirmed_at=None,
    ).exists()
    batch.save(update_fields=["zones_taken_as_proposed"])
