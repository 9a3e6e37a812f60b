"""What was taken back: a document everywhere, or a whole release. Each with who, when and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.corpus.models import Document
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project

from .models import Release


class Takedown(models.Model):
    """A document whose text is gone; one row for each version of it, all of one transaction.

    The database lets text go only beside such a row of the same `transaction`, which it sets.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    transaction = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="takedown_has_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class Retraction(models.Model):
    """A release that nobody is to use any more; its manifest and its hash stay."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    release = models.OneToOneField(Release, models.PROTECT, related_name="retraction")
    reason = models.TextField()
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="retraction_has_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.release)
