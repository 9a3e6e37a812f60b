"""Documents that nobody is to code any more, and were not coded."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.corpus.models.documents import Document
from annotations.project.models import Coder


@pghistory.track()
class Archived(models.Model):
    """As long as the row is there the document is in no list and nobody gets it."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="archived")
    reason = models.TextField()
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("archived document")
        verbose_name_plural = _("archived documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="archived_for_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.document)
