"""What coders said: an append-only history, its projection, and what they submitted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import Assignment, Batch
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.corpus.models import Document
from annotations.project.models import Coder, Project


class HolderKind(models.TextChoices):
    AUTHOR = "author", _("author")
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    GROUP = "group", _("group")
    UNNAMED = "unnamed", _("unnamed voice")


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def standing(self) -> AnnotationQuerySet:
        """Those not withdrawn."""
        return self.filter(deleted=False)


class Annotation(models.Model):
    """A coder's span with its theme and stance, as its last revision left it.

    Written by the trigger on Revision and by nothing else; the database refuses any other way.
    """

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    deleted = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    stance = models.ForeignKey(StanceValue, models.PROTECT, null=True, related_name="+")
    holder_kind = models.CharField(max_length=12, choices=HolderKind.choices, null=True)  # noqa: DJ001 - null is "not said yet", which an empty string would blur
    holder_name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null is "no name given"
    certainty = models.PositiveSmallIntegerField(null=True)
    memo = models.TextField(blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="annotation_not_empty"),
            models.CheckConstraint(
                condition=Q(certainty__isnull=True) | Q(certainty__range=(1, 3)),
                name="certainty_1_to_3",
            ),
            models.CheckConstraint(
                condition=Q(holder_kind__isnull=True) | Q(holder_kind__in=HolderKind.values),
                name="holder_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(holder_name__isnull=True) | Q(holder_kind__isnull=False),
                name="holder_name_needs_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "start"], name="annotations_of_a_document"),
            models.Index(fields=["project", "theme"], name="annotations_of_a_theme"),
            models.Index(
                fields=["coder", "theme", "document", "start", "id"],
                condition=Q(deleted=False),
                name="own_of_a_theme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme.code} {self.quote[:40]}"


class Revision(models.Model):
    """One save. Append-only; its trigger checks it, numbers it and writes Annotation.

    `base` is the revision it was made on (null for a new annotation); `operation` is the id
    the browser gave this save, unique per coder; `fingerprint` is the hash of what was asked.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    annotation_id = models.UUIDField()
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    operation = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(null=True)
    deleted = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    stance = models.ForeignKey(StanceValue, models.PROTECT, null=True, related_name="+")
    holder_kind = models.CharField(max_length=12, choices=HolderKind.choices, null=True)  # noqa: DJ001 - as in Annotation
    holder_name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - as in Annotation
    certainty = models.PositiveSmallIntegerField(null=True)
    memo = models.TextField(blank=True)
    late = models.BooleanField(default=False)
    after_discussion = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["coder", "operation"], name="one_save_an_operation"),
            models.UniqueConstraint(fields=["annotation_id", "number"], name="revisions_count_up"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} r{self.number}"


class Snapshot(models.Model):
    """What one submission said, frozen. Agreement reads `number = 1` only.

    `spans` is a list of `{"annotation", "revision", "start", "end", "theme", "stance",
    "holder_kind", "holder_name", "certainty"}` (keys of the edition, offsets in code points,
    `revision` the primary key of the Revision), sorted by (start, end, theme, annotation). `judged` holds
    passage indexes; `mark_passage[i]` is a passage that the span `mark_span[i]` marks.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    coder = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    spans = models.JSONField()
    judged = ArrayField(models.PositiveIntegerField())
    mark_passage = ArrayField(models.PositiveIntegerField())
    mark_span = ArrayField(models.PositiveIntegerField())
    up_to = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True)
    after_discussion = models.BooleanField(default=False)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="submissions_count_up"),
            models.CheckConstraint(
                condition=Q(up_to__isnull=True) | ~Q(reason=""),
                name="partial_submission_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["batch", "document"], name="submissions_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.assignment} #{self.number}"
