"""Two people change places where that balances pairs and passages; what each has in number stays."""

from __future__ import annotations

from collections import Counter
from random import Random

from annotations.assignment.round_parts import Pair
from annotations.assignment.table import Table, pair

TRIES_A_SEAT = 60
MOST_TRIES = 60_000


def swap(table: Table, *, seed: int) -> None:
    """Proposes swaps of new seats as the seed draws them, and makes those that are for the better."""
    seats = sorted((coder, document) for coder, own in table.new.items() for document in own)
    if len(seats) < 2 or len(table.hands) < 3:
        return
    length = sum(item.passages for item in table.items.values()) / len(table.items) or 1.0
    random = Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    for _ in range(min(MOST_TRIES, TRIES_A_SEAT * len(seats))):
        at, other = random.randrange(len(seats)), random.randrange(len(seats))
        (one, here), (two, there) = seats[at], seats[other]
        if _may_swap(table, one, here, two, there) and _gain(table, seats, at, other, length) > 0:
            table.rise(one, here)
            table.rise(two, there)
            table.sit(two, here)
            table.sit(one, there)
            seats[at], seats[other] = (one, there), (two, here)


def _may_swap(table: Table, one: int, here: int, two: int, there: int) -> bool:
    return (
        one != two
        and here != there
        and one not in table.on[there]
        and two not in table.on[here]
        and _fits(table, one, there, instead=here)
        and _fits(table, two, here, instead=there)
    )


def _fits(table: Table, coder: int, document: int, *, instead: int) -> bool:
    if table.never(coder, document) is not None:
        return False
    same = table.items[document].story == table.items[instead].story
    return same or not table.has_told(coder, document)


def _gain(table: Table, seats: list[tuple[int, int]], at: int, other: int, length: float) -> float:
    """By how much the squares of pairs and of passages, in documents of mean length, get smaller."""
    (one, here), (two, there) = seats[at], seats[other]
    change: Counter[Pair] = Counter()
    for beside in table.on[here] - {one}:
        change[pair(one, beside)] -= 1
        change[pair(two, beside)] += 1
    for beside in table.on[there] - {two}:
        change[pair(two, beside)] -= 1
        change[pair(one, beside)] += 1
    pairs = sum(by * (2 * table.pairs[each] + by) for each, by in change.items())
    more = table.items[there].passages - table.items[here].passages
    passages = 2 * more * (table.passages[one] - table.passages[two] + more) / length**2
    return -(pairs + passages)
