"""Stretches of many texts with what stands around them, read from the blocks that they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from annotations.text.cutting import around

BLOCK = 4096
AROUND = 120


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half-open code points of a document, by its primary key."""

    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`cut_…` says that the document goes on beyond what is shown."""

    before: str
    text: str
    after: str
    cut_before: bool
    cut_after: bool


READ = """
SELECT w.n, string_agg(b.text, '' ORDER BY b.index)
  FROM unnest(%(documents)s::bigint[], %(first)s::int[], %(last)s::int[]) WITH ORDINALITY
         AS w (document, first, last, n)
  JOIN annotations_textblock b ON b.document_id = w.document AND b.index BETWEEN w.first AND w.last
 GROUP BY w.n
"""


def excerpts(stretches: Sequence[Stretch], *, most: int = AROUND) -> list[Excerpt]:
    """One for each, in their order; one query. On each side at most `most` code points."""
    if not stretches:
        return []
    # One more, to see whether a cut falls into a word.
    starts = [max(0, each.start - most - 1) for each in stretches]
    with connection.cursor() as cursor:
        cursor.execute(
            READ,
            {
                "documents": [each.document for each in stretches],
                "first": [start // BLOCK for start in starts],
                "last": [(each.end + most) // BLOCK for each in stretches],
            },
        )
        texts = dict(cursor.fetchall())
    return [
        _excerpt(texts.get(number, ""), each, start // BLOCK * BLOCK, most)
        for number, (each, start) in enumerate(zip(stretches, starts, strict=True), start=1)
    ]


def _excerpt(text: str, each: Stretch, zero: int, most: int) -> Excerpt:
    """`text` begins at `zero`."""
    start, end = each.start - zero, each.end - zero
    found = around(text, start, end, most=most)
    return Excerpt(found.before, text[start:end], found.after, found.cut_before, found.cut_after)
