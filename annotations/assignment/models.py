"""Who codes what: rounds of work, their documents, and the slots that coders take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.codebook.models import Edition
from annotations.corpus.models import Document
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class BatchKind(models.TextChoices):
    TRAINING = "training", _("training")
    PILOT = "pilot", _("pilot")
    MAIN = "main", _("main")
    RETEST = "retest", _("retest")


class Allocation(models.TextChoices):
    QUEUE = "queue", _("open queue")
    PLANNED = "planned", _("planned seats")


class BatchQuerySet(models.QuerySet["Batch"]):
    def open(self) -> BatchQuerySet:
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


@pghistory.track()
class Batch(models.Model):
    """A round of work, bound to one codebook edition."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=BatchKind.choices)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    slots = models.PositiveSmallIntegerField(default=2)
    seed = models.BigIntegerField()
    lease_days = models.PositiveSmallIntegerField(default=7)
    same_story = models.BooleanField(default=False)
    allocation = models.CharField(
        max_length=8, choices=Allocation.choices, default=Allocation.QUEUE
    )
    #: Whether everyone who codes in the project takes part, or only its hands.
    open_to_all = models.BooleanField(default=True)
    #: The share, 0 to 1, of what coders agree on that an adjudicator checks all the same.
    checked_share = models.FloatField(default=0.05)
    zones_taken_as_proposed = models.BooleanField(default=True)
    created_by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)
    promotion_reason = models.TextField(blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_batch_a_name"),
            models.CheckConstraint(condition=Q(kind__in=BatchKind.values), name="batch_kind_known"),
            models.CheckConstraint(condition=Q(slots__gte=1), name="batch_has_slots"),
            models.CheckConstraint(
                condition=Q(allocation__in=Allocation.values), name="allocation_known"
            ),
            models.CheckConstraint(
                condition=Q(allocation=Allocation.QUEUE) | Q(open_to_all=False),
                name="planned_batch_has_hands",
            ),
            models.CheckConstraint(
                condition=Q(checked_share__gte=0, checked_share__lte=1), name="checked_share_is_one"
            ),
            models.CheckConstraint(
                condition=Q(promoted_at__isnull=True) | ~Q(promotion_reason=""),
                name="promotion_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reaches_gold(self) -> bool:
        return self.kind == BatchKind.MAIN or self.promoted_at is not None


@pghistory.track(exclude=["full"])
class BatchDocument(models.Model):
    """A document of a round; `slots` where it differs from the batch's. `full` is kept by the
    database: as many have submitted it as it has slots.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    slots = models.PositiveSmallIntegerField(null=True, blank=True)
    full = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("document of a batch")
        verbose_name_plural = _("documents of a batch")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "document"], name="one_item_a_document"),
            models.CheckConstraint(
                condition=Q(slots__isnull=True) | Q(slots__gte=1), name="item_has_slots"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "slots"], name="slots_of_a_batch"),
            models.Index(fields=["batch", "position"], name="order_of_a_batch"),
            models.Index(
                fields=["batch", "position"], condition=Q(full=False), name="still_to_be_coded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.document}"


class State(models.TextChoices):
    CLAIMED = "claimed", _("claimed")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("submitted")
    SKIPPED = "skipped", _("skipped")
    EXPIRED = "expired", _("expired")
    RELEASED = "released", _("given back")


OPEN_STATES = (State.CLAIMED, State.IN_PROGRESS)
LIVE_STATES = (*OPEN_STATES, State.SUBMITTED)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> AssignmentQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def live(self) -> AssignmentQuerySet:
        """Those that hold a slot."""
        return self.filter(state__in=LIVE_STATES)

    def submitted(self) -> AssignmentQuerySet:
        return self.filter(state=State.SUBMITTED)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("state", "slot", "coder")),
    pghistory.DeleteEvent(),
)
class Assignment(models.Model):
    """A coder's slot on a document of a batch."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="assignments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.CLAIMED)
    claimed_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "document", "slot"],
                condition=Q(state__in=LIVE_STATES),
                name="one_live_coder_a_slot",
            ),
            models.UniqueConstraint(
                fields=["batch", "document", "coder"],
                condition=Q(state__in=LIVE_STATES),
                name="one_live_slot_a_coder",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="state_known"),
            models.CheckConstraint(condition=Q(slot__gte=1), name="slots_count_from_one"),
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED) | Q(submitted_at__isnull=False),
                name="submitted_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["coder", "state"], name="work_of_a_coder"),
            models.Index(fields=["document", "state"], name="coders_of_a_document"),
            models.Index(fields=["project", "id"], name="assignments_of_a_project"),
            models.Index(fields=["batch", "state"], name="assignments_of_a_batch"),
            models.Index(
                fields=["coder", "-submitted_at"],
                condition=Q(state="submitted"),
                name="submitted_by_a_coder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.coder}"

    if not TYPE_CHECKING:  # Django's own is known to the types

        def get_state_display(self) -> str:
            """What Django makes of a choice, without a hash of all choices for each row of a list."""
            return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Transition(models.Model):
    """One change of an assignment's state, with its reason; append-only. `operation` is the
    outbox's id of it, so that a replay gets its first answer.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="transitions")
    by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=State.choices)
    reason = models.TextField(blank=True)
    operation = models.UUIDField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "operation"], name="one_transition_an_operation")
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
