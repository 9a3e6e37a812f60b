"""What a release would freeze: the newest adjudicated case of each document, settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice

from django.db.models import QuerySet

from annotations.adjudication.cases import Case, complete, reaching_gold, read_all
from annotations.adjudication.gold import GoldSpan, gold_of
from annotations.assignment.models import BatchDocument
from annotations.corpus.models import Passage
from annotations.project.models import Coder, Project

from .evidence import evidence_of
from .rows import settled_row
from .spooling import Grounds, Settled

AT_ONCE = 50
"""So many documents are read together; their texts come one by one."""


def candidates(project: Project) -> QuerySet[BatchDocument]:
    """Documents that all their coders have submitted, once for each round that reaches gold."""
    return complete(reaching_gold(project))


def adjudicated(found: Iterable[Case]) -> Iterator[Case]:
    """The newest adjudicated case of each document that has one, of cases sorted as `cases` gives."""
    for _document, of_document in groupby(found, key=lambda case: case.item.document_id):
        for case in of_document:
            if case.state == "adjudicated":
                yield case
                break


def cases(items: QuerySet[BatchDocument]) -> Iterator[Case]:
    """Sorted by the document's id, the newest round first; few in memory."""
    items = items.order_by("document__uuid", "-batch_id")
    items = items.select_related("batch__edition", "document__source", "document__story")
    items = items.defer("document__text", "document__source__content")
    rows = items.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from read_all(some)


def settled(case: Case, *, names: Mapping[int, str]) -> Settled:
    """An adjudicated case as it goes into a release, without a split."""
    passages = list(Passage.objects.filter(document=case.document).order_by("index"))
    gold = gold_of(case)
    return Settled(
        document=case.document.pk,
        edition=case.item.batch.edition_id,
        row=settled_row(case, passages, gold),
        grounds=tuple(_grounds(span) for span in gold),
        evidence=evidence_of(case, passages, gold, names=names),
    )


def _grounds(span: GoldSpan) -> Grounds:
    return Grounds(span.ruling.pk if span.ruling else None, span.revisions)


def pseudonyms(project: Project) -> dict[int, str]:
    """Of all its coders, by primary key."""
    return dict(Coder.objects.filter(project=project).values_list("pk", "pseudonym"))
