"""Stability: how far coders agree with themselves when they code the same documents again.

The reliability that Krippendorff (2019, ch. 12) calls stability, also test-retest or intra-coder
reliability: the coefficients of agreement, of two codings by one person in place of one each by two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from django.core.cache import caches

from annotations.assignment.models import Batch, BatchKind
from annotations.coding.models import Snapshot
from annotations.project.models import Coder

from .coefficients.figures import Coefficient
from .gathering import gather
from .measuring import Measured, Presence, measure
from .reports import fingerprint, roots_of
from .submissions import Selection, Submitted, read

VERSION = 1
Twice = tuple[Snapshot, Snapshot]
"""What one person submitted of a document, then and now."""


@dataclass(frozen=True, slots=True)
class OfCoder:
    """One person beside themselves; `themes` by key, None where they judged no passage twice."""

    pseudonym: str
    documents: int
    overall: Coefficient | None
    themes: Mapping[str, Presence]


@dataclass(frozen=True, slots=True)
class Stability:
    """Of a retest. `documents` counts codings made twice, a document once for each coder.

    `alone` is how many submissions have no earlier one of the same edition beside them; `days`
    are the shortest, median and longest time between two.
    """

    measured: Measured
    coders: tuple[OfCoder, ...]
    documents: int
    alone: int
    days: tuple[float, float, float]


def stability(batch: Batch | None) -> Stability | None:
    """None for what is no retest, and before anybody has coded something twice."""
    if batch is None or batch.kind != BatchKind.RETEST:
        return None
    twice, alone = _twice(batch)
    if not twice:
        return None
    key = _fingerprint(batch, twice, alone)
    kept = caches["figures"].get(key)
    if not isinstance(kept, Stability):
        kept = _stability(batch, twice, alone)
        caches["figures"].set(key, kept)
    return kept


def _twice(batch: Batch) -> tuple[list[Twice], int]:
    """Each first submission of the retest with the newest one before it by the same edition."""
    rows = Snapshot.objects.filter(number=1, edition=batch.edition)
    now = list(rows.filter(batch=batch).order_by("coder", "document"))
    earlier = rows.filter(document__in={each.document_id for each in now}).exclude(batch=batch)
    then: dict[tuple[int, int], list[Snapshot]] = {}
    for each in earlier.order_by("taken_at", "pk"):
        then.setdefault((each.coder_id, each.document_id), []).append(each)
    found = []
    for each in now:
        before = [
            one
            for one in then.get((each.coder_id, each.document_id), ())
            if (one.taken_at, one.pk) < (each.taken_at, each.pk)
        ]
        if before:
            found.append((before[-1], each))
    return found, len(now) - len(found)


def _stability(batch: Batch, twice: Sequence[Twice], alone: int) -> Stability:
    """Each coder is two columns, then and now; a document of each is a text of its own."""
    coders = sorted({now.coder_id for _, now in twice})
    pseudonyms = dict(Coder.objects.filter(pk__in=coders).values_list("pk", "pseudonym"))
    names = {sign * pk: f"{sign * pk:+d}" for pk in coders for sign in (-1, 1)}
    codings = gather(
        Selection(batch.edition, batch),
        [row for pair in twice for row in _columns(*pair)],
        names=names,
    )
    measured = measure(codings, roots_of(batch.edition), seed=batch.edition.number)
    return Stability(
        measured=measured,
        coders=tuple(
            _of_coder(measured, pseudonyms[pk], (names[-pk], names[pk]), _count(twice, pk))
            for pk in coders
        ),
        documents=len(twice),
        alone=alone,
        days=_days([(then.taken_at, now.taken_at) for then, now in twice]),
    )


def _columns(then: Snapshot, now: Snapshot) -> tuple[Submitted, Submitted]:
    """Both as of one text, which is this coder's alone."""
    coder = now.coder_id
    return (
        replace(read(then), batch=coder, coder=-coder),
        replace(read(now), batch=coder, coder=coder),
    )


def _of_coder(measured: Measured, pseudonym: str, pair: tuple[str, str], documents: int) -> OfCoder:
    themes = {each.theme: each.pairs[pair] for each in measured.themes if pair in each.pairs}
    return OfCoder(pseudonym, documents, measured.pairs.get(pair), themes)


def _count(twice: Sequence[Twice], coder: int) -> int:
    return sum(now.coder_id == coder for _, now in twice)


def _days(times: Sequence[tuple[datetime, datetime]]) -> tuple[float, float, float]:
    days = [(now - then).total_seconds() / 86_400 for then, now in times]
    return min(days), median(days), max(days)


def _fingerprint(batch: Batch, twice: Sequence[Twice], alone: int) -> str:
    rests = [
        VERSION,
        fingerprint(Selection(batch.edition, batch)),
        [(then.pk, now.pk) for then, now in twice],
        alone,
    ]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()
