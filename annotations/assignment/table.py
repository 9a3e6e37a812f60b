"""Who sits where while an allocation is being made, and what keeps people from a document."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from random import Random

from annotations.assignment.round_parts import Hand, Item, Pair, Why

Step = tuple[int | None, int | None]
"""Of a document in a chain: who has it now, and the document that they take instead."""


class Table:
    """Documents and the coders on them. Whoever was seated before stays; new seats may move."""

    def __init__(
        self, items: Iterable[Item], hands: Iterable[Hand], *, seed: int, same_story: bool
    ) -> None:
        self.items = {item.document: item for item in items}
        self.hands = {hand.coder: hand for hand in hands}
        self.same_story = same_story
        random = Random(seed)  # noqa: S311 - to be drawn again, not to be secret
        self.hand_rank = _shuffled(self.hands, random)
        self.item_rank = _shuffled(self.items, random)
        self.on: dict[int, set[int]] = defaultdict(set)
        self.new: dict[int, set[int]] = defaultdict(set)
        self.documents: Counter[int] = Counter()
        self.passages: Counter[int] = Counter()
        self.pairs: Counter[Pair] = Counter()
        self.told: Counter[tuple[int, int]] = Counter()

    def keep(self, coder: int, document: int) -> None:
        """Someone who has sat there from before."""
        self._count(coder, self.items[document], 1)
        self.on[document].add(coder)

    def sit(self, coder: int, document: int) -> None:
        self.keep(coder, document)
        self.new[coder].add(document)

    def rise(self, coder: int, document: int) -> None:
        self.on[document].remove(coder)
        self.new[coder].remove(document)
        self._count(coder, self.items[document], -1)

    def _count(self, coder: int, item: Item, by: int) -> None:
        self.documents[coder] += by
        self.passages[coder] += by * item.passages
        for other in self.on[item.document]:
            self.pairs[pair(coder, other)] += by
        if item.story is not None:
            self.told[coder, item.story] += by

    def never(self, coder: int, document: int) -> Why | None:
        """What keeps them from it whatever else happens."""
        hand, item = self.hands[coder], self.items[document]
        if hand.languages and item.language not in hand.languages:
            return Why.LANGUAGE
        if hand.known is not None and document not in hand.known:
            return Why.UNKNOWN
        return Why.EXCLUDED if document in hand.excluded else None

    def has_told(self, coder: int, document: int) -> bool:
        """Whether they have a document of its story, which keeps them from another one."""
        story = self.items[document].story
        return not self.same_story and story is not None and self.told[coder, story] > 0

    def is_full(self, coder: int) -> bool:
        most = self.hands[coder].most
        return most is not None and self.documents[coder] >= most

    def hindrance(self, coder: int, document: int) -> Why | None:
        """What keeps them from it as things are."""
        never = self.never(coder, document)
        if never is None and self.has_told(coder, document):
            return Why.STORY
        return Why.MOST if never is None and self.is_full(coder) else never

    def candidates(self, document: int) -> list[int]:
        """Those who are not on it and might be, whoever has least first."""
        free = self.hands.keys() - self.on[document]
        able = [coder for coder in free if self.never(coder, document) is None]
        return sorted(able, key=lambda coder: self._burden(coder, document))

    def _burden(self, coder: int, document: int) -> tuple[int, int, int, int]:
        met = sum(self.pairs[pair(coder, other)] for other in self.on[document])
        return self.documents[coder], met, self.passages[coder], self.hand_rank[coder]

    def move_on(
        self, starts: Iterable[int], *, of: int | None = None, room: Callable[[int], bool]
    ) -> bool:
        """Finds a taker for one of `starts`, which `of` has now, if need be by a chain of people who
        each take one and leave another; the last has room. A shortest augmenting path: for those
        between nothing grows.
        """
        came: dict[int, Step] = {document: (of, None) for document in starts}
        waiting, asked = deque(came), set[int]()
        while waiting:
            document = waiting.popleft()
            for coder in self.candidates(document):
                told = self.has_told(coder, document)
                if not told and room(coder) and not self.is_full(coder):
                    self._carry_out(document, coder, came)
                    return True
                if coder in asked:
                    continue
                if not told:
                    asked.add(coder)
                for left in self._might_leave(coder, document if told else None):
                    if left not in came:
                        came[left] = coder, document
                        waiting.append(left)
        return False

    def _might_leave(self, coder: int, instead: int | None) -> list[int]:
        """New seats of theirs; only those of the same story if they are to take `instead`."""
        story = None if instead is None else self.items[instead].story
        own = sorted(self.new[coder], key=self.item_rank.__getitem__)
        return [each for each in own if story is None or self.items[each].story == story]

    def _carry_out(self, document: int, taker: int, came: dict[int, Step]) -> None:
        """Back along the chain to where it began: whoever leaves a document takes the one before."""
        while True:
            leaver, instead = came[document]
            if leaver is not None:
                self.rise(leaver, document)
            self.sit(taker, document)
            if leaver is None or instead is None:
                return
            taker, document = leaver, instead


def pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _shuffled(keys: Iterable[int], random: Random) -> dict[int, int]:
    """A place for each, whatever order they came in."""
    drawn = sorted(keys)
    random.shuffle(drawn)
    return {key: place for place, key in enumerate(drawn)}
