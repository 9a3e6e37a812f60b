"""Codings → figures: by theme, with intervals, and by what else passages and coders have. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from . import judging
from .coefficients.coincidences import (
    Coincidences,
    alpha,
    coinciding,
    percent_agreement,
    prevalence,
    specific_agreement,
)
from .coefficients.figures import MISSING, Coefficient
from .coefficients.metrics import masi_between, nominal
from .coefficients.patterns import Patterns, patterns
from .confusing import Confusions, Lost, by_pairs, confusions, lost, memberships
from .drawing import Chance, interval_of
from .judging import PRESENT, Codings
from .resampling import SAMPLES, Interval
from .spanning import Spanning, spanning
from .stancing import Stances, stances

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Flags = NDArray[np.bool_]


MOST_DRAWN = 15
"""Pairs of coders that get intervals, six people; of forty, 780 pairs would take half a minute."""


@dataclass(frozen=True, slots=True)
class Presence:
    """How far coders agree that passages are about a theme."""

    alpha: Coefficient
    percent: Coefficient
    positive: Coefficient
    prevalence: Coefficient
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class OfTheme:
    """All figures of one theme, sub-themes counted under it. Keys are names of what they are by."""

    theme: str
    whole: Presence
    titles: Presence
    stances: Stances
    languages: Mapping[str, Presence]
    batches: Mapping[str, Presence]
    pairs: Mapping[tuple[str, str], Presence]
    spans: Spanning


@dataclass(frozen=True, slots=True)
class Measured:
    """`overall` is of which themes a passage has, at once: α with MASI. `stories` are
    those that intervals draw from. `sub_themes` by root theme. `pairs` is `overall` of two coders
    each, `confused` of root themes, `lost` the themes that cost the most agreement first.
    """

    overall: Coefficient
    interval: Interval | None
    stories: int
    themes: tuple[OfTheme, ...]
    sub_themes: Mapping[str, Mapping[str, Presence]]
    pairs: Mapping[tuple[str, str], Coefficient]
    confused: Confusions
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class _AtOnce:
    """Which root themes a passage of the body has, as sets."""

    overall: Coefficient
    interval: Interval | None
    pairs: Mapping[tuple[str, str], Coefficient]
    confused: Confusions
    lost: tuple[Lost, ...]


def measure(
    codings: Codings, parents: Mapping[str, str], *, seed: int, samples: int = SAMPLES
) -> Measured:
    """Everything at once. `parents[theme]` is the root that a sub-theme counts as."""
    number = {theme: n for n, theme in enumerate(codings.themes)}
    roots = [number[parents.get(theme, theme)] for theme in codings.themes]
    families = {root: [n for n, each in enumerate(roots) if each == root] for root in roots}
    chance = Chance(seed, samples, _compared(codings))
    themes = tuple(_of_theme(codings, root, own, chance) for root, own in families.items())
    whole = _at_once(codings, roots, themes, chance)
    return Measured(
        overall=whole.overall,
        interval=whole.interval,
        stories=int(chance.stories.sum()),
        themes=themes,
        sub_themes={
            codings.themes[root]: _under(codings, root, own, chance)
            for root, own in families.items()
        },
        pairs=whole.pairs,
        confused=whole.confused,
        lost=whole.lost,
    )


def _under(
    codings: Codings, root: int, family: Sequence[int], chance: Chance
) -> dict[str, Presence]:
    return {
        codings.themes[n]: _presence(codings, judging.presence(codings, [n]), chance)
        for n in family
        if n != root
    }


def _compared(codings: Codings) -> Flags:
    """Stories with a passage that two coders judged."""
    import numpy as np

    pairable = (codings.judged.sum(axis=1) >= 2) & ~codings.units.title
    stories = np.zeros(codings.n_stories, dtype=bool)
    stories[codings.units.story[pairable]] = True
    return stories


def _of_theme(codings: Codings, root: int, family: Sequence[int], chance: Chance) -> OfTheme:
    values = judging.presence(codings, family)
    units = codings.units
    return OfTheme(
        theme=codings.themes[root],
        whole=_presence(codings, values, chance),
        titles=_presence(codings, values, kept=units.title),
        stances=stances(codings, codings.of_themes(family), chance),
        languages=_by(codings, values, units.language, codings.languages, chance),
        batches=_by(codings, values, units.batch, codings.batches, chance),
        pairs=_pairs(codings, values, chance),
        spans=spanning(
            codings.spans,
            family,
            n_stories=codings.n_stories,
            seed=chance.seed,
            samples=chance.samples,
        ),
    )


def _presence(
    codings: Codings,
    values: Integers,
    chance: Chance | None = None,
    *,
    kept: Flags | None = None,
) -> Presence:
    """Of some units, else of the body; with `chance` an interval by story."""
    units = ~codings.units.title if kept is None else kept
    counted, table = _counted(codings, values, units)
    return Presence(
        alpha=alpha(table),
        percent=percent_agreement(table),
        positive=specific_agreement(table, PRESENT),
        prevalence=prevalence(table, PRESENT),
        interval=interval_of(counted, table, nominal, chance) if chance else None,
    )


def _counted(codings: Codings, values: Integers, units: Flags) -> tuple[Patterns, Coincidences]:
    """The units by story, and the table of all."""
    values = values[units]
    n_coders = int((values != MISSING).any(axis=0).sum())
    seats = judging.seated(values)
    counted = patterns(seats, codings.units.story[units], codings.n_stories)
    return counted, replace(coinciding(counted), n_coders=n_coders)


def _by(
    codings: Codings, values: Integers, labels: Integers, names: Sequence[str], chance: Chance
) -> dict[str, Presence]:
    body = ~codings.units.title
    found = {}
    for n, name in enumerate(names):
        kept = body & (labels == n)
        found[name] = _presence(codings, values, _among(codings, values, kept, chance), kept=kept)
    return found


def _among(codings: Codings, values: Integers, kept: Flags, chance: Chance) -> Chance:
    """Only stories in which two coders have judged one of these units are drawn."""
    import numpy as np

    pairable = kept & ((values != MISSING).sum(axis=1) >= 2)
    stories = np.zeros(codings.n_stories, dtype=bool)
    stories[codings.units.story[pairable]] = True
    return replace(chance, stories=chance.stories & stories)


def _pairs(codings: Codings, values: Integers, chance: Chance) -> dict[tuple[str, str], Presence]:
    """Of coders who judged a passage of the body in common; with intervals where they are few."""
    count = len(codings.coders)
    drawn = count * (count - 1) // 2 <= MOST_DRAWN
    body = ~codings.units.title
    found = {}
    for a, b in combinations(range(len(codings.coders)), 2):
        both = body & codings.judged[:, a] & codings.judged[:, b]
        if both.any():
            pair = (codings.coders[a], codings.coders[b])
            of_two = values[:, [a, b]]
            among = _among(codings, of_two, both, chance) if drawn else None
            found[pair] = _presence(codings, of_two, among, kept=both)
    return found


def _at_once(
    codings: Codings, roots: Sequence[int], themes: Sequence[OfTheme], chance: Chance
) -> _AtOnce:
    codes, sets = judging.theme_sets(codings, roots)
    metric = masi_between(memberships(sets, len(codings.themes)))
    body = ~codings.units.title
    counted, table = _counted(codings, codes, body)
    named = {n: codings.themes[n] for n in dict.fromkeys(roots)}
    place = {n: row for row, n in enumerate(named)}
    as_roots = [frozenset(place[n] for n in one) for one in sets]
    confused = confusions(codes[body], as_roots, list(named.values()))
    differing = {
        each.theme: {pair: found.percent for pair, found in each.pairs.items()} for each in themes
    }
    return _AtOnce(
        overall=alpha(table, metric=metric),
        interval=interval_of(counted, table, metric, chance),
        pairs=by_pairs(codes[body], sets, len(codings.themes), codings.coders),
        confused=confused,
        lost=lost(table, sets, named, confused, differing),
    )
