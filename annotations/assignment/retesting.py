"""A retest: people code once more what they have coded, so that each is compared with themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import ngettext

from annotations.assignment.models import Assignment, Batch, BatchKind
from annotations.assignment.round_parts import Hand, Item
from annotations.corpus.models import Document
from annotations.project.refusals import Invalid

Coded = Mapping[int, frozenset[int]]
"""Who submitted each document, by their keys."""


def coded_before(documents: Collection[int], *, than: Batch | None = None) -> Coded:
    """In any other round than the retest itself; documents that nobody submitted are missing."""
    rows = Assignment.objects.submitted().filter(document__in=documents)
    if than is not None:
        rows = rows.exclude(batch=than)
    found = defaultdict(set)
    for document, coder in rows.values_list("document", "coder"):
        found[document].add(coder)
    return {document: frozenset(coders) for document, coders in found.items()}


def require_coded(documents: Iterable[Document], coded: Coded) -> None:
    never = [document for document in documents if document.pk not in coded]
    if never:
        detail = ngettext(
            "A retest is of documents that were coded before. Nobody has submitted “%(title)s”.",
            "A retest is of documents that were coded before. Nobody has submitted %(count)s of"
            " these, “%(title)s” among them.",
            len(never),
        ) % {"title": never[0].title or never[0].uuid, "count": len(never)}
        raise Invalid.field("documents", "never-coded", detail)


def again(items: Iterable[Item], coded: Coded) -> list[Item]:
    """No more slots than people who coded it."""
    return [
        replace(item, slots=min(item.slots, len(coded.get(item.document, ())))) for item in items
    ]


def themselves(hand: Hand, coded: Coded) -> Hand:
    """Only for what they coded."""
    own = frozenset(document for document, coders in coded.items() if hand.coder in coders)
    return replace(hand, known=own)


def has_coded(coder: int, document: int, *, than: Batch) -> bool:
    return coder in coded_before([document], than=than).get(document, ())


def is_retest(kind: str) -> bool:
    return kind == BatchKind.RETEST.value
