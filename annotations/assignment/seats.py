"""Who takes part in a round, and which slots are planned for whom."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import Batch
from annotations.corpus.models import Document
from annotations.project.models import Coder, Project


class HandQuerySet(models.QuerySet["Hand"]):
    def standing(self) -> HandQuerySet:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)


@pghistory.track()
class Hand(models.Model):
    """Someone who takes part in a round: at most so many documents, in these languages.

    `most` counts documents, null is as many as come; no languages means any. Who leaves stays
    here with the reason, and with whoever took over.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="hands")
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    most = models.PositiveIntegerField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    objects = HandQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand")
        verbose_name_plural = _("hands")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "coder"], name="one_hand_a_coder"),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gte=1), name="hand_takes_some"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | ~Q(left_reason=""), name="leaver_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True)
                | Q(left_at__isnull=False) & ~Q(replaced_by=F("id")),
                name="replaced_has_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.coder}"


@pghistory.track()
class Exclusion(models.Model):
    """A document that someone is not to code in a round."""

    hand = models.ForeignKey(Hand, models.CASCADE, related_name="exclusions")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hand", "document"], name="one_exclusion_a_document")
        ]

    def __str__(self) -> str:
        return f"{self.hand} – {self.document}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def standing(self) -> SeatQuerySet:
        """Those not freed."""
        return self.filter(freed_at__isnull=True)


@pghistory.track()
class Seat(models.Model):
    """A slot that is planned for someone; never theirs to lose but by being freed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="seats")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True, blank=True)
    freed_reason = models.TextField(blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "document", "slot"],
                condition=Q(freed_at__isnull=True),
                name="one_seat_a_slot",
            ),
            models.UniqueConstraint(
                fields=["batch", "document", "coder"],
                condition=Q(freed_at__isnull=True),
                name="one_seat_a_coder",
            ),
            models.CheckConstraint(condition=Q(slot__gte=1), name="seats_count_from_one"),
            models.CheckConstraint(
                condition=Q(freed_at__isnull=True) | ~Q(freed_reason=""),
                name="freed_seat_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["coder", "batch"],
                condition=Q(freed_at__isnull=True),
                name="seats_of_a_coder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.slot} · {self.coder}"
