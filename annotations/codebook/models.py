"""The codebook: editions, their themes and their stance scale."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.project.models import Coder, Project


def in_language(texts: dict[str, str] | None) -> str:
    """The text in the reader's language, else in English, else in any."""
    if not texts:
        return ""
    language = (get_language() or "en")[:2]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@pghistory.track()
class Edition(models.Model):
    """A state of the codebook. Frozen once a batch uses it; the next one is a new row."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    note = models.JSONField(default=dict, blank=True)
    #: What became of themes of the edition before: `{"kind", "themes", "into", "reason"}`, see reshaping.
    changes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Coder, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("codebook edition")
        verbose_name_plural = _("codebook editions")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_edition_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"


@pghistory.track()
class StanceValue(models.Model):
    """A point of the stance scale; `position` is its rank, null outside the order."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="stances")
    key = models.SlugField(max_length=40)
    label = models.JSONField(default=dict)
    definition = models.JSONField(default=dict, blank=True)
    glyph = models.CharField(max_length=4)
    hotkey = models.CharField(max_length=1, blank=True)
    position = models.IntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_stance_a_key"),
            models.UniqueConstraint(
                fields=["edition", "hotkey"],
                condition=~Q(hotkey=""),
                name="one_stance_a_hotkey",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.label) or self.key


@pghistory.track()
class Theme(models.Model):
    """What a passage may be about, and the proposition that its stance refers to."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=60)
    code = models.CharField(max_length=2)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.JSONField(default=dict)
    definition = models.JSONField(default=dict, blank=True)
    include = models.JSONField(default=dict, blank=True)
    exclude = models.JSONField(default=dict, blank=True)
    examples = models.JSONField(default=list, blank=True)
    counter_examples = models.JSONField(default=list, blank=True)
    proposition = models.JSONField(default=dict, blank=True)
    stance_labels = models.JSONField(default=dict, blank=True)
    colour = models.PositiveSmallIntegerField()
    hotkey = models.CharField(max_length=1, blank=True)
    memo_required = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_theme_a_key"),
            models.UniqueConstraint(fields=["edition", "code"], name="one_theme_a_code"),
            models.CheckConstraint(condition=Q(colour__range=(1, 12)), name="theme_colour_slot"),
        ]

    def __str__(self) -> str:
        return in_language(self.name) or self.key
