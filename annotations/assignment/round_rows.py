"""A round's rows as the parts of an allocation, and its seats as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from annotations.assignment import allocating
from annotations.assignment.models import Assignment, Batch, BatchDocument, State
from annotations.assignment.retesting import coded_before, is_retest, themselves
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.corpus.models import CODED_ZONES, Document
from annotations.project.database import refusals


def locked(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)


def items_among(documents: Iterable[Document], *, slots: int) -> list[allocating.Item]:
    """Documents of a round that is not made yet."""
    chosen = list(documents)
    passages = coded_passages([document.pk for document in chosen])
    return [
        allocating.Item(
            document.pk, passages[document.pk], slots, document.language, document.story_id
        )
        for document in chosen
    ]


def items_of(batch: Batch) -> list[allocating.Item]:
    rows = BatchDocument.objects.filter(batch=batch).values_list(
        "document", Coalesce(F("slots"), F("batch__slots")), "document__language", "document__story"
    )
    passages = coded_passages(batch.items.values("document"))
    return [
        allocating.Item(document, passages[document], slots, language, story)
        for document, slots, language, story in rows
    ]


def coded_passages(documents: Sequence[int] | object) -> dict[int, int]:
    """How many passages of each are coded by default."""
    zones = Q(passages__zone__in=CODED_ZONES)
    rows = Document.objects.filter(pk__in=documents).order_by()  # type: ignore[misc]  # keys or a query of them
    return dict(rows.annotate(n=Count("passages", filter=zones)).values_list("pk", "n"))


def hands_of(batch: Batch) -> list[allocating.Hand]:
    """Whoever takes part and has not left."""
    return parts_of(batch, Hand.objects.standing().filter(batch=batch))


def parts_of(batch: Batch, hands: Iterable[Hand]) -> list[allocating.Hand]:
    """In a retest each has only what they coded before."""
    parts = [part_of(hand) for hand in hands]
    if not is_retest(batch.kind):
        return parts
    coded = coded_before(list(batch.items.values_list("document", flat=True)), than=batch)
    return [themselves(part, coded) for part in parts]


def part_of(hand: Hand) -> allocating.Hand:
    """What they skipped is left out as what is excluded for them."""
    excluded = set(Exclusion.objects.filter(hand=hand).values_list("document", flat=True))
    skipped = Assignment.objects.filter(
        batch=hand.batch_id, coder=hand.coder_id, state=State.SKIPPED
    )
    excluded |= set(skipped.values_list("document", flat=True))
    return allocating.Hand(hand.coder_id, hand.most, frozenset(hand.languages), frozenset(excluded))


def seated_in(batch: Batch) -> list[allocating.Seat]:
    """Slots that are someone's: by a seat, or because they work there."""
    columns = ("document", "slot", "coder")
    seats = Seat.objects.standing().filter(batch=batch).values_list(*columns)
    work = Assignment.objects.live().filter(batch=batch).values_list(*columns)
    return [allocating.Seat(*row) for row in {*seats, *work}]


def write(batch: Batch, seats: Iterable[allocating.Seat], *, now: datetime) -> None:
    with refusals():
        Seat.objects.bulk_create(
            Seat(
                project_id=batch.project_id,
                batch=batch,
                document_id=seat.document,
                slot=seat.slot,
                coder_id=seat.coder,
                made_at=now,
            )
            for seat in seats
        )


def seat_rest(
    batch: Batch,
    *,
    now: datetime,
    hands: Iterable[Hand] | None = None,
    only: Collection[int] | None = None,
) -> allocating.Allocation:
    """Seats `hands` (whoever takes part) in what is free, with the loads as they are.

    `only` names the documents whose slots are to be filled. The batch is locked by the caller.
    """
    items = items_of(batch)
    made = allocating.allocate(
        [each if only is None or each.document in only else _full(each) for each in items],
        hands_of(batch) if hands is None else parts_of(batch, hands),
        seed=batch.seed,
        seated=seated_in(batch),
        same_story=batch.same_story,
    )
    write(batch, made.seats, now=now)
    return made


def _full(item: allocating.Item) -> allocating.Item:
    """It counts in loads and stories, and nobody is seated there."""
    return replace(item, slots=0)


def documents_by_story(items: Iterable[allocating.Item]) -> dict[int, list[int]]:
    """Stories of which the round has two documents or more."""
    found: dict[int, list[int]] = defaultdict(list)
    for item in items:
        if item.story is not None:
            found[item.story].append(item.document)
    return {story: documents for story, documents in sorted(found.items()) if len(documents) > 1}
