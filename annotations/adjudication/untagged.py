"""Passages that all coders judged and nobody tagged: which of them are checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from annotations.assignment.models import BatchDocument
from annotations.coding.models import Snapshot
from annotations.corpus.models import CODED_ZONES, Passage

from .sampling import is_drawn

PASSAGE = "passage-"
"""What the key of such a passage begins with; its index follows."""
Place = tuple[int, int]


def key_of(index: int) -> str:
    """
    >>> key_of(12)
    'passage-12'
    """
    return f"{PASSAGE}{index}"


def untagged_of(
    items: Iterable[BatchDocument], submitted: Mapping[Place, Sequence[Snapshot]]
) -> dict[Place, tuple[Passage, ...]]:
    """The drawn ones of each batch and document, in text order; one query for all."""
    drawn = {
        (item.batch_id, item.document_id): _drawn(item, submitted[item.batch_id, item.document_id])
        for item in items
    }
    wanted = {index for indexes in drawn.values() for index in indexes}
    found: dict[int, list[Passage]] = defaultdict(list)
    if wanted:
        documents = [document for (_, document), indexes in drawn.items() if indexes]
        rows = Passage.objects.filter(
            document__in=documents, index__in=wanted, zone__in=CODED_ZONES
        )
        for passage in rows.order_by("document", "index"):
            found[passage.document_id].append(passage)
    return {
        place: tuple(each for each in found[place[1]] if each.index in indexes)
        for place, indexes in drawn.items()
    }


def _drawn(item: BatchDocument, snapshots: Sequence[Snapshot]) -> set[int]:
    if not snapshots:
        return set()
    agreed = set.intersection(*(set(each.judged) for each in snapshots))
    agreed.difference_update(index for each in snapshots for index in each.mark_passage)
    batch = item.batch
    return {
        index
        for index in agreed
        if is_drawn(
            key_of(index),
            seed=batch.seed,
            document=str(item.document.uuid),
            share=batch.checked_share,
        )
    }
