"""Drafts become rows: the bytes, the text, its blocks and its passages; each whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotations.corpus.attributes.settling import Settled, settled
from annotations.corpus.copying import insert, rows_of
from annotations.corpus.deliveries.file_names import clean_name
from annotations.corpus.deliveries.text_rows import store_texts
from annotations.corpus.deliveries.wire import Read, prepared
from annotations.corpus.models import Document, Outcome
from annotations.corpus.readers.drafting import Draft
from annotations.corpus.sketching.sketch import salt_of
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from annotations.text.phrases import wording

LONGEST_TITLE = 500
LONGEST_ID = 200
UNTILED = wording("The passages overlap, or leave out text, from code point %(at)s on.")

_SOURCES = """
INSERT INTO annotations_source (project_id, sha256, size, name, content, received_at, taken_down_at, takedown_reason)
SELECT %s, sha256, length(content), name, content, now(), NULL, ''
  FROM unnest(%s::text[], %s::text[], %s::bytea[]) AS brought (sha256, name, content)
 ORDER BY sha256
    ON CONFLICT (project_id, sha256) DO NOTHING
"""
_READ_BEFORE = """
SELECT DISTINCT source.id FROM annotations_source source
  JOIN annotations_document document ON document.source_id = source.id
 WHERE source.project_id = %s AND sha256 = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was read: its bytes, their SHA-256, its name, and what became of it."""

    read: Read
    data: bytes
    sha256: str
    name: str

    @property
    def draft(self) -> Draft:
        return self.read.draft


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a file: `outcome` is ADDED or ALREADY_THERE."""

    document: Document
    outcome: Outcome


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def already_there(data: bytes, *, project: Project) -> Document | None:
    """The latest version of the document that these very bytes became, without its text."""
    sha256 = fingerprint(data)
    return known([sha256], project=project).get(sha256)


def known(hashes: Sequence[str], *, project: Project) -> dict[str, Document]:
    """Of these SHA-256 the ones that are documents here, each with its latest version."""
    # Mostly there is none, which is cheaper asked by itself.
    sources = [pk for (pk,) in rows_of(_READ_BEFORE, [project.pk, list(hashes)])]
    if not sources:
        return {}
    found = (
        Document.objects.listed()
        .filter(source__in=sources)
        .select_related("source")
        .defer("source__content")
        .order_by("source", "part", "-version")
    )
    # Backwards, so that the first part's latest version is the one that stays.
    return {document.source.sha256: document for document in reversed(found)}


def admit(draft: Draft, data: bytes, *, into: Project, name: str) -> Admission:
    """Stores what was read from `data`; the same bytes a second time change nothing.

    Raises `Invalid` if its passages leave out text.
    """
    read = prepared(draft, salt=salt_of(into.pk))
    arrival = Arrival(read, data, fingerprint(data), name)
    return admit_all([arrival], into=into)[0]


@transaction.atomic
def admit_all(arrivals: Sequence[Arrival], *, into: Project) -> list[Admission]:
    """An admission for each, in order; all or none.

    Of two who bring the same bytes at once, the second waits for the first and finds them there.
    Within `arrivals` the first of the same bytes is added.
    """
    for arrival in arrivals:
        require_tiling(arrival.draft)
    first = {arrival.sha256: arrival for arrival in reversed(arrivals)}
    # In the order of their hashes, so that no two of us wait for each other.
    rows_of(
        _SOURCES,
        [
            into.pk,
            list(first),
            [clean_name(each.name) for each in first.values()],
            [each.data for each in first.values()],
        ],
    )
    there = known(list(first), project=into)
    new = [arrival for arrival in first.values() if arrival.sha256 not in there]
    made = dict(zip((each.sha256 for each in new), _stored(new, into=into), strict=True))
    added = {id(arrival) for arrival in new}
    return [
        Admission(made[each.sha256], Outcome.ADDED)
        if id(each) in added
        else Admission({**there, **made}[each.sha256], Outcome.ALREADY_THERE)
        for each in arrivals
    ]


def require_tiling(draft: Draft) -> None:
    """Raise `Invalid` unless the passages follow one another and leave only white space between."""
    at = 0
    text, length = draft.text, len(draft.text)
    for index, passage in enumerate(draft.passages):
        start, end = passage.start, passage.end
        follows = passage.index == index and at <= start < end <= length
        if not follows or (at < start and text[at:start].strip()):
            raise _untiled(at)
        at = end
    if text[at:].strip():
        raise _untiled(at)


def _untiled(at: int) -> Invalid:
    return Invalid.field("passages", "passages-do-not-tile", UNTILED % {"at": at})


def _stored(new: Sequence[Arrival], *, into: Project) -> list[Document]:
    if not new:
        return []
    sources = dict(
        rows_of(
            "SELECT sha256, id FROM annotations_source WHERE project_id = %s AND sha256 = ANY(%s)",
            [into.pk, [each.sha256 for each in new]],
        )
    )
    attributes = settled((each.draft.attributes for each in new), of=into)
    documents = [
        document_of(each.draft, said, project=into, source=sources[each.sha256])
        for each, said in zip(new, attributes, strict=True)
    ]
    insert(documents)
    store_texts([each.read for each in new], documents)
    return documents


def document_of(draft: Draft, attributes: Settled, *, project: Project, source: int) -> Document:
    return Document(
        project=project,
        source_id=source,
        external_id=(draft.external_id or "")[:LONGEST_ID],
        title=draft.title[:LONGEST_TITLE],
        source_url=draft.source_url or "",
        published_on=draft.published_on,
        language=draft.language or "",
        languages=list(draft.languages),
        attributes=attributes.values,
        encoding=draft.decoding.encoding,
        repairs=draft.repairs,
        warnings=[*draft.warnings, *attributes.warnings],
        text=draft.text,
        text_sha256=fingerprint(draft.text.encode()),
        length=len(draft.text),
    )
