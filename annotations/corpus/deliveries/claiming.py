"""Who reads which delivered file: leases, attempts, and outcomes written once.

A claim counts as an attempt, and is written before anything is read: whatever dies, the file is
claimed again when its lease runs out, and refused when that has happened too often. Files that were
claimed before are claimed alone, so that one that kills its worker takes no other with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from annotations.corpus.copying import rows_of
from annotations.corpus.deliveries.limits import (
    CLAIMED_BYTES,
    CLAIMED_FILES,
    LEASE,
    MOST_ATTEMPTS,
    latest_lease,
)
from annotations.corpus.models import Document, ImportFile, Outcome
from annotations.text.phrases import wording

WORKER_LOST = wording("Reading stopped %(count)s times without a result; the file is left out.")

_CLAIM = """
WITH open AS (
  SELECT id, position, size FROM annotations_importfile
   WHERE delivery_id = %s AND outcome = 'waiting' AND attempts {attempts}
     AND (leased_until BETWEEN %s AND %s) IS NOT TRUE
   ORDER BY {order} LIMIT %s FOR UPDATE SKIP LOCKED
), chosen AS (
  SELECT id FROM (
    SELECT id, sum(size) OVER (ORDER BY position) - size AS before FROM open
  ) AS measured WHERE before < %s
)
UPDATE annotations_importfile file SET attempts = attempts + 1, leased_until = %s
  FROM chosen WHERE file.id = chosen.id
RETURNING file.id, position, name, size, content, sha256, reading, attempts, container_id
"""
_FRESH = _CLAIM.format(attempts="= 0", order="position")
_SUSPECT = _CLAIM.format(attempts="BETWEEN 1 AND %s", order="attempts, position")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that is ours to read until the lease runs out; `attempts` says which claim it is."""

    pk: int
    position: int
    name: str
    size: int
    data: bytes
    sha256: str
    reading: dict[str, Any]
    attempts: int
    container: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file; `reason` is for the person who sent it, in English to be stored."""

    outcome: Outcome
    document: Document | None = None
    reason: str = ""


def claim(delivery: int, *, now: datetime) -> list[Claimed]:
    """Some files that wait, in order; or one alone of those that were claimed before."""
    until = now + timedelta(seconds=LEASE)
    held = [now, latest_lease(now=now)]
    found = rows_of(_FRESH, [delivery, *held, CLAIMED_FILES, CLAIMED_BYTES, until])
    if not found:
        give_up(delivery, now=now)
        found = rows_of(_SUSPECT, [delivery, MOST_ATTEMPTS - 1, *held, 1, CLAIMED_BYTES, until])
    return sorted((_claimed(row) for row in found), key=lambda file: file.position)


def _claimed(row: tuple[Any, ...]) -> Claimed:
    pk, position, name, size, content, sha256, reading, attempts, container = row
    data = bytes(content or b"")
    said = json.loads(reading) if isinstance(reading, str) else reading
    return Claimed(pk, position, name, size, data, sha256, said, attempts, container)


def give_up(delivery: int, *, now: datetime) -> None:
    """Refuses what was claimed as often as it may be, whoever was killed by it."""
    ImportFile.objects.filter(
        delivery=delivery, outcome=Outcome.WAITING, attempts__gte=MOST_ATTEMPTS
    ).exclude(leased_until=None).exclude(leased_until__range=(now, latest_lease(now=now))).update(
        outcome=Outcome.REFUSED,
        reason=WORKER_LOST % {"count": MOST_ATTEMPTS},
        content=None,
        finished_at=now,
    )


def renew(files: Sequence[Claimed], *, now: datetime) -> None:
    rows_of(
        "UPDATE annotations_importfile SET leased_until = %s"
        " WHERE id = ANY(%s) AND outcome = 'waiting'",
        [now + timedelta(seconds=LEASE), [file.pk for file in files]],
    )


def give_back(files: Sequence[Claimed], *, tried: bool = False) -> None:
    """Anyone may claim them at once; `tried`: the attempt was one, and counts."""
    rows_of(
        "UPDATE annotations_importfile SET leased_until = NULL, attempts = attempts - %s"
        " WHERE id = ANY(%s) AND outcome = 'waiting'",
        [0 if tried else 1, [file.pk for file in files]],
    )


def still_ours(files: Sequence[Claimed]) -> set[int]:
    """Locks and gives those that nobody else has claimed, finished or cancelled since."""
    found = rows_of(
        "SELECT id FROM annotations_importfile f"
        "  JOIN unnest(%s::bigint[], %s::int[]) AS claimed (pk, attempt) ON pk = id"
        " WHERE outcome = 'waiting' AND attempts = attempt ORDER BY id FOR UPDATE OF f",
        [[file.pk for file in files], [file.attempts for file in files]],
    )
    return {pk for (pk,) in found}


def ask(file: Claimed, reading: dict[str, Any]) -> None:
    """It waits for a person, who is shown `reading["preview"]`."""
    rows_of(
        "UPDATE annotations_importfile SET outcome = 'asked', reading = %s, leased_until = NULL,"
        " attempts = 0 WHERE id = %s AND outcome = 'waiting' AND attempts = %s",
        [Jsonb(reading), file.pk, file.attempts],
    )


def finish(outcomes: Sequence[tuple[Claimed, Taken]], *, now: datetime) -> None:
    """The bytes leave here: the Source has them, or nobody wants them."""
    if not outcomes:
        return
    rows_of(
        "UPDATE annotations_importfile SET outcome = o, reason = r, document_id = d,"
        "       content = NULL, leased_until = NULL, finished_at = %s"
        "  FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[], %s::bigint[])"
        "    AS became (pk, attempt, o, r, d)"
        " WHERE id = pk AND outcome = 'waiting' AND attempts = attempt",
        [
            now,
            [file.pk for file, _ in outcomes],
            [file.attempts for file, _ in outcomes],
            [taken.outcome.value for _, taken in outcomes],
            [taken.reason for _, taken in outcomes],
            [taken.document.pk if taken.document else None for _, taken in outcomes],
        ],
    )
