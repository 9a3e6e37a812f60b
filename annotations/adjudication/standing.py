"""Which points wait, kept so that the next one is found at once.

The rows are never believed unless the database has counted no change since they were derived:
whatever a case is read from counts up `Standing.changes` in its own transaction, by triggers.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F, QuerySet

from annotations.corpus.models import Document
from annotations.project.models import Project

from .cases import Case, reaching_gold, read_all
from .checking import Kind, Tally
from .models import Point, PointKind, Standing
from .points import OPEN, DerivedPoint, points_of

AT_ONCE = 25
"""Documents that are derived in one go."""


def behind(project: Project) -> QuerySet[Standing]:
    """Documents that something has changed of since they were derived."""
    return Standing.objects.filter(project=project, derived__lt=F("changes"))


def projects_behind() -> QuerySet[Project]:
    """Those with such documents."""
    rows = Standing.objects.filter(derived__lt=F("changes"))
    return Project.objects.filter(pk__in=rows.values("project"))


def believed(project: Project) -> QuerySet[Point]:
    """The points of all documents that nothing has changed of since."""
    # ≥ and not =, though it is never more: of an equality the planner expects next to nothing,
    # and sorts all points where it could take the first of an index.
    rows = Point.objects.filter(project=project, standing__derived__gte=F("standing__changes"))
    return rows.filter(standing__document__taken_down=False)


def waiting(project: Project) -> QuerySet[Point]:
    """Those that wait for a person."""
    return believed(project).filter(result=OPEN)


def catch_up(project: Project, *, most: int = AT_ONCE) -> int:
    """Derives what has changed, `most` documents at most; how many it was."""
    done = 0
    while done < most:
        rows = list(behind(project).order_by("pk")[: min(AT_ONCE, most - done)])
        if not rows:
            break
        keep(rows, _derived(project, rows))
        done += len(rows)
    return done


def counted(document: Document) -> int:
    """How many changes the database has counted of a document's case."""
    return Standing.objects.filter(document=document).values_list("changes", flat=True).first() or 0


def keep_ruled(case: Case, *, since: int) -> None:
    """Keeps what a ruling leaves of the case it was made on, in the ruling's own transaction.

    `since` was counted before the case was read: if the ruling is not the only change since, what
    is kept stays out of date, and is derived by the next who looks.
    """
    rows = list(Standing.objects.filter(document=case.item.document_id, changes=since + 1))
    keep(rows, {case.item.document_id: points_of(case)} if rows else {})


def rebuild(project: Project) -> int:
    """Derives every document anew; how many there are."""
    Standing.objects.filter(project=project).update(derived=0)
    return catch_up(project, most=Standing.objects.filter(project=project).count())


def cases_of(project: Project, documents: Sequence[int]) -> list[Case]:
    """The case that each document's gold rests on, as `case_of` chooses it; in no order."""
    found: dict[int, Case] = {}
    for case in read_all(list(reaching_gold(project).filter(document__in=documents))):
        kept = found.get(case.item.document_id)
        if kept is None or (kept.waiting and not case.waiting):
            found[case.item.document_id] = case
    return list(found.values())


def tally_of(project: Project) -> dict[Kind, Tally]:
    """What became of the sample of what coders agree on, over all documents."""
    found: dict[Kind, Tally] = {"unanimous": Tally(), "untagged": Tally()}
    drawn = believed(project).exclude(kind=PointKind.DISPUTE).order_by()
    for kind, result, n in drawn.values_list("kind", "result").annotate(n=Count("pk")):
        row = found[kind]
        row.drawn += n
        row.checked += n * (result != OPEN)
        row.overturned += n * (result == "overturned")
    return found


def _derived(project: Project, rows: list[Standing]) -> dict[int, list[DerivedPoint]]:
    """By document."""
    cases = cases_of(project, [row.document_id for row in rows])
    return {case.item.document_id: points_of(case) for case in cases}


@transaction.atomic
def keep(rows: list[Standing], derived: dict[int, list[DerivedPoint]]) -> None:
    """Unless something has changed meanwhile: then the next one who looks derives it again."""
    locked = Standing.objects.select_for_update(no_key=True).order_by("document_id")
    now = dict(locked.filter(pk__in=[row.pk for row in rows]).values_list("pk", "changes"))
    fresh = [row for row in rows if now.get(row.pk) == row.changes]
    Point.objects.filter(standing__in=fresh).delete()
    Point.objects.bulk_create(
        [
            Point(standing=row, project_id=row.project_id, **_columns(point))
            for row in fresh
            for point in derived.get(row.document_id, ())
        ]
    )
    Standing.objects.filter(pk__in=[row.pk for row in fresh]).update(derived=F("changes"))


def _columns(point: DerivedPoint) -> dict[str, object]:
    return {
        "kind": point.kind,
        "result": point.result,
        "key": point.key,
        "place": list(point.place),
        "family": point.family,
        "pairs": list(point.pairs),
    }
