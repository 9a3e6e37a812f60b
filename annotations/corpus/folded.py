"""Passages as search compares them, beside the text that nobody changes for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.corpus.models import Document, Passage
from annotations.project.models import Project
from annotations.text.folding import runs, searchable


class FoldedPassage(models.Model):
    """One passage in its searchable form. Made of the text alone, so it can always be made again.

    Where the server has `pg_trgm`, a trigram index finds what has three letters or more. It is one
    of runs of passages, not of each: a run has each of its trigrams once, which is a third of them.
    """

    passage = models.OneToOneField(Passage, models.CASCADE, primary_key=True, related_name="folded")
    # The passage's; a row by itself has no meaning, so that one reference is checked.
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_constraint=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+", db_constraint=False)
    text = models.TextField()
    # With the first passage of each run only (`text.folding.runs`).
    run = models.TextField(null=True, editable=False)  # noqa: DJ001 - most have none

    class Meta:
        verbose_name = _("searchable passage")
        verbose_name_plural = _("searchable passages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


def fold(document: Document, passages: Iterable[Passage]) -> None:
    """Makes stored passages of one document searchable."""
    some = list(passages)
    forms = [searchable(document.text[each.start : each.end]) for each in some]
    FoldedPassage.objects.bulk_create(
        FoldedPassage(
            passage=passage,
            project_id=document.project_id,
            document=document,
            text=form,
            run=run,
        )
        for passage, form, run in zip(some, forms, runs(forms), strict=True)
    )
