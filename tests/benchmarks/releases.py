"""Releases of any size for measuring: texts and labels made up, stored as a freeze stores them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from annotations.codebook.models import Edition
from annotations.corpus.copying import copy, keys, rows_of
from annotations.release.canonical import line
from annotations.release.counting import Digest
from annotations.release.models import Release
from annotations.release.schema import SCHEMA_VERSION, AttributeRow, DocumentRow, SpanRow, ZoneRow
from annotations.release.serving import DOCUMENTS
from annotations.release.shapes.evidence import CodedLabel, Coding, Evidence, Extent, GoldMark
from annotations.release.spooling import Grounds, Settled
from annotations.release.storing import store
from tests.benchmarks.press import article
from tests.cast import NOW, STANCES, THEMES, Cast

SPANS = 100
"""Labels a document."""
ROOTS = {key: parent or key for key, _code, parent in THEMES}
AT_ONCE = 500  # documents


def released(cast: Cast, spans: int) -> Release:
    """A release of `spans` labels, SPANS to a text of 2,000 characters in five languages."""
    edition, project = cast.edition, cast.project
    made = _Made(edition, spans // SPANS)
    made.store_texts(project.pk)
    digest = Digest()
    for each in made:
        digest.add(line(each.row))
    frozen = digest.said
    with transaction.atomic():
        before = Release.objects.filter(project=project).count()
        release = Release.objects.create(
            project=project,
            number=before + 1,
            schema_version=SCHEMA_VERSION,
            sha256=frozen["sha256"],
            size=frozen["size"],
            documents_total=spans // SPANS,
            spans_total=spans // SPANS * SPANS,
            # Shapes are there, but not promised: their hashes would take as long as all else.
            manifest={"files": {DOCUMENTS: frozen}},
            by=cast.coder(cast.mia),
            at=NOW,
        )
        store(release, made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return release


class _Made:
    """Settled documents, the same each time they are gone through; none is held."""

    def __init__(self, edition: Edition, count: int) -> None:
        self._edition, self._count = edition, count
        self._keys: list[int] = []

    def store_texts(self, project: int) -> None:
        self._keys = keys("annotations_document", self._count)
        for first in range(0, self._count, AT_ONCE):
            _store_texts(project, self._keys[first : first + AT_ONCE], first)

    def __iter__(self) -> Iterator[Settled]:
        for number, key in enumerate(self._keys):
            row = _row(number, key)
            evidence = _evidence(row)
            grounds = tuple(Grounds(None, (2 * n, 2 * n + 1)) for n in range(SPANS))
            yield Settled(key, self._edition.pk, row, grounds, evidence)


def _identifier(kind: int, key: int, number: int = 0) -> str:
    return str(UUID(int=(kind << 120) | (key << 32) | (7 << 76) | number))


def _text(number: int) -> str:
    return "\n".join(article(Random(number), number))


def _store_texts(project: int, drawn: list[int], first: int) -> None:
    texts = [_text(first + at) for at in range(len(drawn))]
    sources = keys("annotations_source", len(drawn))
    datas = [text.encode() + f"\n{key}".encode() for text, key in zip(texts, drawn, strict=True)]
    hashes = [sha256(data).hexdigest() for data in datas]
    copy(
        "annotations_source",
        {
            **{"id": "int8", "project_id": "int8", "sha256": "text", "size": "int8"},
            **{"name": "text", "content": "bytea", "received_at": "timestamptz"},
            **{"takedown_reason": "text"},
        },
        (
            (source, project, digest, len(data), "a.txt", data, NOW, "")
            for source, digest, data in zip(sources, hashes, datas, strict=True)
        ),
    )
    rows_of(
        """
        INSERT INTO annotations_document (id, uuid, part, version, story_relation, external_id,
            title, source_url, language, languages, attributes, encoding, repairs, warnings, text,
            text_sha256, length, created_at, project_id, source_id)
        SELECT key, said, '', 1, '', '', 'Day', '', 'en', '["en"]', '[]', 'utf-8', '[]', '[]', text,
            encode(sha256(convert_to(text, 'UTF8')), 'hex'), char_length(text), now(), %s, source
        FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::bigint[]) AS t(key, said, text, source)
        """,
        [project, drawn, [_identifier(1, key) for key in drawn], texts, sources],
    )
    rows_of(
        """
        INSERT INTO annotations_textblock (index, text, document_id, project_id)
        SELECT at, substr(d.text, at * 4096 + 1, 4096), d.id, d.project_id
        FROM annotations_document d, generate_series(0, (d.length - 1) / 4096) AS at
        WHERE d.id = ANY (%s)
        """,
        [drawn],
    )


def _row(number: int, key: int) -> DocumentRow:
    text = _text(number)
    digest = sha256(text.encode()).hexdigest()
    chance = Random(-number)
    return DocumentRow(
        id=_identifier(1, key),
        external_id=f"press-{number}",
        title="Day",
        source_url=None,
        published_on="2026-01-05",
        language="en",
        languages=("en",),
        attributes=(AttributeRow("outlet", "Daily"),),
        story=None,
        split=None,
        batch=_identifier(3, 1),
        edition=1,
        text=text,
        text_sha256=digest,
        raw_sha256=digest,
        zones=(ZoneRow(0, len(text), "body"),),
        unjudged=(),
        spans=tuple(_span(chance, key, number, text) for number in range(SPANS)),
    )


def _span(chance: Random, key: int, number: int, text: str) -> SpanRow:
    start = chance.randrange(len(text) - 80)
    end = start + chance.randrange(10, 80)
    theme, stance = chance.choice(THEMES)[0], chance.choice(STANCES)[0]
    said: dict[str, Any] = {"adjudicator": None, "reason": None, "clause": None}
    return SpanRow(
        id=_identifier(2, key, number),
        start=start,
        end=end,
        quote=text[start:end],
        label=theme,
        stance=stance,
        holder_kind="author" if number % 4 else "person",
        holder_name=None if number % 4 else "Dr Élise “Lise” Nguyen",
        origin="unanimous",
        votes_for=2,
        votes_total=2,
        **said,
    )


def _evidence(row: DocumentRow) -> Evidence:
    """Sentences of 100 characters, and two coders who said what the gold says."""
    places = range(0, len(row.text), 100)
    extents = tuple(
        Extent(at, start, min(start + 100, len(row.text)), 0, at, "en", "body", 2)
        for at, start in enumerate(places)
    )
    marked = [tuple(range(span.start // 100, (span.end - 1) // 100 + 1)) for span in row.spans]
    codings = tuple(
        Coding(coder, 1, False, tuple(_labels(row, marked, kind)))
        for kind, coder in ((4, "coder-01"), (5, "coder-02"))
    )
    gold = tuple(
        GoldMark(span.id, ROOTS[span.label], passages)
        for span, passages in zip(row.spans, marked, strict=True)
    )
    return Evidence(tuple(dict.fromkeys(ROOTS.values())), extents, codings, gold)


def _labels(row: DocumentRow, marked: list[tuple[int, ...]], kind: int) -> Iterator[CodedLabel]:
    for span, passages in zip(row.spans, marked, strict=True):
        yield CodedLabel(
            id=f"{kind:02x}{span.id[2:]}",
            start=span.start,
            end=span.end,
            label=span.label,
            root=ROOTS[span.label],
            stance=span.stance,
            holder_kind=span.holder_kind,
            holder_name=span.holder_name,
            certainty=None,
            passages=passages,
        )
