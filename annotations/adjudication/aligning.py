"""Which spans of different coders are about the same thing: alignment within a theme. Pure.

Two coders are aligned one to one so that the summed overlap is greatest (Kuhn's assignment). Each
further coder is assigned to the groups that stand. The coders come in an order that their spans
decide, so the result does not depend on who is listed first or what anybody is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

# Equal overlaps are decided by what else is equal. The sum stays far below any real difference of
# overlap in a text of some megabytes that people read.
SAME_THEME, SAME_HOLDER, SAME_STANCE = 4e-9, 2e-9, 1e-9


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """One annotation at one revision, as one coder left it.

    `start` and `end` are code points, half-open. `family` is the key of the theme's root: a theme
    and its sub-themes are aligned with one another. `id` is unique within a document.
    """

    coder: str
    id: str
    revision: int
    start: int
    end: int
    theme: str
    family: str
    stance: str | None = None
    holder_kind: str | None = None
    holder_name: str | None = None

    @property
    def place(self) -> tuple[int, int, str]:
        """Text order; the id makes it total."""
        return (self.start, self.end, self.id)

    @property
    def says(self) -> tuple[str, str | None, str | None]:
        """What is claimed of the stretch: theme, stance, kind of holder."""
        return (self.theme, self.stance, self.holder_kind)


Group = tuple[CodedSpan, ...]
"""Aligned spans in text order, at most one of a coder."""


def iou(a: CodedSpan, b: CodedSpan) -> float:
    """Intersection over union of two stretches, in code points: 1 if equal, 0 if disjoint."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    if shared <= 0:
        return 0.0
    return shared / (max(a.end, b.end) - min(a.start, b.start))


def align(spans: Iterable[CodedSpan]) -> list[Group]:
    """Every span in exactly one group, of one family and with one span of a coder at most."""
    groups = [
        group
        for _, family in groupby(sorted(spans, key=_family_and_place), key=lambda s: s.family)
        for stretch in _stretches(family)
        for group in _aligned(stretch)
    ]
    return sorted(groups, key=lambda group: (group[0].place, group[0].family))


def _family_and_place(span: CodedSpan) -> tuple[str, tuple[int, int, str]]:
    return (span.family, span.place)


def _stretches(spans: Iterable[CodedSpan]) -> Iterator[list[CodedSpan]]:
    """Spans in text order, cut where nothing overlaps, which keeps the assignments small."""
    stretch: list[CodedSpan] = []
    reach = 0
    for span in spans:
        if stretch and span.start >= reach:
            yield stretch
            stretch, reach = [], 0
        stretch.append(span)
        reach = max(reach, span.end)
    if stretch:
        yield stretch


def _aligned(stretch: Sequence[CodedSpan]) -> list[Group]:
    coders: dict[str, list[CodedSpan]] = {}
    for span in stretch:
        coders.setdefault(span.coder, []).append(span)
    first, *others = sorted(coders.values(), key=lambda own: [span.place for span in own])
    groups: list[Group] = [(span,) for span in first]
    for own in others:
        groups = _joined(groups, own)
    return groups


def _joined(groups: list[Group], own: list[CodedSpan]) -> list[Group]:
    closeness = [[_closeness(group, span) for span in own] for group in groups]
    partner = dict(_assignment(closeness))
    joined = [
        _in_order(group, own[partner[row]]) if row in partner else group
        for row, group in enumerate(groups)
    ]
    taken = set(partner.values())
    joined += [(span,) for column, span in enumerate(own) if column not in taken]
    return sorted(joined, key=lambda group: group[0].place)


def _in_order(group: Group, span: CodedSpan) -> Group:
    return tuple(sorted((*group, span), key=lambda member: member.place))


def _closeness(group: Group, span: CodedSpan) -> float:
    """The mean over the group's spans; 0 only where nothing overlaps."""
    return sum(_likeness(member, span) for member in group) / len(group)


def _likeness(a: CodedSpan, b: CodedSpan) -> float:
    overlap = iou(a, b)
    if not overlap:
        return 0.0
    return (
        overlap
        + SAME_THEME * (a.theme == b.theme)
        + SAME_HOLDER * (a.holder_kind == b.holder_kind)
        + SAME_STANCE * (a.stance == b.stance)
    )


def _assignment(closeness: list[list[float]]) -> list[tuple[int, int]]:
    """(row, column) pairs of the one-to-one assignment with the greatest sum, zeros left out."""
    if len(closeness) == 1:
        best = max(range(len(closeness[0])), key=lambda column: closeness[0][column])
        pairs = [(0, best)]
    else:
        from scipy.optimize import linear_sum_assignment

        rows, columns = linear_sum_assignment(closeness, maximize=True)
        pairs = list(zip(rows.tolist(), columns.tolist(), strict=True))
    return [(row, column) for row, column in pairs if closeness[row][column] > 0]
