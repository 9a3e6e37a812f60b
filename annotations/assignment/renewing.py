"""A document that is planned but not begun, read anew: its next version takes its place."""

from __future__ import annotations

from django.db import transaction

from annotations.assignment.models import BatchDocument
from annotations.assignment.seats import Exclusion
from annotations.corpus.choices import Choices
from annotations.corpus.models import Document
from annotations.corpus.rereading import reread
from annotations.project.models import User


@transaction.atomic
def renew(document: Document, choices: Choices, *, by: User) -> Document:
    """`rereading.reread`, and rounds that hold the document hold its next version from then on.

    Its seats go along, by the database.
    """
    # Before the document, as claiming does.
    items = list(BatchDocument.objects.select_for_update().filter(document=document))
    following = reread(document, choices, by=by)
    for item in items:
        item.document = following
        item.save(update_fields=["document"])
    Exclusion.objects.filter(document=document).update(document=following)
    return following
