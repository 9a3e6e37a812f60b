"""Warnings about a document are settled by a person, one by one or all; who and when is kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.corpus.models import AcceptedWarning, Document
from annotations.project.access import Action, coder_of, require
from annotations.project.models import User
from annotations.project.refusals import NotNow


@transaction.atomic
def accept(
    document: Document, *, by: User, now: datetime, warnings: Collection[str] | None = None
) -> int:
    """A person looked at it, and lets these warnings stand (None: all); gives how many.

    Raises `NotNow` where none of those named is open any more.
    """
    require(by, Action.IMPORT, document.project)
    open_ = Document.objects.select_for_update(no_key=True).values_list("warnings", flat=True)
    present: list[str] = open_.get(pk=document.pk)
    settled = [each for each in present if warnings is None or each in warnings]
    if warnings and not settled:
        raise NotNow(_("This warning has been settled already."), reason="settled")
    who = coder_of(by, document.project)
    AcceptedWarning.objects.bulk_create(
        AcceptedWarning(document=document, warning=each, by=who, at=now) for each in settled
    )
    left = [each for each in present if each not in settled]
    Document.objects.filter(pk=document.pk).update(warnings=left)
    return len(settled)
