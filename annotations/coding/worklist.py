"""A coder's own assignments in their order: what is done, what is open, what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from annotations.assignment.models import OPEN_STATES, Assignment, State
from annotations.coding.models import Annotation, Snapshot
from annotations.corpus.models import CODED_ZONES, Passage
from annotations.project.models import Coder
from annotations.project.refusals import Invalid

OPEN = "open"
SHOWN = (
    "pk",
    "uuid",
    "project__slug",
    "batch__name",
    "batch__edition__number",
    "document__uuid",
    "document__title",
    "document__language",
    "slot",
    "state",
    "claimed_at",
    "last_activity_at",
    "submitted_at",
)
Row = dict[str, Any]
"""What a list shows of an assignment, by the columns of SHOWN and the counts."""


def work_of_coder(coder: Coder, *, state: str | None = None) -> QuerySet[Assignment]:
    """In the order of claiming; `state` is a state, or "open" for claimed and in progress."""
    rows = Assignment.objects.filter(coder=coder).order_by("pk")
    if state is None:
        return rows
    if state == OPEN:
        return rows.filter(state__in=OPEN_STATES)
    if state not in State.values:
        known = ", ".join([OPEN, *State.values])
        detail = _("%(field)s is one of %(known)s.") % {"field": "state", "known": known}
        raise Invalid.field("state", "state-unknown", detail)
    return rows.filter(state=state)


def counted(rows: QuerySet[Assignment]) -> QuerySet[Assignment, Row]:
    """As `Row`s, with passages, annotations, and those that lack a stance.

    No objects: making four of them for each row would cost more than finding it.
    """
    standing = Annotation.objects.standing().filter(assignment=OuterRef("pk"))
    passages = Passage.objects.filter(document=OuterRef("document"), zone__in=CODED_ZONES)
    snapshots = Snapshot.objects.filter(assignment=OuterRef("pk"))
    listed: QuerySet[Assignment, Row] = rows.values(
        *SHOWN,
        passages=_count(passages),
        annotations=_count(standing),
        without_stance=_count(standing.filter(stance=None)),
        snapshots=_count(snapshots),
    )
    return listed


def _count(rows: QuerySet[Any]) -> Subquery:
    number = rows.order_by().annotate(n=Func(F("pk"), function="count")).values("n")
    return Subquery(number, output_field=IntegerField())


def neighbours(
    rows: QuerySet[Assignment], page: Sequence[Row], *, before: bool | None, after: bool | None
) -> dict[int, tuple[UUID | None, UUID | None]]:
    """(previous, next) in the list of each assignment of a page of it, by primary key.

    `before` and `after` say whether the list may have more there.
    """
    if not page:
        return {}
    uuids = rows.values_list("uuid", flat=True)
    first = uuids.filter(pk__lt=page[0]["pk"]).order_by("-pk").first() if before else None
    last = uuids.filter(pk__gt=page[-1]["pk"]).order_by("pk").first() if after else None
    ids = [first, *(row["uuid"] for row in page), last]
    return {row["pk"]: (ids[at], ids[at + 2]) for at, row in enumerate(page)}


def work_json(row: Row, beside: dict[int, tuple[UUID | None, UUID | None]]) -> dict[str, Any]:
    """A row of `counted`."""
    before, after = beside.get(row["pk"], (None, None))
    submitted = row["submitted_at"]
    return {
        "id": str(row["uuid"]),
        "project": row["project__slug"],
        "batch": row["batch__name"],
        "edition": row["batch__edition__number"],
        "document": str(row["document__uuid"]),
        "title": row["document__title"],
        "language": row["document__language"] or None,
        "slot": row["slot"],
        "state": row["state"],
        "claimed_at": row["claimed_at"].isoformat(),
        "last_activity_at": row["last_activity_at"].isoformat(),
        "submitted_at": submitted.isoformat() if submitted else None,
        "submissions": row["snapshots"],
        "passages": row["passages"],
        "annotations": row["annotations"],
        "without_stance": row["without_stance"],
        "previous": str(before) if before else None,
        "next": str(after) if after else None,
    }
