"""A document that was taken down, to whoever asks for its text."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from annotations.corpus.models import Document, Source
from annotations.project.refusals import TakenDown


def refuse_if_taken_down(document: Document) -> None:
    """Raises TakenDown, with the reason."""
    if document.taken_down:
        raise taken_down(document.uuid)


def taken_down(document: UUID) -> TakenDown:
    """The refusal of a document that is known to be."""
    rows = Source.objects.filter(documents__uuid=document)
    reason = rows.values_list("takedown_reason", flat=True).first()
    said = _("This document was taken down: %(reason)s") % {"reason": reason}
    return TakenDown(said, reason="taken-down")
