"""A preview of a round, in words and numbers for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.assignment.allocating import Load, Unseated
from annotations.assignment.planning import Preview
from annotations.assignment.round_parts import Pair
from annotations.assignment.table import pair
from annotations.corpus.models import Document, Story
from annotations.project.models import Coder

MOST_ROWS = 100
MOST_PAIRED = 12
"""People in the matrix of pairs; of more only the range is told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A document with slots that nobody could be given."""

    document: Document
    slots: int
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page lays out. `matrix` has a row for each person: cells are shared documents."""

    preview: Preview
    loads: list[tuple[Coder, Load]]
    heaviest: int
    seats: int
    wanted: int
    matrix: list[tuple[Coder, list[int | None]]]
    pairs: tuple[int, int] | None
    stories: list[tuple[str, int]]
    gaps: list[Gap]
    more_gaps: int
    free: int


def shown(preview: Preview) -> Shown:
    made = preview.allocation
    by_coder = {load.coder: load for load in made.loads}
    met = [made.pairs.get((one.pk, other.pk), 0) for one, other in combinations(preview.coders, 2)]
    titles = dict(Story.objects.filter(pk__in=preview.stories).values_list("pk", "title"))
    return Shown(
        preview=preview,
        loads=[(coder, by_coder[coder.pk]) for coder in preview.coders],
        heaviest=max((load.documents for load in made.loads), default=0),
        seats=len(made.seats),
        wanted=sum(item.slots for item in preview.items),
        matrix=_matrix(preview),
        pairs=(min(met), max(met)) if met else None,
        stories=[(titles[story], len(own)) for story, own in preview.stories.items()][:MOST_ROWS],
        gaps=[_gap(gap, preview) for gap in made.unseated[:MOST_ROWS]],
        more_gaps=max(0, len(made.unseated) - MOST_ROWS),
        free=sum(gap.slots for gap in made.unseated),
    )


def _matrix(preview: Preview) -> list[tuple[Coder, list[int | None]]]:
    if not 2 <= len(preview.coders) <= MOST_PAIRED:
        return []
    pairs = preview.allocation.pairs
    return [
        (one, [_shared(pairs, one, other) for other in preview.coders]) for one in preview.coders
    ]


def _shared(pairs: Mapping[Pair, int], one: Coder, other: Coder) -> int | None:
    return None if one == other else pairs.get(pair(one.pk, other.pk), 0)


def _gap(gap: Unseated, preview: Preview) -> Gap:
    document = next(each for each in preview.plan.documents if each.pk == gap.document)
    return Gap(document, gap.slots, why(gap))


def why(gap: Unseated) -> str:
    """What kept people from the free slots, most of all first."""
    if not gap.reasons:
        return _("too few people")
    parts = []
    for reason, count in sorted(gap.reasons, key=lambda each: -each[1]):
        words = ngettext("%(count)s person: %(reason)s", "%(count)s people: %(reason)s", count)
        parts.append(words % {"count": count, "reason": _(reason.value)})
    return "; ".join(parts)
