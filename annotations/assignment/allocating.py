"""Who codes what, planned: seats of a round, balanced and drawn by a seed.

Numbers of documents differ by at most one where nothing forbids it; then pairs of coders and
passages are balanced. Nobody has two documents of one story, unless that is wanted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from annotations.assignment.round_parts import Allocation, Hand, Item, Load, Seat, Unseated, Why
from annotations.assignment.swapping import swap
from annotations.assignment.table import Table

__all__ = ["Allocation", "Hand", "Item", "Load", "Seat", "Unseated", "Why", "allocate"]


def allocate(
    items: Iterable[Item],
    hands: Iterable[Hand],
    *,
    seed: int,
    seated: Iterable[Seat] = (),
    same_story: bool = False,
) -> Allocation:
    """Seats for the slots that `seated` leaves free; in whatever order things are given.

    >>> work = [Item(1, passages=30, slots=2), Item(2, passages=10, slots=2)]
    >>> made = allocate(work, [Hand(7), Hand(8), Hand(9)], seed=1)
    >>> sorted(load.documents for load in made.loads)
    [1, 1, 2]
    """
    table = Table(items, hands, seed=seed, same_story=same_story)
    before = sorted(seat for seat in seated if seat.document in table.items)
    for seat in before:
        table.keep(seat.coder, seat.document)
    for document in _order(table):
        _fill(table, document)
    _even_out(table)
    swap(table, seed=seed)
    return Allocation(
        seats=_numbered(table, before),
        loads=tuple(
            Load(coder, table.documents[coder], table.passages[coder])
            for coder in sorted(table.hands)
        ),
        pairs={pair: shared for pair, shared in sorted(table.pairs.items()) if shared},
        unseated=tuple(_unseated(table)),
    )


def _order(table: Table) -> list[int]:
    """Documents that few can take first; then long ones, so that short ones even out."""

    def rank(document: int) -> tuple[int, int, int]:
        item = table.items[document]
        able = sum(table.never(coder, document) is None for coder in table.hands)
        return able - item.slots, -item.passages, table.item_rank[document]

    return sorted(table.items, key=rank)


def _fill(table: Table, document: int) -> None:
    while len(table.on[document]) < table.items[document].slots:
        if not table.move_on([document], room=lambda _coder: True):
            return


def _even_out(table: Table) -> None:
    """As long as someone can hand a document on to somebody with two less, by whatever chain."""
    waiting = set(table.hands)
    while waiting:
        coder = max(waiting, key=lambda each: (table.documents[each], table.hand_rank[each]))
        if _lighten(table, coder):
            waiting = set(table.hands)
        else:
            waiting.remove(coder)


def _lighten(table: Table, coder: int) -> bool:
    fewer = table.documents[coder] - 2
    if all(table.documents[other] > fewer or table.is_full(other) for other in table.hands):
        return False
    own = sorted(table.new[coder], key=table.item_rank.__getitem__)
    return table.move_on(own, of=coder, room=lambda other: table.documents[other] <= fewer)


def _numbered(table: Table, before: list[Seat]) -> tuple[Seat, ...]:
    """The lowest free slots, in the order of the draw."""
    held = defaultdict(set)
    for seat in before:
        held[seat.document].add(seat.slot)
    made = []
    for document in sorted(table.items):
        given = [coder for coder in table.on[document] if document in table.new[coder]]
        free = (n for n in range(1, table.items[document].slots + 1) if n not in held[document])
        ranked = sorted(given, key=table.hand_rank.__getitem__)
        made += [Seat(document, slot, coder) for slot, coder in zip(free, ranked, strict=False)]
    return tuple(made)


def _unseated(table: Table) -> Iterable[Unseated]:
    for document in sorted(table.items):
        missing = table.items[document].slots - len(table.on[document])
        if missing > 0:
            away = table.hands.keys() - table.on[document]
            whys = Counter(table.hindrance(coder, document) for coder in away)
            reasons = tuple((why, whys[why]) for why in Why if whys[why])
            yield Unseated(document, missing, reasons)
