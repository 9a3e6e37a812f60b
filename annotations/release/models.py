"""Frozen gold. Rows are copies; the database refuses to change or delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from annotations.adjudication.models import Ruling
from annotations.codebook.models import Edition
from annotations.corpus.models import Document
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class Release(models.Model):
    """Gold under a version. `sha256` is the hash of documents.jsonl and the release's identity.

    `transaction` is set by the database: rows go in only in the transaction that made the release.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    schema_version = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    documents_total = models.PositiveIntegerField()
    spans_total = models.PositiveIntegerField()
    manifest = models.JSONField()
    notes = models.TextField(blank=True)
    by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    transaction = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_release_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.version}"

    @property
    def version(self) -> str:
        return f"v{self.number}"


class ReleaseDocument(models.Model):
    """A document as released: all that its line of documents.jsonl says, but the text.

    The text is the Document's, immutable and named here by its hash, so that a takedown can
    remove it everywhere at once. `position` is the line's number, `sha256` the line's hash.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    raw_sha256 = models.CharField(max_length=64)
    line = models.JSONField()

    class Meta:
        verbose_name = _("released document")
        verbose_name_plural = _("released documents")
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "document"], name="one_row_a_document"),
            models.UniqueConstraint(fields=["release", "position"], name="one_row_a_position"),
        ]
        indexes = [
            models.Index(
                F("release"), KeyTransform("language", "line"), name="released_by_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release} · {self.position}"


class ReleaseEvidence(models.Model):
    """What a release keeps of a document beside its line: see `shapes.evidence.Evidence`.

    The shapes `passages` and `annotations` are made of it; documents.jsonl is not. The database
    sees to it that a row and the released document it hangs on are of one release and project.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_constraint=False)
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="evidence", db_constraint=False
    )
    released = models.OneToOneField(ReleaseDocument, models.PROTECT, related_name="evidence")
    content = models.JSONField()

    class Meta:
        verbose_name = _("released evidence")
        verbose_name_plural = _("released evidence")
        ordering = ["released"]

    def __str__(self) -> str:
        return str(self.released)


class Origin(models.TextChoices):
    UNANIMOUS = "unanimous", _("unanimous")
    MAJORITY = "majority", _("majority")
    ADJUDICATED = "adjudicated", _("adjudicated")


class ReleaseSpan(models.Model):
    """A gold label as released, with the chain that leads back: ruling and revisions.

    The database sees to it that it names release, document and project of its released document.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_constraint=False)
    uuid = models.UUIDField()
    release = models.ForeignKey(Release, models.PROTECT, related_name="spans", db_constraint=False)
    released = models.ForeignKey(ReleaseDocument, models.PROTECT, related_name="spans")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_constraint=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    label = models.CharField(max_length=60)
    stance = models.CharField(max_length=40)
    holder_kind = models.CharField(max_length=12)
    holder_name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null is what the JSON says
    origin = models.CharField(max_length=12, choices=Origin.choices)
    votes_for = models.PositiveSmallIntegerField()
    votes_total = models.PositiveSmallIntegerField()
    adjudicator = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null is what the JSON says
    reason = models.TextField(null=True)  # noqa: DJ001 - null is what the JSON says
    clause = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null is what the JSON says
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, related_name="+")
    revisions = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("released span")
        verbose_name_plural = _("released spans")
        ordering = ["release", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "uuid"], name="one_released_span_an_id"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="released_span_not_empty"),
            models.CheckConstraint(
                condition=~Q(origin=Origin.ADJUDICATED) | Q(ruling__isnull=False),
                name="adjudicated_has_a_ruling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.quote[:40]}"

    if not TYPE_CHECKING:  # Django's own is known to the types

        def get_origin_display(self) -> str:
            """As Django has it, without a hash of all choices for each row of a list."""
            return str(Origin(self.origin).label)
