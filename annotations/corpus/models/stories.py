"""Documents that tell the same, and how they are found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class StoryRelation(models.TextChoices):
    COPY = "copy", _("copy")
    DIGEST = "digest", _("digest")
    TRANSLATION = "translation", _("translation")


class Story(models.Model):
    """What several documents tell alike."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    title = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return self.title or str(self.uuid)


class DocumentSketch(models.Model):
    """What finds a document's likes by index: no text, only hashes and anchors, made again at will.

    `bands` are 64-bit hashes of bands of a MinHash, `lines` of the short paragraphs (what repeats
    across documents is no text of theirs), each salted with the project; `anchors` are the names
    and numbers that survive a translation, in the order of their first mention.
    """

    document = models.OneToOneField(
        "annotations.Document", models.CASCADE, primary_key=True, related_name="sketch"
    )
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    bands = ArrayField(models.BigIntegerField(), default=list)
    lines = ArrayField(models.BigIntegerField(), default=list)
    anchors = ArrayField(models.TextField(), default=list)

    class Meta:
        verbose_name = _("sketch")
        verbose_name_plural = _("sketches")
        indexes = [
            GinIndex(fields=["bands"], name="sketches_by_band"),
            GinIndex(fields=["lines"], name="sketches_by_line"),
            GinIndex(fields=["anchors"], name="sketches_by_anchor"),
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class CandidateDecision(models.TextChoices):
    SAME = "same", _("same story")
    DIFFERENT = "different", _("not the same")


class StoryCandidate(models.Model):
    """Two documents that may tell the same story, with the evidence; a person decides.

    `second` is the later one in the table; `relation` is what it would be to `first`, or `first` to
    it, as `evidence` says. `score` is from 0 to 1, by the measure that `evidence` names.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    first = models.ForeignKey("annotations.Document", models.CASCADE, related_name="+")
    second = models.ForeignKey("annotations.Document", models.CASCADE, related_name="+")
    relation = models.CharField(max_length=12, choices=StoryRelation.choices)
    score = models.FloatField()
    evidence = models.JSONField(default=dict)
    found_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=CandidateDecision.choices, blank=True)
    decided_by = models.ForeignKey(Coder, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("story candidate")
        verbose_name_plural = _("story candidates")
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(
                F("project"),
                F("score").desc(),
                F("id"),
                condition=Q(decision=""),
                name="pairs_that_wait",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_candidate_a_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="candidate_pair_ordered"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=CandidateDecision.values, decided_at__isnull=False),
                name="candidate_decided_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
