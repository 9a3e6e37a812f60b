"""Files as they came, and the text that coders read."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.corpus.models.stories import Story, StoryRelation
from annotations.project.identifiers import uuid7
from annotations.project.models import Coder, Project


class Source(models.Model):
    """A file's bytes, kept as they came. `content` is null after a takedown; the hash stays."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    content = models.BinaryField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    takedown_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="one_source_a_content"),
            models.CheckConstraint(
                condition=Q(content__isnull=False) | Q(taken_down_at__isnull=False),
                name="source_bytes_leave_by_takedown",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttributeKind(models.TextChoices):
    TEXT = "text", _("text")
    CHOICE = "choice", _("one of a list")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    FLAG = "flag", _("yes or no")


class Attribute(models.Model):
    """What a project says of its documents beside the text: outlet, country, genre …

    Values stand in `Document.attributes` as `{"key", "value"}`, checked against the kind.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=AttributeKind.choices, default=AttributeKind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("document attribute")
        verbose_name_plural = _("document attributes")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="one_attribute_a_key"),
            models.CheckConstraint(
                condition=Q(kind__in=AttributeKind.values), name="attribute_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def listed(self) -> DocumentQuerySet:
        """Without the text, which no list needs."""
        return self.defer("text")

    def current(self) -> DocumentQuerySet:
        """The newest version of each; an older one stays for what was coded on it.

        What was archived or taken down is left out too. Said as what is not there, which PostgreSQL looks up for
        the rows of a page alone; a join that came to nothing it makes for all.
        """
        newer = self.model._base_manager.filter(previous=OuterRef("pk"))
        archived = self.model._meta.get_field("archived").related_model._base_manager
        there = self.filter(taken_down=False)
        return there.filter(~Exists(newer), ~Exists(archived.filter(document=OuterRef("pk"))))


class Document(models.Model):
    """One text, at one cleaning. `encoding` and `repairs` say how it came from the source's bytes.

    After a takedown it has no text, title, address, attributes and repairs any more, and keeps its
    ids, its hashes and its length.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="documents")
    part = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next"
    )
    story = models.ForeignKey(
        Story, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    story_relation = models.CharField(max_length=12, choices=StoryRelation.choices, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500)
    source_url = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    languages = models.JSONField(default=list)
    attributes = models.JSONField(default=list)
    encoding = models.CharField(max_length=40)
    repairs = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    taken_down = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "part", "version"], name="one_document_a_part_and_version"
            ),
            models.CheckConstraint(
                condition=Q(story_relation="") | Q(story__isnull=False),
                name="relation_needs_a_story",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "id"], name="documents_of_a_project"),
            models.Index(fields=["project", "language", "id"], name="documents_of_a_language"),
        ]

    def __str__(self) -> str:
        return self.title


class AcceptedWarning(models.Model):
    """A warning that a person has looked at and let stand; it left `Document.warnings` with that."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="accepted_warnings")
    warning = models.TextField()
    by = models.ForeignKey(Coder, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.warning


class TextBlock(models.Model):
    """4,096 code points of a document, so that a check reads only what a span touches."""

    # The document's, as a trigger checks for all rows of a statement at once.
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_constraint=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="blocks", db_index=False)
    index = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        constraints = [
            models.UniqueConstraint(fields=["document", "index"], name="one_block_an_index")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.index}"


class Zone(models.TextChoices):
    TITLE = "title", _("title")
    BODY = "body", _("body")
    CAPTION = "caption", _("caption")
    DIGEST = "digest", _("digest")
    LINK = "link", _("link")
    FRAGMENT = "fragment", _("fragment")
    BOILERPLATE = "boilerplate", _("boilerplate")


CODED_ZONES = (Zone.TITLE, Zone.BODY)


class Passage(models.Model):
    """The unit of reading: a sentence, as half-open code points of its document."""

    # The document's, as a trigger checks for all rows of a statement at once.
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="passages", db_index=False)
    index = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    sentence = models.PositiveIntegerField()
    language = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=12, choices=Zone.choices)
    zone_reason = models.CharField(max_length=200, blank=True)
    zone_confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["document", "index"]
        constraints = [
            models.UniqueConstraint(fields=["document", "index"], name="one_passage_an_index"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_not_empty"),
            models.CheckConstraint(condition=Q(zone__in=Zone.values), name="passage_zone_known"),
        ]

    def __str__(self) -> str:
        return f"§ {self.paragraph}.{self.sentence}"
