"""One document of one batch, with everything that is needed to settle it.

A case is read, never stored: disputes come from the latest submissions, and the rulings beside them
say which are settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from random import Random
from typing import Literal, TypeVar

from django.db.models import Q, QuerySet

from annotations.assignment.models import BatchDocument, BatchKind, State
from annotations.codebook.models import Edition, Theme
from annotations.coding.models import Snapshot
from annotations.corpus.gone import refuse_if_taken_down
from annotations.corpus.models import Document, Passage
from annotations.project.models import Project

from .aligning import CodedSpan
from .disputes import Dispute, derive
from .models import Decision, Ruling
from .untagged import untagged_of

Row = TypeVar("Row", Snapshot, Ruling)
CaseState = Literal["waiting", "open", "adjudicated"]


@dataclass(frozen=True)
class Case:
    """`snapshots` are the latest submission of each slot, `rulings` all ever made, in order.

    `untagged` are the drawn ones of the passages that all judged and nobody tagged.
    """

    item: BatchDocument
    snapshots: tuple[Snapshot, ...]
    rulings: tuple[Ruling, ...]
    themes: dict[str, Theme]
    untagged: tuple[Passage, ...] = ()

    @property
    def document(self) -> Document:
        """The text that is being settled."""
        return self.item.document

    @property
    def slots(self) -> int:
        """How many coders the document was planned for."""
        return self.item.slots or self.item.batch.slots

    @property
    def waiting(self) -> bool:
        """Some slot is not submitted: the codings stay unseen, and nothing can be settled."""
        return self.coders < self.slots

    @property
    def coders(self) -> int:
        """How many have submitted it; more than `slots` where a slot was taken away later."""
        return len(self.snapshots)

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """In text order, unanimous ones too; none while the document waits for a coder."""
        return () if self.waiting else tuple(derive(self._spans(), slots=self.coders))

    @cached_property
    def standing(self) -> dict[str, Ruling]:
        """The ruling that holds, by its dispute's key; those of additions by their own."""
        last = {ruling.dispute: ruling for ruling in self.rulings}
        return {key: last[key] for key in last if last[key].decision != Decision.REOPEN}

    @property
    def open_disputes(self) -> list[Dispute]:
        """Those that wait for a person."""
        return [dispute for dispute in self.disputes if not self.is_settled(dispute)]

    @property
    def state(self) -> CaseState:
        """`adjudicated` once every dispute is closed, by rule or by a person."""
        if self.waiting:
            return "waiting"
        return "open" if self.open_disputes else "adjudicated"

    @property
    def number(self) -> int:
        """Of the last ruling; 0 before the first."""
        return self.rulings[-1].number if self.rulings else 0

    @cached_property
    def version(self) -> str:
        """Changes with every ruling and every submission: what a ruling says it was made on."""
        submissions = ",".join(str(snapshot.pk) for snapshot in self.snapshots)
        return f"{self.number}-{sha256(submissions.encode()).hexdigest()[:8]}"

    @cached_property
    def letters(self) -> dict[str, str]:
        """A, B, C for each coder, drawn afresh for each document from the batch's seed."""
        coders = sorted(str(snapshot.coder_id) for snapshot in self.snapshots)
        Random(f"{self.item.batch.seed} {self.document.uuid}").shuffle(coders)  # noqa: S311 - a blind, no secret
        return {coder: chr(ord("A") + rank) for rank, coder in enumerate(coders)}

    def is_settled(self, dispute: Dispute) -> bool:
        """By a ruling that holds; or by rule, unless a person reopened it."""
        if dispute.key in self.standing:
            return True
        return dispute.unanimous and all(dispute.key != ruling.dispute for ruling in self.rulings)

    def is_revealed(self, dispute: Dispute) -> bool:
        """Whether what most said may be seen: not before a first decision, which it would lead."""
        return dispute.unanimous or any(ruling.dispute == dispute.key for ruling in self.rulings)

    def dispute(self, key: str) -> Dispute | None:
        """The dispute of that key, if the submissions still lead to it."""
        return next((dispute for dispute in self.disputes if dispute.key == key), None)

    def _spans(self) -> Iterator[CodedSpan]:
        for snapshot in self.snapshots:
            for span in snapshot.spans:
                yield CodedSpan(
                    coder=str(snapshot.coder_id),
                    id=span["annotation"],
                    revision=span["revision"],
                    start=span["start"],
                    end=span["end"],
                    theme=span["theme"],
                    family=root_of(span["theme"], self.themes),
                    stance=span["stance"],
                    holder_kind=span["holder_kind"],
                    holder_name=span["holder_name"],
                )


def case_of(document: Document) -> Case | None:
    """The case that the document's gold rests on: the newest that is complete, else the newest.

    Raises TakenDown where its text is gone.
    """
    refuse_if_taken_down(document)
    cases = read_all(list(reaching_gold(document.project).filter(document=document)))
    return next((case for case in cases if not case.waiting), cases[0] if cases else None)


def reaching_gold(project: Project) -> QuerySet[BatchDocument]:
    """Documents of main and promoted batches, the newest batch first; without their text.

    What was taken down is left out.
    """
    gold = Q(batch__kind=BatchKind.MAIN) | Q(batch__promoted_at__isnull=False)
    return (
        BatchDocument.objects.filter(gold, project=project, batch__opened_at__isnull=False)
        .filter(document__taken_down=False)
        .select_related("batch__edition", "document")
        .defer("document__text")
        .order_by("-batch_id", "position")
    )


def complete(items: QuerySet[BatchDocument]) -> QuerySet[BatchDocument]:
    """Those whose every slot is submitted."""
    return items.filter(full=True)


def read(item: BatchDocument) -> Case:
    """The case of one document in one batch; four queries."""
    return read_all([item])[0]


def read_all(items: Sequence[BatchDocument], *, checks: bool = True) -> list[Case]:
    """The cases of several, in their order; three queries, and one for each codebook edition.

    Without `checks` none of their untagged passages are drawn: for who asks for labels alone.
    """
    batches = {item.batch_id for item in items}
    documents = {item.document_id for item in items}
    snapshots = (
        Snapshot.objects.filter(
            batch__in=batches, document__in=documents, assignment__state=State.SUBMITTED
        )
        .order_by("assignment_id", "-number")
        .distinct("assignment_id")
    )
    rulings = Ruling.objects.filter(batch__in=batches, document__in=documents)
    submitted, ruled = (
        _by_place(snapshots),
        _by_place(rulings.order_by("number").select_related("theme", "stance", "by", "sweep")),
    )
    editions = {item.batch.edition_id: item.batch.edition for item in items}
    books = {pk: themes_of(edition) for pk, edition in editions.items()}
    untagged = untagged_of(items, submitted) if checks else {}
    return [
        Case(
            item=item,
            snapshots=tuple(submitted[item.batch_id, item.document_id]),
            rulings=tuple(ruled[item.batch_id, item.document_id]),
            themes=books[item.batch.edition_id],
            untagged=untagged.get((item.batch_id, item.document_id), ()),
        )
        for item in items
    ]


def _by_place(rows: Iterable[Row]) -> dict[tuple[int, int], list[Row]]:
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.batch_id, row.document_id].append(row)
    return found


def themes_of(edition: Edition) -> dict[str, Theme]:
    """The edition's themes by key, in its order, each with its parent at hand."""
    themes = {theme.pk: theme for theme in edition.themes.order_by("order")}
    for theme in themes.values():
        if theme.parent_id is not None:
            theme.parent = themes[theme.parent_id]
    return {theme.key: theme for theme in themes.values()}


def root_of(key: str, themes: dict[str, Theme]) -> str:
    """The key of the theme that a sub-theme stands under, at any depth."""
    theme = themes[key]
    while theme.parent is not None:
        theme = theme.parent
    return theme.key
