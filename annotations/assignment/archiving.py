"""Documents are taken out of the work, and put back. Only such that nobody has coded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import BatchDocument
from annotations.corpus.models import Archived, Document
from annotations.project.access import Action, coder_of, require
from annotations.project.database import refusals
from annotations.project.models import User
from annotations.project.refusals import Invalid


@transaction.atomic
def archive(document: Document, *, reason: str, by: User, now: datetime) -> Archived:
    """Nobody gets it from here on, in no round, and lists leave it out; the reason stays with it.

    Refuses with NotNow where someone has it or has submitted it: codings are never put away.
    """
    require(by, Action.PLAN, document.project)
    if not reason.strip():
        raise Invalid.field("reason", "required", _("Say why; the reason stays with it."))
    # As claiming does: whoever is about to get it gets it first, or not at all.
    items = BatchDocument.objects.filter(document=document).order_by("pk")
    list(items.select_for_update(no_key=True).values_list("pk", flat=True))
    who = coder_of(by, document.project)
    with refusals(), transaction.atomic():
        row, _made = Archived.objects.get_or_create(
            document=document, defaults={"reason": reason.strip(), "by": who, "at": now}
        )
    return row


@transaction.atomic
def put_back(document: Document, *, by: User) -> None:
    """In lists and rounds again, at the place that it had."""
    require(by, Action.PLAN, document.project)
    Archived.objects.filter(document=document).delete()
