"""A release's rows as they are read again: many documents a query, few in memory.

Labels stay tuples until somebody needs more: a release may hold a million of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotations.corpus.copying import rows_of

from .canonical import SPAN_KEYS
from .models import Release
from .rows import row_of
from .schema import DocumentRow, SpanRow

CHUNK = 20  # documents
FIRST = 1
"""Of them, so that what is sent while it is built begins soon."""
_DOCUMENTS = """
SELECT d.id, d.line::text, t.text, e.content::text
  FROM annotations_releasedocument d
  JOIN annotations_document t ON t.id = d.document_id
  LEFT JOIN annotations_releaseevidence e ON %s AND e.released_id = d.id
 WHERE d.release_id = %s AND d.position >= %s AND d.position < %s AND NOT t.taken_down
 ORDER BY d.position
"""
_VALUES = ", ".join("s.uuid::text" if key == "id" else f's."{key}"' for key in SPAN_KEYS)
_SPANS = f"""
SELECT s.released_id, {_VALUES}
  FROM annotations_releasespan s
  JOIN annotations_releasedocument d ON d.id = s.released_id
 WHERE d.release_id = %s AND d.position >= %s AND d.position < %s
 ORDER BY s.id
"""  # noqa: S608 - our own column names


@dataclass(frozen=True, slots=True)
class Stored:
    """A document of a release: its row without labels, their values as SpanRow has them, and what
    was frozen beside it, where that was asked for and is there."""

    bare: DocumentRow
    spans: list[tuple[Any, ...]]
    evidence: dict[str, Any] | None

    @property
    def row(self) -> DocumentRow:
        """With its labels, in the order in which they were stored."""
        return replace(self.bare, spans=tuple(SpanRow(*values) for values in self.spans))


def stored_documents(release: Release, *, evidence: bool = False) -> Iterator[Stored]:
    """In order, less what was taken down."""
    for first, end in _chunks(release.documents_total):
        some = [release.pk, first, end]
        spans: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for released, *values in rows_of(_SPANS, some):
            spans[released].append(tuple(values))
        for released, line, text, beside in rows_of(_DOCUMENTS, [evidence, *some]):
            bare = row_of(json.loads(line), text)
            yield Stored(bare, spans[released], json.loads(beside) if beside else None)


def _chunks(total: int) -> Iterator[tuple[int, int]]:
    """
    >>> list(_chunks(45))
    [(0, 1), (1, 21), (21, 41), (41, 45)]
    """
    return pairwise((0, *range(FIRST, total, CHUNK), total))
