"""How many files of a delivery became what; the many that went well are what is left of all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from annotations.corpus.models import Import, Outcome
from annotations.project.lately import lately

# Each is read from an index of files that are not `added`, which an import that goes well never writes.
COUNTED = """
SELECT (SELECT max(position) FROM annotations_importfile WHERE delivery_id = %(delivery)s),
       (SELECT count(*) FROM annotations_importfile WHERE delivery_id = %(delivery)s AND outcome = 'waiting'),
       (SELECT coalesce(jsonb_object_agg(outcome, n), '{}') FROM (
          SELECT outcome, count(*) AS n FROM annotations_importfile WHERE delivery_id = %(delivery)s
             AND outcome IN ('asked', 'already-there', 'refused', 'unpacked', 'cancelled') GROUP BY outcome) o)::text
"""
ALL = "SELECT count(*) FROM annotations_importfile WHERE delivery_id = %s AND position <= %s"
FIRST = """
SELECT position FROM annotations_importfile
 WHERE delivery_id = %(delivery)s AND outcome IN ('asked', 'already-there', 'refused', 'unpacked', 'cancelled')
   AND outcome = ANY (%(first)s) ORDER BY array_position(%(first)s, outcome::text), position
"""


def outcomes(delivery: Import) -> dict[str, int]:
    """By outcome, those that there are; how many files it has in all is counted once, as they only come."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"delivery": delivery.pk})
        last, waiting, said = cursor.fetchone()
    if last is None:
        return {}
    rest = {**json.loads(said), Outcome.WAITING.value: waiting}
    every = lately(f"files-{delivery.pk}-{last}", lambda: _all(delivery, last), rows=int)
    rest[Outcome.ADDED.value] = every - sum(rest.values())
    return {outcome: count for outcome, count in rest.items() if count > 0}


def _all(delivery: Import, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ALL, [delivery.pk, last])
        count: int = cursor.fetchone()[0]
    return count


def positions_first(delivery: Import, outcomes: Sequence[str]) -> list[int]:
    """Of the files that became one of these, in the order of these and then of their own."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"delivery": delivery.pk, "first": list(outcomes)})
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Positions from 0 to `last`: those in `first` as they stand there, then the others in their order.

    >>> Ordered([3, 1], last=4)[0:5]
    [3, 1, 0, 2, 4]
    >>> len(Ordered([3, 1], last=4)), Ordered([3, 1], last=4)[3:5]
    (5, [2, 4])
    """

    first: list[int]
    last: int

    def __len__(self) -> int:
        return self.last + 1

    def __getitem__(self, stretch: slice) -> list[int]:
        begin, end, _step = stretch.indices(len(self))
        beside = max(begin - len(self.first), 0)
        others = islice(self._others(beside), max(end - max(begin, len(self.first)), 0))
        return [*self.first[begin:end], *others]

    def _others(self, skipped: int) -> Iterator[int]:
        """From the one that so many come before."""
        at, known = skipped, sorted(self.first)
        for each in known:
            if each > at:
                break
            at += 1
        taken = set(known)
        return (position for position in range(at, self.last + 1) if position not in taken)
