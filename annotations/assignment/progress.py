"""How far the work is, by what the database counts along."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from annotations.assignment.forecasting import Forecast, forecast
from annotations.assignment.models import OPEN_STATES, Assignment, Batch, State
from annotations.assignment.offering import count_offered
from annotations.assignment.seats import Hand
from annotations.assignment.tallies import by_coder
from annotations.project.lately import lately
from annotations.project.models import Coder, Project


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Slots of a batch: wanted, submitted, and being worked on."""

    batch: Batch
    documents: int
    wanted: int
    submitted: int
    open: int

    def forecast(self, done: Iterable[Submitted], *, today: date) -> Forecast:
        """From the days of its submissions among those given."""
        days = by_day(each for each in done if each.batch == self.batch.pk)
        return forecast(self.wanted - self.submitted, days, today=today)

    @property
    def percent(self) -> int:
        return round(100 * self.submitted / self.wanted) if self.wanted else 0


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """Someone in a round. `forecast` is of their own seats, and None for who has left."""

    coder: Coder
    hand: Hand | None
    seats: int
    submitted: int
    open: int
    skipped: int
    forecast: Forecast | None


# All are read from what is kept; what was archived or taken down, mostly little, is looked up and taken away.
COUNT = """
WITH gone AS MATERIALIZED (
  SELECT document_id FROM annotations_archived UNION SELECT document_id FROM annotations_takedown)
SELECT b.id, t.documents - g.documents, i.slots + (t.documents - i.own) * b.slots - g.slots,
       t.submitted - w.submitted, t.open - w.open
  FROM annotations_batch b
 CROSS JOIN LATERAL (
  SELECT coalesce(sum(number) FILTER (WHERE coder_id IS NULL), 0)::bigint AS documents,
         coalesce(sum(number) FILTER (WHERE state = 'submitted'), 0)::bigint AS submitted,
         coalesce(sum(number) FILTER (WHERE state IN ('claimed', 'in_progress')), 0)::bigint AS open
    FROM annotations_tally t WHERE t.batch_id = b.id) t
 CROSS JOIN LATERAL (
  SELECT count(*) AS own, coalesce(sum(i.slots), 0) AS slots
    FROM annotations_batchdocument i WHERE i.batch_id = b.id AND i.slots IS NOT NULL) i
 CROSS JOIN LATERAL (
  SELECT count(*) AS documents, coalesce(sum(coalesce(i.slots, b.slots)), 0) AS slots
    FROM gone JOIN annotations_batchdocument i ON i.batch_id = b.id AND i.document_id = gone.document_id) g
 CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE a.state = 'submitted') AS submitted,
         count(*) FILTER (WHERE a.state <> 'submitted') AS open
    FROM gone JOIN annotations_assignment a ON a.batch_id = b.id AND a.document_id = gone.document_id
     AND a.state IN ('claimed', 'in_progress', 'submitted')) w
 WHERE b.project_id = %(project)s AND (%(among)s::bigint[] IS NULL OR b.id = ANY (%(among)s::bigint[]))
"""
GONE = """
SELECT i.document_id FROM annotations_batchdocument i
  JOIN (SELECT document_id FROM annotations_archived UNION SELECT document_id FROM annotations_takedown) g
    ON g.document_id = i.document_id
 WHERE i.batch_id = %(batch)s
"""
OWN = """
SELECT (SELECT coalesce(sum(number), 0)::bigint FROM annotations_tally
         WHERE coder_id = %(coder)s AND state = 'submitted')
       - (SELECT count(*) FROM annotations_takedown w JOIN annotations_assignment a ON a.document_id = w.document_id
           WHERE a.coder_id = %(coder)s AND a.state = 'submitted'),
       (SELECT coalesce(sum(number), 0)::bigint FROM annotations_tally t JOIN annotations_batch b ON b.id = t.batch_id
         WHERE t.coder_id = %(coder)s AND t.state IN ('claimed', 'in_progress')
           AND b.opened_at IS NOT NULL AND b.closed_at IS NULL)
"""


def of_batches(project: Project, among: Sequence[Batch] | None = None) -> list[BatchProgress]:
    """Every batch of the project, or those given, in the order they were made."""
    keys = None if among is None else [batch.pk for batch in among]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"project": project.pk, "among": keys})
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    batches = Batch.objects.filter(project=project).select_related("edition").order_by("pk")
    if keys is not None:
        batches = batches.filter(pk__in=keys)
    return [BatchProgress(batch, *counted.get(batch.pk, (0, 0, 0, 0))) for batch in batches]


class Submitted(NamedTuple):
    """How many submissions of a coder in a round stand of one day; keys of round and coder."""

    batch: int
    coder: int
    day: date
    number: int


def submissions(project: Project, batch: Batch | None = None) -> list[Submitted]:
    """Of one round or of all, by day; of very many as they were a minute ago."""
    rows = Assignment.objects.submitted().filter(project=project)
    if batch is not None:
        rows = rows.filter(batch=batch)
    days = rows.filter(submitted_at__isnull=False).annotate(day=TruncDate("submitted_at"))
    found = days.order_by("day").values_list("batch", "coder", "day").annotate(n=Count("pk"))
    return lately(
        f"submissions-{project.pk}-{batch.pk if batch else 0}",
        lambda: [Submitted(*row) for row in found],
        rows=lambda known: sum(each.number for each in known),
    )


def by_day(done: Iterable[Submitted]) -> Counter[date]:
    """How many came on each day."""
    days: Counter[date] = Counter()
    for each in done:
        days[each.day] += each.number
    return days


def of_people(batch: Batch, *, today: date) -> list[PersonProgress]:
    """Everyone who takes part, has taken part or has work in the round, by pseudonym."""
    hands = {hand.coder_id: hand for hand in batch.hands.select_related("replaced_by__coder__user")}
    work, gone = by_coder(batch), _gone(batch)
    left_out = Assignment.objects.filter(batch=batch, document__in=gone)
    for coder, state, count in _counted(left_out, "state") if gone else ():
        work[coder][state] -= count
    work = defaultdict(
        Counter, {coder: found for coder, found in work.items() if any(found.values())}
    )
    standing = batch.seats.standing().exclude(document__in=gone)
    seats = {coder: count for coder, count in _counted(standing)}
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for each in submissions(batch.project, batch):
        days[each.coder][each.day] += each.number
    people = Coder.objects.filter(pk__in={*hands, *work, *seats}).select_related("user")
    return [
        _person(coder, hands.get(coder.pk), work[coder.pk], seats.get(coder.pk), days, today)
        for coder in people.order_by("pseudonym")
    ]


def _gone(batch: Batch) -> list[int]:
    """Its documents, by primary key, that nobody codes any more: archived or taken down."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, {"batch": batch.pk})
        return [row[0] for row in cursor.fetchall()]


def _counted(rows: QuerySet[Any], *columns: str) -> list[tuple[Any, ...]]:
    return list(rows.order_by().values_list("coder", *columns).annotate(n=Count("pk")))


def _person(
    coder: Coder,
    hand: Hand | None,
    work: Counter[str],
    seats: int | None,
    days: Mapping[int, Counter[date]],
    today: date,
) -> PersonProgress:
    submitted, gone = work[State.SUBMITTED], hand is not None and hand.left_at is not None
    left = None if seats is None else seats - submitted
    return PersonProgress(
        coder=coder,
        hand=hand,
        seats=seats or 0,
        submitted=submitted,
        open=sum(work[state] for state in OPEN_STATES),
        skipped=work[State.SKIPPED],
        forecast=None if gone else forecast(left, days.get(coder.pk, ()), today=today),
    )


def of_coder(coder: Coder) -> dict[str, int]:
    """`{"done", "total"}`: submitted by the coder, and what they have or could still take.

    What was taken down is in neither.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"coder": coder.pk})
        done, held = cursor.fetchone()
    return {"done": done, "total": done + held + _offered(coder, done=done)}


def _offered(coder: Coder, *, done: int) -> int:
    return lately(
        f"offered-{coder.pk}", lambda: count_offered(coder), rows=lambda known: known + done
    )
