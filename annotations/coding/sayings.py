"""What submissions say, kept as an index: in which documents of a round somebody said this.

A submission never changes, and its trigger writes what it says in the same transaction, so a row is
never stale. It tells where to look, never what may be shown: whoever looks there reads the
submissions themselves, and asks for each document whether others may see it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, models

from annotations.assignment.models import Batch
from annotations.corpus.models import Document


class Saying(models.Model):
    """Somebody said it of the document in the round; written by the trigger on Snapshot alone.

    `said` is a name as the functions below make it. Those that begin with `apart` are of first
    submissions: one coder said it of a passage that another judged and did not say it of.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+", db_index=False)
    said = models.CharField(max_length=120)

    class Meta:
        verbose_name = "saying"
        verbose_name_plural = "sayings"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "said", "document"], name="said_once_of_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.said}"


def of_theme(key: str) -> str:
    """Some span has the theme."""
    return f"theme {key}"


def of_stance(key: str) -> str:
    """Some span has the stance."""
    return f"stance {key}"


def of_both(theme: str, stance: str) -> str:
    """Some span has the theme with the stance."""
    return f"theme {theme} stance {stance}"


def apart(on: str, theme: str) -> str:
    """Coders are apart `on` the `theme` itself, or its `stance` or `voice` where both marked."""
    return f"apart {on} {theme}"


Text = tuple[int, int]
"""A document in a round, by their primary keys."""

LISTED = """
SELECT DISTINCT s.document_id, s.batch_id
  FROM unnest(%(batches)s::bigint[]) b (id) CROSS JOIN unnest(%(said)s::text[]) w (said)
 CROSS JOIN LATERAL (
   SELECT document_id, batch_id FROM annotations_saying
    WHERE batch_id = b.id AND said = w.said AND document_id >= %(document)s + (b.id < %(batch)s)::int
    ORDER BY document_id LIMIT %(most)s) s
 ORDER BY 1, 2 LIMIT %(most)s
"""


SUBMITTED = """
SELECT s.document_id, b.id
  FROM unnest(%(batches)s::bigint[]) b (id)
 CROSS JOIN LATERAL (
   SELECT DISTINCT document_id FROM annotations_snapshot
    WHERE batch_id = b.id AND document_id >= %(document)s + (b.id < %(batch)s)::int
    ORDER BY document_id LIMIT %(most)s) s
 ORDER BY 1, 2 LIMIT %(most)s
"""


def texts_saying(
    said: Collection[str], batches: Collection[int], *, since: Text, most: int
) -> list[Text]:
    """The first texts from `since` on of which any of it was said, by document and round."""
    return _texts(LISTED, {"said": sorted(said)}, batches, since, most) if said else []


def texts_submitted(batches: Collection[int], *, since: Text, most: int) -> list[Text]:
    """The first texts from `since` on that somebody has submitted, in the same order."""
    return _texts(SUBMITTED, {}, batches, since, most)


def _texts(
    query: str, more: dict[str, Any], batches: Collection[int], since: Text, most: int
) -> list[Text]:
    values: dict[str, Any] = {
        "batches": sorted(batches),
        "document": since[0],
        "batch": since[1],
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values | more)
        return [(document, batch) for document, batch in cursor.fetchall()]
