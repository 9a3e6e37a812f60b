"""What a release frozen now would hold, what it would leave out, and why."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.adjudication.cases import complete, reaching_gold
from annotations.adjudication.models import PointKind, Standing
from annotations.adjudication.standing import waiting
from annotations.assignment.models import Assignment, BatchDocument
from annotations.corpus.models import Document
from annotations.project.models import Project

from .gathering import candidates, cases

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Left:
    """Documents that stay out for one reason; `points` are the coders or disputes they wait for.

    `first` are (id, title) of the first of them.
    """

    reason: str
    documents: int
    points: int
    first: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """`left` in the order: waiting-for-coders, open-disputes, pilot, taken-down, no-round."""

    documents: int
    left: tuple[Left, ...]


def preview(project: Project) -> Preview:
    """Exact; derives only documents that have changed since, or have disputes."""
    ready, disputed = _derived(project)
    left = left_out(project, ready, disputed)
    shown = tuple(
        Left(each, len(found), sum(found.values()), _first(found)) for each, found in left
    )
    return Preview(len(ready), tuple(each for each in shown if each.documents))


def left_out(
    project: Project, ready: Set[int], disputed: Mapping[int, int]
) -> list[tuple[str, Mapping[int, int]]]:
    """Each reason with its documents, and what each of them waits for; keys are primary keys.

    `ready` are the documents that are in, `disputed` the open disputes of those that coders are
    done with and that are not.
    """
    gold = reaching_gold(project)
    planned = BatchDocument.objects.filter(project=project, batch__opened_at__isnull=False)
    taken = _ids(planned.filter(document__taken_down=True))
    waits = _waits(project, taken)
    pilots = _ids(planned) - _ids(gold) - taken
    rest = set(Document.objects.current().filter(project=project).values_list("pk", flat=True))
    rest -= ready | disputed.keys() | waits.keys() | taken | pilots
    return [
        ("waiting-for-coders", waits),
        ("open-disputes", disputed),
        ("pilot", dict.fromkeys(pilots, 0)),
        ("taken-down", dict.fromkeys(taken, 0)),
        ("no-round", dict.fromkeys(rest, 0)),
    ]


def _ids(items: QuerySet[BatchDocument]) -> set[int]:
    return set(items.order_by().values_list("document_id", flat=True))


def _derived(project: Project) -> tuple[set[int], dict[int, int]]:
    """Documents that would be in, and the number of open disputes of each that would not."""
    items = candidates(project)
    whole = _ids(items)
    known = Standing.objects.filter(project=project, derived=F("changes"), document__in=whole)
    settled = set(known.values_list("document_id", flat=True))
    disputes = waiting(project).filter(kind=PointKind.DISPUTE).order_by()
    settled -= set(disputes.values_list("standing__document_id", flat=True))
    ready, disputed = set(settled), dict[int, int]()
    unsure = items.filter(document__in=whole - settled)
    for case in cases(unsure):
        document = case.item.document_id
        if case.state == "adjudicated":
            ready.add(document)
        else:
            disputed.setdefault(document, len(case.open_disputes))
    return ready, {key: disputed[key] for key in disputed.keys() - ready}


def _waits(project: Project, taken: set[int]) -> dict[int, int]:
    """How many coders each document waits for, in the round that waits for the fewest."""
    there = (
        Assignment.objects.submitted()
        .filter(batch=OuterRef("batch"), document=OuterRef("document"))
        .order_by()
        .values("batch")
        .annotate(number=Count("pk"))
        .values("number")
    )
    items = reaching_gold(project).exclude(
        document__in=_ids(complete(reaching_gold(project))) | taken
    )
    rows = items.order_by().values_list(
        "document_id", Coalesce("slots", "batch__slots") - Coalesce(Subquery(there), 0)
    )
    found: dict[int, int] = {}
    for document, missing in rows:
        found[document] = min(missing, found.get(document, missing))
    return found


def _first(documents: Mapping[int, int]) -> tuple[tuple[str, str], ...]:
    some = sorted(documents)[:SHOWN]
    rows = Document.objects.filter(pk__in=some).order_by("pk").values_list("uuid", "title")
    return tuple((str(uuid), title) for uuid, title in rows)
