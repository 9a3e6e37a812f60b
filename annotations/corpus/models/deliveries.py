"""Deliveries of files, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.corpus.models.documents import Document
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Import(models.Model):
    """One delivery of files. Its progress is counted from its files."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.project} · {self.created_at:%Y-%m-%d %H:%M}"


class Outcome(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ASKED = "asked", _("waiting for an answer")
    ADDED = "added", _("added")
    ALREADY_THERE = "already-there", _("already there")
    REFUSED = "refused", _("refused")
    UNPACKED = "unpacked", _("unpacked")
    CANCELLED = "cancelled", _("cancelled")


class ImportFile(models.Model):
    """A delivered file; `content` waits here until it is read, then the Source has it.

    What holds others, a zip or a table, is unpacked into files of its own (`container` is it), and
    keeps its `sha256`. `reading` are the choices of a person or of the sender (`corpus/readers/choices.py`),
    and for one that is `asked` the preview. `attempts` and `leased_until` are of the worker.
    """

    delivery = models.ForeignKey(Import, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    container = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="pieces"
    )
    reading = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")
        ordering = ["delivery", "position"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "position"], name="one_file_a_position"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="import_outcome_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["delivery", "position"],
                condition=Q(outcome="waiting"),
                name="files_that_wait",
            ),
            models.Index(
                fields=["delivery", "outcome", "position"],
                condition=Q(
                    outcome__in=["asked", "already-there", "refused", "unpacked", "cancelled"]
                ),
                name="files_that_were_not_added",
            ),
        ]

    def __str__(self) -> str:
        return self.name
