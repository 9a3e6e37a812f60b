"""What coders say about the text beside coding it: comments, and flags for the manager."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import Assignment, Batch
from annotations.corpus.models import Document, Zone
from annotations.project.models import Coder, Project


class OthersVisible(Func):
    """Whether every slot of (batch, document) is submitted; the database's own rule."""

    function = "workbench_others_visible"
    output_field = models.BooleanField()


class CommentQuerySet(models.QuerySet["Comment"]):
    def with_state(self) -> CommentQuerySet:
        """Adds `withdrawn` and `resolved`, read from the marks."""
        marks = CommentMark.objects.filter(comment=models.OuterRef("pk")).order_by("-pk")
        settled = marks.exclude(kind=MarkKind.WITHDRAWN)
        return self.annotate(
            withdrawn=models.Exists(marks.filter(kind=MarkKind.WITHDRAWN)),
            last_mark=models.Subquery(settled.values("kind")[:1]),
            seen_by_all=OthersVisible(F("batch_id"), F("document_id")),
        )


class Comment(models.Model):
    """A remark on a passage, or on a span inside it; append-only.

    `id` is the UUID that its browser gave it. `assignment` is null where an adjudicator or a
    manager answers. Others see it once every slot of the document in the batch is submitted.
    """

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    passage = models.PositiveIntegerField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    text = models.TextField()
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    operation = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "operation"], name="one_comment_an_operation"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False) | Q(reply_to__isnull=False),
                name="comment_of_a_coder_or_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=F("end")),
                name="comment_span_is_none_or_whole",
            ),
        ]
        indexes = [models.Index(fields=["document", "batch"], name="comments_of_a_document")]

    def __str__(self) -> str:
        return self.text[:60]


class MarkKind(models.TextChoices):
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESOLVED = "resolved", _("resolved")
    REOPENED = "reopened", _("reopened")


class CommentMark(models.Model):
    """What became of a comment; append-only. The last of resolved and reopened holds."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=MarkKind.choices)
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    operation = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mark on a comment")
        verbose_name_plural = _("marks on comments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "operation"], name="one_mark_an_operation"),
            models.CheckConstraint(condition=Q(kind__in=MarkKind.values), name="mark_kind_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class FlagKind(models.TextChoices):
    ZONE = "zone", _("zone")
    SPLIT = "split", _("sentence split")
    DISCUSS = "discuss", _("to discuss")


class Split(models.TextChoices):
    JOIN = "join", _("belongs together with the next")
    DIVIDE = "divide", _("should be divided")


class Settlement(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    DISMISSED = "dismissed", _("dismissed")


class FlagQuerySet(models.QuerySet["Flag"]):
    def waiting(self) -> FlagQuerySet:
        """Neither withdrawn nor settled."""
        return self.filter(withdrawn_at=None, settled_at=None)


class Flag(models.Model):
    """A coder's word to the manager about a passage. Withdrawn or settled once, else unchanged.

    `proposed` is a zone, or one of Split, or empty, by its kind.
    """

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FlagKind.choices)
    passage = models.PositiveIntegerField()
    proposed = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    operation = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    settlement = models.CharField(max_length=10, choices=Settlement.choices, blank=True)
    settlement_reason = models.TextField(blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "operation"], name="one_flag_an_operation"),
            models.CheckConstraint(
                condition=Q(kind=FlagKind.ZONE, proposed__in=Zone.values)
                | Q(kind=FlagKind.SPLIT, proposed__in=Split.values)
                | Q(kind=FlagKind.DISCUSS, proposed=""),
                name="flag_proposes_what_its_kind_may",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settlement="")
                | Q(
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                    settlement__in=Settlement.values,
                ),
                name="flag_settled_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(settlement=Settlement.DISMISSED) | ~Q(settlement_reason=""),
                name="flag_dismissed_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["project", "settled_at"], name="flags_of_a_project")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.passage}"
