"""The rows of a release, many documents at once by COPY; only in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from annotations.corpus.copying import Row, copy, keys

from .canonical import line
from .models import Release
from .rows import STORED, stored_line
from .schema import SpanRow
from .shapes.evidence import plain
from .spooling import Grounds, Settled

DOCUMENTS_AT_ONCE = 100
SPANS_AT_ONCE = 2_000

_OWN = {"id": "int8", "project_id": "int8", "release_id": "int8"}
_DOCUMENT = {
    **_OWN,
    **{"document_id": "int8", "edition_id": "int8", "position": "int4", "sha256": "text"},
    **{"text_sha256": "text", "raw_sha256": "text", "line": "jsonb"},
}
_EVIDENCE = {**_OWN, "released_id": "int8", "content": "jsonb"}
_KINDS = {"start": "int4", "end": "int4", "votes_for": "int2", "votes_total": "int2"}
_SPAN = {
    **_OWN,
    **{"released_id": "int8", "document_id": "int8", "ruling_id": "int8", "revisions": "int8[]"},
    "uuid": "uuid",
    **{name: _KINDS.get(name, "text") for name in STORED},
}


def store(release: Release, settled: Iterable[Settled]) -> None:
    """Documents, labels and evidence, in the order in which they come; few are held."""
    first = 0
    for some in _in_groups(settled):
        _store(release, some, first)
        first += len(some)


def _in_groups(settled: Iterable[Settled]) -> Iterator[list[Settled]]:
    group: list[Settled] = []
    spans = 0
    for each in settled:
        group.append(each)
        spans += len(each.grounds)
        if len(group) == DOCUMENTS_AT_ONCE or spans >= SPANS_AT_ONCE:
            yield group
            group, spans = [], 0
    if group:
        yield group


def _store(release: Release, some: list[Settled], first: int) -> None:
    of_release = (release.project_id, release.pk)
    released = keys("annotations_releasedocument", len(some))
    copy(
        "annotations_releasedocument",
        _DOCUMENT,
        (
            (key, *of_release, each.document, each.edition, first + at, *_said(each))
            for at, (key, each) in enumerate(zip(released, some, strict=True))
        ),
    )
    spans = keys("annotations_releasespan", sum(len(each.grounds) for each in some))
    rows = (_spans(key, each) for key, each in zip(released, some, strict=True))
    copy(
        "annotations_releasespan",
        _SPAN,
        (
            (key, *of_release, *row)
            for key, row in zip(spans, chain.from_iterable(rows), strict=True)
        ),
    )
    evidence = keys("annotations_releaseevidence", len(some))
    copy(
        "annotations_releaseevidence",
        _EVIDENCE,
        (
            (own, *of_release, key, Jsonb(plain(each.evidence)))
            for own, key, each in zip(evidence, released, some, strict=True)
        ),
    )


def _said(each: Settled) -> Row:
    row = each.row
    digest = sha256(line(row)).hexdigest()
    return (digest, row.text_sha256, row.raw_sha256, Jsonb(stored_line(row)))


def _spans(released: int, each: Settled) -> Iterator[Row]:
    for span, grounds in zip(each.row.spans, each.grounds, strict=True):
        yield (released, each.document, *_grounds(grounds), UUID(span.id), *_values(span))


def _grounds(grounds: Grounds) -> tuple[int | None, list[int]]:
    return grounds.ruling, list(grounds.revisions)


def _values(span: SpanRow) -> Iterator[Any]:
    if span.stance is None or span.holder_kind is None:
        raise ValueError(f"label {span.id} was settled without its stance or holder")
    return (getattr(span, name) for name in STORED)
