"""Which documents may tell the same: asked of the indexes on sketches, never of all pairs.

Two ways lead to a pair: an equal band of their MinHashes (the same words), and rare anchors in
common (the same names and numbers, in any language). What is found is compared in full.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from django.db import connection, transaction

from annotations.corpus.copying import rows_of
from annotations.corpus.models import DocumentSketch
from annotations.corpus.stories.told import Rarity

Pair = tuple[int, int]

# Copies by the hundred would make pairs by the ten thousand; the nearest ones connect them.
NEAREST = 20
ASKED_ANCHORS = 16
SHARED_ANCHORS = 3
# An anchor of more documents than this, or than one in twenty, finds nothing.
COMMON, COMMON_SHARE = 40, 20

# "+ 0" keeps the planner from the index on projects, which gives all of their sketches: it cannot
# know how few arrays overlap. Measured among 2,000 documents: 20 ms each by projects, 0.2 by bands.
BY_BANDS = """
SELECT m.document_id, near.document_id
  FROM annotations_documentsketch m
 CROSS JOIN LATERAL (
   SELECT o.document_id
     FROM annotations_documentsketch o
    WHERE o.bands && m.bands AND o.project_id + 0 = m.project_id AND o.document_id <> m.document_id
    ORDER BY (SELECT count(*) FROM unnest(o.bands, m.bands) AS b(theirs, ours) WHERE theirs = ours)
             DESC, o.document_id
    LIMIT %(nearest)s) near
 WHERE m.document_id = ANY(%(documents)s) AND m.project_id = %(project)s
"""

# Which documents share a band with any other: most share none. For a large part of a project that is
# counted in one go, at a sixth of what asking the index for each band of each document takes.
WITH_A_BAND_OF_ANOTHER = """
WITH every AS NOT MATERIALIZED (
  SELECT document_id, unnest(bands) AS band FROM annotations_documentsketch
   WHERE project_id = %(project)s),
shared AS MATERIALIZED (SELECT band FROM every GROUP BY band HAVING count(*) > 1)
SELECT DISTINCT document_id FROM every JOIN shared USING (band)
 WHERE document_id = ANY(%(documents)s)
"""
LARGE_PART = 4

BY_ANCHORS = """
SELECT m.id, near.document_id
  FROM jsonb_to_recordset(%(asked)s::jsonb) AS m(id bigint, anchors text[])
 CROSS JOIN LATERAL (
   SELECT o.document_id, shared.number
     FROM annotations_documentsketch o
    CROSS JOIN LATERAL (SELECT count(*) AS number FROM unnest(m.anchors) AS a
                         WHERE a = ANY(o.anchors)) shared
    WHERE o.anchors && m.anchors AND o.project_id + 0 = %(project)s AND o.document_id <> m.id
      AND shared.number >= %(least)s
    ORDER BY shared.number DESC, o.document_id
    LIMIT %(nearest)s) near
"""

# New entries wait in a list that every question reads from end to end, until a vacuum sorts them in.
SORT_IN = """
SELECT gin_clean_pending_list(oid) FROM pg_class
 WHERE oid IN (to_regclass('sketches_by_band'), to_regclass('sketches_by_anchor'))
   AND pg_has_role(relowner, 'USAGE')
"""

ANCHORS = "SELECT document_id, anchors FROM annotations_documentsketch WHERE document_id = ANY(%s)"

COUNTS = """
SELECT anchor, count(*) FROM annotations_documentsketch s, unnest(s.anchors) AS anchor
 WHERE s.project_id = %s GROUP BY anchor HAVING count(*) > 1
"""


def rarity_in(project: int) -> Rarity:
    """How many documents have each anchor; those of a single one are left out.

    Asked before pairs are looked for, it readies the indexes for that.
    """
    with connection.cursor() as cursor:
        cursor.execute(SORT_IN)
        cursor.execute(COUNTS, [project])
        counts = dict(cursor.fetchall())
    return Rarity(DocumentSketch.objects.filter(project=project).count(), counts)


def with_bands_of_others(
    project: int, documents: Collection[int], rarity: Rarity
) -> Collection[int]:
    """Those of the documents that may share a band with another; of a few, all of them may."""
    if len(documents) * LARGE_PART < rarity.documents:
        return documents
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner knows nothing of rows that have just come, and would join them one by one.
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        cursor.execute(WITH_A_BAND_OF_ANOTHER, {"project": project, "documents": list(documents)})
        return {pk for (pk,) in cursor.fetchall()}


def pairs_near(
    project: int, documents: Collection[int], rarity: Rarity, *, banded: Collection[int]
) -> set[Pair]:
    """The pairs, smaller key first, of these documents with any of the project that to compare.

    `banded` holds all of them that share a band with another (`with_bands_of_others`).
    """
    asked = _rarest(documents, rarity)
    shared = [pk for pk in documents if pk in banded]
    with connection.cursor() as cursor:
        # For one document the planner would rather read the whole table than its index.
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true)")
        cursor.execute(BY_BANDS, {"documents": shared, "project": project, "nearest": NEAREST})
        found = cursor.fetchall()
        cursor.execute(
            BY_ANCHORS,
            {
                "asked": json.dumps([{"id": pk, "anchors": keys} for pk, keys in asked.items()]),
                "project": project,
                "least": SHARED_ANCHORS,
                "nearest": NEAREST,
            },
        )
        found += cursor.fetchall()
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")
    return {(min(pair), max(pair)) for pair in found}


def _rarest(documents: Collection[int], rarity: Rarity) -> Mapping[int, list[str]]:
    """The anchors by which each is looked for; too few of them find nothing."""
    most = max(COMMON, rarity.documents // COMMON_SHARE)
    found: dict[int, list[str]] = {}
    for pk, anchors in rows_of(ANCHORS, [list(documents)]):
        known = [key for key in anchors if 1 < rarity.counts.get(key, 0) <= most]
        known.sort(key=lambda key: (rarity.counts[key], key))
        if len(known) >= SHARED_ANCHORS:
            found[pk] = known[:ASKED_ANCHORS]
    return found
