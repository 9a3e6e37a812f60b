"""A takedown: the bytes, the text and every quote of a document leave, and every hash stays.

What goes is one rule, `workbench_emptied` in the database, whose guards let nothing else happen.
Extents of annotations stay, so that agreement is what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from annotations.assignment.models import OPEN_STATES, Assignment, BatchDocument, State
from annotations.assignment.transitions import move
from annotations.coding.models import Annotation
from annotations.coding.remarks import Comment
from annotations.corpus.models import Document, Source
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Coder, User
from annotations.project.refusals import Invalid, NotNow

from . import emptying
from .models import Release, ReleaseDocument
from .sweeping_cache import sweep
from .withdrawals import Takedown

LONGEST_REASON = 2_000
PATIENCE = "5s"
"""So long a takedown waits for a release that is being frozen, which would copy the text."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a takedown of a document touches. `copies` are other documents with the same text."""

    documents: Sequence[Document]
    annotations: int
    comments: int
    releases: Sequence[Release]
    copies: Sequence[Document]


def reach_of(document: Document, *, by: User) -> Reach:
    """Counted, not changed; for those who may take it down."""
    require(by, Action.TAKE_DOWN, document.project)
    documents = versions_of(document)
    ids = [each.pk for each in documents]
    released = ReleaseDocument.objects.filter(document__in=ids).values("release")
    copies = Document.objects.listed().filter(project=document.project, taken_down=False)
    copies = copies.filter(text_sha256__in=[each.text_sha256 for each in documents])
    return Reach(
        documents=documents,
        annotations=Annotation.objects.standing().filter(document__in=ids).count(),
        comments=Comment.objects.filter(document__in=ids).count(),
        releases=list(Release.objects.filter(pk__in=released).defer("manifest")),
        copies=list(copies.exclude(pk__in=ids).order_by("pk")),
    )


def versions_of(document: Document) -> list[Document]:
    """All documents that were read from its bytes, the oldest first."""
    rows = Document.objects.listed().filter(source=document.source_id)
    return list(rows.select_related("source").defer("text", "source__content").order_by("pk"))


def take_down(document: Document, *, reason: str, by: User, now: datetime) -> list[Takedown]:
    """Removes it everywhere, every version of it. Who holds it loses it; what was coded stays counted.

    Refuses with NotNow where it is done already, or while a release is being frozen.
    """
    require(by, Action.TAKE_DOWN, document.project)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        detail = _("Say why, in at most %(longest)s characters.") % {"longest": LONGEST_REASON}
        raise Invalid.field("reason", "reason-missing", detail)
    with transaction.atomic():
        _alone()
        documents = _locked(document)
        coder = coder_of(by, document.project)
        made = [_made(each, reason=reason, by=coder, now=now) for each in documents]
        _give_back(documents, by=coder, now=now)
        emptying.empty([each.pk for each in documents], document.source_id)
        taken = {
            "content": None,
            "name": emptying.WORD,
            "taken_down_at": now,
            "takedown_reason": reason,
        }
        Source.objects.filter(pk=document.source_id).update(**taken)
        transaction.on_commit(sweep)
    return made


def _alone() -> None:
    """No release is frozen meanwhile: it would copy what it saw before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            with transaction.atomic():
                cursor.execute("LOCK TABLE annotations_release IN SHARE ROW EXCLUSIVE MODE")
        except OperationalError as error:
            said = _("A release is being frozen. Ask again when that is done.")
            raise NotNow(said, reason="freezing") from error
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _locked(document: Document) -> list[Document]:
    """Whoever saves, rules or reads it anew waits until the text is gone."""
    Source.objects.select_for_update().only("pk").get(pk=document.source_id)
    ids = [each.pk for each in versions_of(document)]
    for rows in (BatchDocument.objects, Assignment.objects):
        list(rows.filter(document__in=ids).order_by("pk").select_for_update().values_list("pk"))
    locked = Document.objects.listed().filter(pk__in=ids).order_by("pk").select_for_update()
    documents = list(locked)
    if any(each.taken_down for each in documents):
        raise NotNow(_("This document was taken down."), reason="taken-down")
    return documents


def _made(document: Document, *, reason: str, by: Coder, now: datetime) -> Takedown:
    return Takedown.objects.create(
        project_id=document.project_id, document=document, reason=reason, by=by, at=now
    )


def _give_back(documents: Sequence[Document], *, by: Coder, now: datetime) -> None:
    held = Assignment.objects.filter(document__in=documents, state__in=OPEN_STATES)
    for assignment in held.select_related("batch"):
        move(assignment, State.RELEASED, by=by, now=now, reason="taken down")


def takedown_of(document: Document) -> Takedown | None:
    """Who took it down, when and why; None where nobody did."""
    return Takedown.objects.select_related("by").filter(document=document).first()


def told(takedown: Takedown) -> dict[str, Any]:
    """As JSON, without what only members may know."""
    return {"at": takedown.at.isoformat(), "reason": takedown.reason}
