"""How often labels say what, by something that documents are told apart by.

Labels of the gold, or of one's own coding. A label is a span with its theme and stance; one of a
sub-theme counts as its theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from annotations.codebook.models import Theme
from annotations.coding import retrieving as coded
from annotations.coding.retrieving import Place, Span, Wanted
from annotations.corpus.attributes.facets import values_of
from annotations.project.access import Action, coder_of, require_at_sight
from annotations.project.lately import lately
from annotations.project.models import Project, User

from .retrieving import Layer
from .retrieving_gold import gold

EVERYTHING = 2**31 - 1
Cell = tuple[str, str, str]
"""Theme, stance, value."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """`counts[theme, stance, value]`; `themes` and `stances` are keys, `values` most frequent first.

    The value "" is that of documents without one, the stance "" that of labels that lack it yet.
    """

    themes: Sequence[str]
    stances: Sequence[str]
    values: Sequence[str]
    counts: Mapping[tuple[str, str, str], int]

    def of(
        self, *, theme: str | None = None, stance: str | None = None, value: str | None = None
    ) -> int:
        """Labels with all that is named."""
        return sum(
            times
            for (t, s, v), times in self.counts.items()
            if theme in {None, t} and stance in {None, s} and value in {None, v}
        )

    def share_of_theme(self, theme: str, value: str | None = None) -> float | None:
        """Of all labels on documents with the value; None where there are none."""
        return _over(self.of(theme=theme, value=value), self.of(value=value))

    def share_of_stance(self, theme: str, stance: str, value: str | None = None) -> float | None:
        """Of the labels of the theme on documents with the value."""
        whole = self.of(theme=theme, value=value)
        return _over(self.of(theme=theme, stance=stance, value=value), whole)


def crossing(project: Project, layer: Layer, facet: str, wanted: Wanted, *, by: User) -> Crossed:
    """Every label that is wanted, of very many as a minute ago; the caller has asked `layer_for`."""
    require_at_sight(by, Action.SEARCH, project)
    whose = f"{layer.value}-{coder_of(by, project).pk if layer is Layer.OWN else project.pk}"
    asked = sha256(repr((facet, wanted)).encode()).hexdigest()
    counted = lately(
        f"crossing-{whose}-{asked}",
        lambda: (
            coded.own_counts(coder_of(by, project), facet, wanted)
            if layer is Layer.OWN
            else _gold_counts(project, facet, wanted)
        ),
        rows=lambda known: sum(known.values()),
    )
    roots = _roots(project)
    counts: Counter[Cell] = Counter()
    for (theme, stance, value), times in counted.items():
        counts[roots[theme], stance, value] += times
    return Crossed(
        themes=_ordered(key for key, _, _ in counts),
        stances=_ordered(key for _, key, _ in counts),
        values=_by_frequency(counts),
        counts=counts,
    )


def _gold_counts(project: Project, facet: str, wanted: Wanted) -> Mapping[Cell, int]:
    found: list[Span] = []
    place: Place | None = Place()
    while place is not None:
        spans, place = gold(project, wanted, after=place, limit=EVERYTHING)
        found += spans
    values = values_of(project, facet, among={span.document for span in found})
    return Counter((span.theme, span.stance or "", values[span.document]) for span in found)


def _roots(project: Project) -> dict[str, str]:
    """Each theme's key → that of the root it stands under in the newest edition that knows it."""
    rows = Theme.objects.filter(edition__project=project).order_by("edition__number")
    parents = dict(rows.values_list("key", "parent__key"))
    roots = {}
    for key in parents:
        root = key
        while parents.get(root):
            root = parents[root]
        roots[key] = root
    return roots


def _by_frequency(counts: Mapping[tuple[str, str, str], int]) -> list[str]:
    """The value that is none comes last."""
    times: Counter[str] = Counter()
    for (_theme, _stance, value), n in counts.items():
        times[value] += n
    return sorted(times, key=lambda value: (value == "", -times[value], value))


def _ordered(keys: Iterable[str]) -> list[str]:
    return sorted(set(keys))


def _over(part: int, of: int) -> float | None:
    return part / of if of else None
