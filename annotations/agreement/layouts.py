"""Documents in rounds, laid out as units: their passages, languages, titles and stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg

from annotations.assignment.models import Batch
from annotations.corpus.models import CODED_ZONES, Document, Passage, Zone

from .coefficients.figures import MISSING
from .judging import Units, numbered
from .submissions import Submitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which unit a passage of a document in a round is."""

    units: Units
    batches: tuple[str, ...]
    languages: tuple[str, ...]
    n_stories: int
    #: What each text is, (batch, document), and its story: a text is a document in a round.
    rounds: tuple[tuple[int, int], ...]
    stories: tuple[int, ...]
    lengths: tuple[int, ...]
    #: For each document, the place of each passage among its coded ones, MISSING for others.
    places: Mapping[int, Integers]
    #: The first unit of each (batch, document).
    first: Mapping[tuple[int, int], int]

    @property
    def left_out(self) -> int:
        """Passages of zones that nobody codes, of every document in its round."""
        return sum(int((self.places[pk] == MISSING).sum()) for _, pk in self.rounds)

    def rows(self, each: Submitted) -> Integers:
        """The unit of each passage index of the submission's document, MISSING for none."""
        import numpy as np

        places = self.places[each.document]
        first = self.first[each.batch, each.document]
        rows: Integers = np.where(places == MISSING, MISSING, places + first)
        return rows

    @classmethod
    def of(cls, snapshots: Sequence[Submitted]) -> Layout:
        rounds = list(dict.fromkeys((each.batch, each.document) for each in snapshots))
        passages = _passages({document for _, document in rounds})
        stories, lengths = _told({document for _, document in rounds})
        batches = numbered(dict.fromkeys(batch for batch, _ in rounds))
        names = dict(Batch.objects.filter(pk__in=batches).values_list("pk", "name"))
        languages = numbered(
            sorted({said for each in passages.values() for said in each.languages})
        )
        first, total = {}, 0
        for at in rounds:
            first[at] = total
            total += len(passages[at[1]].languages)
        return cls(
            units=_units(rounds, passages, stories, batches, languages),
            batches=tuple(names.get(pk, "") for pk in batches),
            languages=tuple(languages),
            n_stories=len(set(stories.values())),
            rounds=tuple(rounds),
            stories=tuple(stories[document] for _, document in rounds),
            lengths=tuple(lengths[document] for _, document in rounds),
            places={pk: each.places for pk, each in passages.items()},
            first=first,
        )


@dataclass(frozen=True, slots=True)
class _Passages:
    """The coded passages of one document."""

    places: Integers
    languages: list[str]
    titles: list[bool]


def _passages(documents: Iterable[int]) -> dict[int, _Passages]:
    import numpy as np

    rows = Passage.objects.filter(document__in=documents).order_by().values_list("document")
    found = {}
    for pk, zones, languages in rows.annotate(
        zones=ArrayAgg("zone", order_by="index"), said=ArrayAgg("language", order_by="index")
    ):
        coded = np.array([zone in CODED_ZONES for zone in zones], dtype=bool)
        found[pk] = _Passages(
            places=np.where(coded, np.cumsum(coded) - 1, MISSING),
            languages=[said for said, kept in zip(languages, coded, strict=True) if kept],
            titles=[zone == Zone.TITLE for zone, kept in zip(zones, coded, strict=True) if kept],
        )
    return found


def _told(documents: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
    """A number from 0 for the story of each document, one without a story being its own; lengths."""
    rows = Document.objects.filter(pk__in=documents).order_by("pk")
    numbers: dict[tuple[str, int], int] = {}
    stories, lengths = {}, {}
    for pk, story, length in rows.values_list("pk", "story", "length"):
        own = ("story", story) if story else ("document", pk)
        stories[pk] = numbers.setdefault(own, len(numbers))
        lengths[pk] = length
    return stories, lengths


def _units(
    rounds: Sequence[tuple[int, int]],
    passages: Mapping[int, _Passages],
    stories: Mapping[int, int],
    batches: Mapping[int, int],
    languages: Mapping[str, int],
) -> Units:
    import numpy as np

    sizes = [len(passages[document].languages) for _, document in rounds]
    each = [passages[document] for _, document in rounds]
    return Units(
        story=np.repeat(np.array([stories[pk] for _, pk in rounds], dtype=int), sizes),
        batch=np.repeat(np.array([batches[pk] for pk, _ in rounds], dtype=int), sizes),
        language=np.array([languages[said] for one in each for said in one.languages], dtype=int),
        title=np.array([title for one in each for title in one.titles], dtype=bool),
        text=np.repeat(np.arange(len(rounds)), sizes),
        passage=_joined([np.flatnonzero(one.places != MISSING) for one in each]),
    )


def _joined(parts: Sequence[Integers]) -> Integers:
    import numpy as np

    return np.concatenate([np.zeros(0, dtype=np.intp), *parts])
