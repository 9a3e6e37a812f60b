"""What the adjudicator settled. Disputes themselves are derived and have no rows."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.assignment.models import Batch
from annotations.codebook.models import StanceValue, Theme
from annotations.coding.models import HolderKind
from annotations.corpus.models import Document
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class Decision(models.TextChoices):
    ACCEPT = "accept", _("accept a coder's")
    ADJUST = "adjust", _("adjust the boundaries")
    CHANGE = "change", _("change theme, stance or holder")
    REJECT = "reject", _("reject")
    ADD = "add", _("add what nobody tagged")
    NONE = "none", _("none of these")
    REOPEN = "reopen", _("reopen")


WITH_LABEL = (Decision.ACCEPT, Decision.ADJUST, Decision.CHANGE, Decision.ADD)


class Differs(models.TextChoices):
    """The one thing in which the spans of a dispute differ."""

    BOUNDARIES = "boundaries", _("boundaries only")
    STANCE = "stance", _("stance only")
    HOLDER = "holder", _("voice only")
    MISSING = "missing", _("one coder has no span")


class Sweep(models.Model):
    """One rule for many disputes at once, or the undoing of one; append-only.

    `theme` is a family's key, empty for all; `overlap` the least IoU, 0 to 1, where boundaries
    differ; `votes` the least number of coders who say what is taken. `undoes` is the sweep whose
    rulings this one reopened. `total` counts its rulings.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    operation = models.UUIDField()
    theme = models.CharField(max_length=60, blank=True)
    differs = models.CharField(max_length=10, choices=Differs.choices)
    overlap = models.FloatField(default=0.0)
    votes = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("rule for many disputes")
        verbose_name_plural = _("rules for many disputes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "operation"], name="one_sweep_an_operation"),
            models.CheckConstraint(
                condition=Q(differs__in=Differs.values), name="sweep_difference_known"
            ),
            models.CheckConstraint(
                condition=Q(overlap__gte=0, overlap__lte=1), name="sweep_overlap_is_one"
            ),
            models.CheckConstraint(condition=Q(votes__gte=2), name="sweep_takes_two_votes"),
        ]
        indexes = [models.Index(fields=["project", "id"], name="sweeps_of_a_project")]

    def __str__(self) -> str:
        return f"{self.get_differs_display()} · {self.total}"


class Ruling(models.Model):
    """One decision; append-only. The last of a `dispute` holds, and `reopen` lifts it.

    `number` counts the rulings of a document in a batch (its version for If-Match); `dispute`
    is the derived dispute's key, and for `add` the ruling's own UUID. `members` are the primary
    keys of the Revisions that were ruled on. The span is the gold's for a decision with a label,
    else the extent that was ruled on.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    operation = models.UUIDField()
    dispute = models.CharField(max_length=64)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    members = ArrayField(models.BigIntegerField(), default=list)
    accepted = models.BigIntegerField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")
    stance = models.ForeignKey(StanceValue, models.PROTECT, null=True, related_name="+")
    holder_kind = models.CharField(max_length=12, choices=HolderKind.choices, null=True)  # noqa: DJ001 - null is "no label"
    holder_name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null is "no name given"
    votes_for = models.PositiveSmallIntegerField()
    votes_total = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    clause = models.CharField(max_length=200, blank=True)
    override_reason = models.TextField(blank=True)
    sweep = models.ForeignKey(Sweep, models.PROTECT, null=True, related_name="rulings")
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "document", "number"], name="rulings_count_up"
            ),
            models.UniqueConstraint(fields=["by", "operation"], name="one_ruling_an_operation"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="ruling_not_empty"),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="decision_known"
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=WITH_LABEL)
                | Q(theme__isnull=False, stance__isnull=False, holder_kind__isnull=False),
                name="gold_has_theme_stance_and_holder",
            ),
            models.CheckConstraint(
                condition=Q(sweep__isnull=True)
                | Q(decision__in=[Decision.ACCEPT, Decision.REOPEN]),
                name="sweep_accepts_or_reopens",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="rulings_of_a_project")]

    def __str__(self) -> str:
        return f"{self.document} · {self.get_decision_display()}"


class Standing(models.Model):
    """How a document's points were derived last, and whether they can still be believed.

    `changes` is counted up by the database with whatever a case is read from: submissions,
    rulings, slots, rounds, zones. `derived` is that count when `points` were made; unless the two
    are equal they are not believed. `held_by` is who was sent to the document last, until
    `held_until`: others are sent elsewhere where there is another place.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.CASCADE, related_name="+")
    changes = models.BigIntegerField()
    derived = models.BigIntegerField(default=0, db_default=0)
    held_by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("standing of a document")
        verbose_name_plural = _("standings of documents")
        indexes = [
            models.Index(
                fields=["project", "id"],
                condition=Q(derived__lt=F("changes")),
                name="standings_to_derive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.derived} of {self.changes}"


class PointKind(models.TextChoices):
    DISPUTE = "dispute", _("dispute")
    UNANIMOUS = "unanimous", _("unanimous")
    UNTAGGED = "untagged", _("nobody tagged it")


class Point(models.Model):
    """What an adjudicator settles, as derived: an open dispute, or a check with its result.

    `place` orders them: round, position of the document in it, start. `family` is empty for a
    passage that nobody tagged; `pairs` name the coders who differ, two by two, by a code that says
    only which pairs are the same.
    """

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="points")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=PointKind.choices)
    result = models.CharField(max_length=10)
    key = models.CharField(max_length=64)
    place = ArrayField(models.BigIntegerField())
    family = models.CharField(max_length=60, blank=True)
    pairs = ArrayField(models.CharField(max_length=8), default=list)

    class Meta:
        verbose_name = _("point to settle")
        verbose_name_plural = _("points to settle")
        constraints = [
            models.UniqueConstraint(fields=["standing", "key"], name="one_point_a_key"),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="point_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["project", "place", "id"],
                condition=Q(result="open"),
                name="points_by_document",
            ),
            models.Index(
                fields=["project", "family", "place", "id"],
                condition=Q(result="open"),
                name="points_by_theme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
