"""A release that was asked for, and how far it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project

from .models import Release


class FreezingState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


OPEN = (FreezingState.WAITING, FreezingState.RUNNING)


class Freezing(models.Model):
    """One asking; it makes one release or none. `reason` is why it failed, in English.

    `release` is written by the transaction that makes the release, so that neither is there without
    the other.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    notes = models.TextField(blank=True)
    shares = models.JSONField(null=True)
    state = models.CharField(
        max_length=8, choices=FreezingState.choices, default=FreezingState.WAITING
    )
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    release = models.OneToOneField(Release, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("freezing")
        verbose_name_plural = _("freezings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FreezingState.DONE, release__isnull=False)
                | Q(~Q(state=FreezingState.DONE), release__isnull=True),
                name="freezing_done_with_a_release",
            ),
            models.CheckConstraint(
                condition=~Q(state=FreezingState.FAILED) | ~Q(reason=""),
                name="freezing_failed_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project"],
                condition=Q(state__in=["waiting", "running"]),
                name="freezings_that_wait",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class FreezingStep(models.TextChoices):
    """Each goes through all documents once."""

    DERIVING = "deriving", _("the gold of each document is derived")
    HASHING = "hashing", _("the files are written and their hashes made")
    STORING = "storing", _("the rows are stored")


STEPS = tuple(FreezingStep)


class FreezingProgress(models.Model):
    """How far a freezing was when it was last heard of, in a row of its own.

    `attempts` counts how often a worker has taken it up. The transaction that freezes sees the
    database as it was at its beginning, and may not meet a row that has changed since.
    """

    freezing = models.OneToOneField(
        Freezing, models.CASCADE, primary_key=True, related_name="progress"
    )
    step = models.CharField(
        max_length=8, choices=FreezingStep.choices, default=FreezingStep.DERIVING
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("progress of a freezing")
        verbose_name_plural = _("progress of freezings")

    def __str__(self) -> str:
        return f"{self.step} {self.done}/{self.total}"
