"""Gold labels in the order of documents and their text, a page at a time, of a theme or of all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from annotations.assignment.models import BatchDocument
from annotations.coding.retrieving import Place, Span, Wanted
from annotations.coding.retrieving_submitted import rounds_of, sayings_of
from annotations.coding.sayings import texts_saying
from annotations.corpus.models import Passage
from annotations.project.models import Project

from .cases import Case, complete, reaching_gold, read_all
from .gold import gold_of
from .models import Ruling

AT_ONCE = 50
NEEDED = (
    *("project", "document", "slots", "document__uuid"),
    *("batch__name", "batch__slots", "batch__seed", "batch__edition__number"),
)
MOST_CASES = 300
"""Cases that one page may read, so that a rare theme does not hold up the server."""


def gold(
    project: Project, wanted: Wanted, *, after: Place, limit: int
) -> tuple[list[Span], Place | None]:
    """Up to `limit` labels, and where to go on; None at the end."""
    found: list[Span] = []
    read, last = 0, after
    # One more than the page has labels, as most documents have one and it is asked what follows.
    most = min(limit, AT_ONCE) + 1
    while True:
        looked_at = _documents(project, wanted, last, most)
        before = len(found)
        for case in read_all(list(_cases(project, wanted, among=looked_at)), checks=False):
            found += _kept(_labels(case), wanted, after)
        if looked_at:
            last = _behind(looked_at[-1])
        if len(found) > limit:
            return found[:limit], found[limit - 1].place
        read += len(looked_at)
        if len(looked_at) < most:
            return found, None
        if read >= MOST_CASES:
            return found, last
        # Only so many as may be missing, and more again as long as there is nothing.
        more = 2 * (limit + 1 - len(found)) if len(found) > before else 2 * most
        most = min(limit, AT_ONCE, more) + 1


def _labels(case: Case) -> list[Span]:
    return [
        Span(
            document=case.item.document_id,
            batch=case.item.batch.name,
            id=gold.uuid,
            start=gold.start,
            end=gold.end,
            theme=gold.theme,
            stance=gold.stance,
            holder_kind=gold.holder_kind,
            holder_name=gold.holder_name,
            origin=gold.origin,
        )
        for gold in gold_of(case)
    ]


def _behind(document: int) -> Place:
    return Place(document, 2**31 - 1, UUID(int=2**128 - 1))


def _documents(project: Project, wanted: Wanted, after: Place, most: int) -> list[int]:
    """The next documents that can have such labels: of a theme or stance, where it was said or ruled."""
    since = after.document + (after.start == 2**31 - 1)
    said = sayings_of(wanted)
    if said is None:
        items = BatchDocument.objects.filter(project=project, full=True, document_id__gte=since)
        if wanted.batch is not None:
            items = items.filter(batch_id=wanted.batch)
        if wanted.documents is not None:
            items = items.filter(document_id__in=wanted.documents)
        ordered = items.order_by("document_id").values_list("document_id", flat=True)
        return list(ordered.distinct()[:most])
    rounds = rounds_of(project, wanted)
    # A document counts once, however many rounds it was coded in.
    texts = texts_saying(said, rounds, since=(since, 0), most=most * max(1, len(rounds)))
    ruled = Ruling.objects.filter(project=project, document_id__gte=since)
    if wanted.themes is not None:
        ruled = ruled.filter(theme__key__in=wanted.themes)
    if wanted.stance is not None:
        ruled = ruled.filter(stance__key=wanted.stance)
    by_ruling = ruled.order_by("document_id").values_list("document_id", flat=True).distinct()
    found = {document for document, _ in texts} | set(by_ruling[:most])
    return sorted(found)[:most]


def _cases(project: Project, wanted: Wanted, *, among: Sequence[int]) -> QuerySet[BatchDocument]:
    """The newest complete case of each of these documents, in their order."""
    items = complete(reaching_gold(project)).filter(document_id__in=among)
    if wanted.batch is not None:
        items = items.filter(batch_id=wanted.batch)
    if wanted.edition is not None:
        items = items.filter(batch__edition_id=wanted.edition)
    if wanted.documents is not None:
        items = items.filter(document_id__in=wanted.documents)
    # Neither where a text came from nor how it was read.
    items = items.only(*NEEDED)
    return items.order_by("document_id", "-batch_id").distinct("document_id")


def _kept(spans: Sequence[Span], wanted: Wanted, after: Place) -> Iterator[Span]:
    begun = (after.document, after.start, after.id)
    ordered = sorted(spans, key=lambda span: (span.document, span.start, span.id))
    languages = _languages(ordered) if wanted.language and ordered else {}
    for span in ordered:
        if (
            (span.document, span.start, span.id) > begun
            and (wanted.themes is None or span.theme in wanted.themes)
            and (wanted.stance is None or span.stance == wanted.stance)
            and (wanted.holder is None or span.holder_kind == wanted.holder)
            and (not wanted.language or languages[span.start] == wanted.language)
        ):
            yield span


def _languages(spans: Sequence[Span]) -> dict[int, str]:
    """Of the passages that spans of one document begin in, by start."""
    document = spans[0].document
    passages = list(
        Passage.objects.filter(document=document)
        .order_by("index")
        .values_list("end", "language", "document__language")
    )
    ends = [end for end, _own, _whole in passages]
    places = {
        span.start: passages[min(bisect_right(ends, span.start), len(passages) - 1)]
        for span in spans
    }
    return {start: own or whole for start, (_end, own, whole) in places.items()}
