"""The next point for an adjudicator, by document, theme or pair of coders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.assignment.models import Assignment
from annotations.corpus.models import Document
from annotations.project.models import Coder, Project

from .cases import reaching_gold
from .models import Point, PointKind, Standing
from .standing import AT_ONCE, catch_up, waiting

By = Literal["document", "theme", "pair"]
Of = Literal["all", "disputes", "sample"]
ORDERS: tuple[By, ...] = get_args(By)
KINDS: tuple[Of, ...] = get_args(Of)
HOLD = timedelta(minutes=5)
"""So long whoever else asks is sent to another document, if there is one."""
MOST = 8 * AT_ONCE
"""Documents that one request may derive before it says that nothing is found."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which order, of which theme (a family's key) or pair (its code), and after which place.

    `after` is the document's UUID and a code point in it. Where a theme or a pair has nothing left,
    the next one follows.
    """

    by: By = "document"
    of: Of = "all"
    theme: str = ""
    pair: str = ""
    after: tuple[UUID, int] | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Where to go: the document, and the point in it."""

    document: UUID
    key: str
    family: str
    pairs: tuple[str, ...]


def next_point(project: Project, wanted: Wanted, *, by: Coder, now: datetime) -> Next | None:
    """The next point that waits, in documents that `by` did not code; None where there is none.

    Their document is held for them, softly: others are sent elsewhere for some minutes, unless
    nothing else is left. Nothing is locked, and nobody waits.
    """
    derived = 0
    while True:
        derived += (some := catch_up(project))
        found = _taken(project, wanted, by=by, now=now)
        if found is not None or some < AT_ONCE or derived >= MOST:
            return found


def is_left(project: Project, *, by: Coder) -> bool:
    """Whether anything waits in documents that `by` did not code."""
    catch_up(project)
    return _by_others(waiting(project), project, by).exists()


def hold(document: Document, *, by: Coder, now: datetime) -> None:
    """Keeps others away from the document for some minutes, where they have something else."""
    Standing.objects.filter(document=document).update(held_by=by, held_until=now + HOLD)


def own_work(project: Project, coder: Coder) -> QuerySet[Assignment]:
    """Documents that the coder has coded, who therefore does not settle them."""
    return Assignment.objects.live().filter(project=project, coder=coder)


def listed(project: Project, wanted: Wanted) -> QuerySet[Point]:
    """What waits of a kind, a theme and a pair, in the order that was asked for."""
    rows = waiting(project)
    if wanted.of != "all":
        disputes = Q(kind=PointKind.DISPUTE)
        rows = rows.filter(disputes if wanted.of == "disputes" else ~disputes)
    if wanted.by == "theme":
        rows = rows.filter(family=wanted.theme) if wanted.theme else rows
        return rows.order_by("family", "place", "pk")
    if wanted.by == "pair":
        rows = rows.filter(pairs__contains=[wanted.pair]) if wanted.pair else rows
        return rows.order_by("pairs", "place", "pk")
    return rows.order_by("place", "pk")


@transaction.atomic
def _taken(project: Project, wanted: Wanted, *, by: Coder, now: datetime) -> Next | None:
    free = Q(standing__held_until__isnull=True) | Q(standing__held_until__lt=now)
    for allowed in (free | Q(standing__held_by=by), Q()):
        for rows in _ways(project, wanted):
            point = _first(_by_others(rows, project, by).filter(allowed))
            if point is not None:
                hold(point.standing.document, by=by, now=now)
                place = point.standing.document.uuid
                return Next(place, point.key, point.family, tuple(point.pairs))
    return None


def _by_others(rows: QuerySet[Point], project: Project, by: Coder) -> QuerySet[Point]:
    own = own_work(project, by).filter(document=OuterRef("standing__document"))
    return rows.exclude(Exists(own))


def _first(rows: QuerySet[Point]) -> Point | None:
    rows = rows.select_related("standing__document").only(
        "key", "family", "pairs", "standing__document__uuid"
    )
    # Whoever asks at the same moment gets the next one, rather than waiting for this one.
    return rows.select_for_update(no_key=True, skip_locked=True, of=["standing"]).first()


def _ways(project: Project, wanted: Wanted) -> Iterator[QuerySet[Point]]:
    """From the nearest on: what follows, then from the start, then whatever else there is."""
    place = _place(project, wanted)
    if place is not None:
        yield listed(project, wanted).filter(place__gt=place)
    yield listed(project, wanted)
    if wanted.theme or wanted.pair:
        yield listed(project, replace(wanted, theme="", pair=""))


def _place(project: Project, wanted: Wanted) -> list[int] | None:
    if wanted.after is None:
        return None
    uuid, start = wanted.after
    known = Point.objects.filter(project=project, standing__document__uuid=uuid)
    for place in known.values_list("place", flat=True)[:1]:
        return [*place[:2], start]
    items = reaching_gold(project).filter(document__uuid=uuid)
    for batch, position in items.values_list("batch_id", "position")[:1]:
        return [batch, position, start]
    return None
