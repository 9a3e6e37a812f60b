"""Sketches in the database: kept at admission, made again from what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotations.corpus.copying import rows_of
from annotations.corpus.models import Document
from annotations.corpus.sketching.anchors import Piece
from annotations.corpus.sketching.sketch import Sketch, salt_of, sketch_of

AT_ONCE = 200


class Row(NamedTuple):
    """A passage as it is stored; only what comparing takes."""

    document: int
    start: int
    end: int
    paragraph: int
    language: str
    zone: str


# Arrays go as text: the arrays of several rows are of different lengths.
_KEEP = """
INSERT INTO annotations_documentsketch (document_id, project_id, bands, lines, anchors)
SELECT document, %s, bands::bigint[], lines::bigint[], anchors::text[]
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
    AS made (document, bands, lines, anchors)
 ORDER BY document
    ON CONFLICT (document_id) DO UPDATE
   SET bands = excluded.bands, lines = excluded.lines, anchors = excluded.anchors
"""
_MISSING = """
SELECT asked FROM unnest(%s::bigint[]) AS asked
 WHERE NOT EXISTS (SELECT 1 FROM annotations_documentsketch WHERE document_id = asked)
"""
_PIECES = """
SELECT document_id, start, "end", paragraph, language, zone FROM annotations_passage
 WHERE document_id = ANY(%s) ORDER BY document_id, index
"""


def keep(project: int, sketches: Iterable[tuple[int, Sketch]]) -> None:
    """Stores the sketches of documents, by their primary keys; those that they had give way."""
    made = list(sketches)
    for start in range(0, len(made), AT_ONCE):
        some = made[start : start + AT_ONCE]
        values = [
            [document for document, _ in some],
            [_array(map(str, sketch.bands)) for _, sketch in some],
            [_array(map(str, sketch.lines)) for _, sketch in some],
            [_array(map(_quoted, sketch.anchors)) for _, sketch in some],
        ]
        rows_of(_KEEP, [project, *values])


def _array(elements: Iterable[str]) -> str:
    """As PostgreSQL writes arrays.

    >>> print(_array(map(str, [1, -2])), _array(map(_quoted, ['"a"', "b"])))
    {1,-2} {"\\"a\\"","b"}
    """
    return "{" + ",".join(elements) + "}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def renew(project: int, documents: Iterable[int]) -> None:
    """Makes the sketches of stored documents anew, from their text and zones of now."""
    salt = salt_of(project)
    for some in in_batches(documents):
        pieces = pieces_of(some)
        texts = Document.objects.filter(project=project, pk__in=some).values_list("pk", "text")
        keep(project, [(pk, sketch_of(text, pieces[pk], salt=salt)) for pk, text in texts])


def complete(project: int, documents: Iterable[int]) -> None:
    """Makes the sketches that are missing."""
    renew(project, [pk for (pk,) in rows_of(_MISSING, [list(documents)])])


def pieces_of(documents: Iterable[int]) -> dict[int, Sequence[Piece]]:
    """The passages of each document, in order; only what comparing takes."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for row in rows_of(_PIECES, [list(documents)]):
        piece = Row._make(row)
        found[piece.document].append(piece)
    return defaultdict(tuple, found)


def in_batches(documents: Iterable[int]) -> Iterator[list[int]]:
    """In order, so many at once that memory stays flat."""
    every = sorted(documents)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
