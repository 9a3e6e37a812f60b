"""Agreement on stance and voice, where coders gave a theme. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import judging
from .coefficients.coincidences import Coincidences, alpha, coinciding
from .coefficients.figures import MISSING, Coefficient
from .coefficients.metrics import between_sets, masi, nominal, ordinal
from .coefficients.patterns import patterns
from .confusing import Confusions, confusions
from .drawing import Chance, interval_of
from .judging import Codings, Marks
from .resampling import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stances:
    """Agreement on what is said, on passages of the body to which two coders gave the theme.

    `nominal` and `ordinal` look at coders with one stance there, `ordinal` at those in the order;
    `sets` at all, by MASI; `same_holder` where all found one and the same kind of voice.
    `interval` is the nominal one's, by story. `confused` are stances that coders took beside one another there.
    `passages` is how many there are; each figure's `n_pairable` is the part that it rests on.
    """

    passages: int
    nominal: Coefficient
    interval: Interval | None
    ordinal: Coefficient
    sets: Coefficient
    holder: Coefficient
    same_holder: Coefficient
    confused: Confusions


def stances(codings: Codings, marks: Marks, chance: Chance) -> Stances:
    """Of the marks of one theme."""
    few, marks, stories = _where_given(codings, marks)
    codes, sets = judging.stance_sets(few, marks)
    voices, kinds = judging.holder_sets(few, marks)
    single, voice = judging.single(codes, sets), judging.single(voices, kinds)
    told = [frozenset(codings.stances[n] for n in one) for one in sets]
    by_story = patterns(judging.seated(single), stories, codings.n_stories)
    table = _table(single)
    return Stances(
        passages=int(((codes != MISSING).sum(axis=1) >= 2).sum()),
        nominal=alpha(table),
        interval=interval_of(by_story, table, nominal, chance),
        ordinal=alpha(_table(judging.ranked(single, codings.ranks)), metric=ordinal),
        sets=_of_sets(codes, told),
        holder=alpha(_table(voice)),
        same_holder=alpha(_table(judging.where(single, _same(voice)))),
        confused=confusions(codes, sets, codings.stances),
    )


def _where_given(codings: Codings, marks: Marks) -> tuple[Codings, Marks, Integers]:
    """Only the units of the body to which somebody gave the theme, mostly a small part of all;
    and the story of each.
    """
    import numpy as np

    kept = ~codings.units.title[marks.unit]
    units, places = np.unique(marks.unit[kept], return_inverse=True)
    fewer = (each[kept] for each in (marks.coder, marks.theme, marks.stance, marks.holder))
    few = replace(codings, judged=codings.judged[units])
    return few, Marks(places, *fewer), codings.units.story[units]


def _table(values: Integers) -> Coincidences:
    n_coders = int((values != MISSING).any(axis=0).sum())
    return replace(coinciding(patterns(judging.seated(values))), n_coders=n_coders)


def _of_sets(codes: Integers, sets: Sequence[frozenset[str]]) -> Coefficient:
    return alpha(_table(codes), metric=between_sets(sets, masi))


def _same(voice: Integers) -> Flags:
    """Where all who found one kind of voice found the same."""
    import numpy as np

    given: Flags = voice != MISSING
    if not voice.shape[1]:
        return given
    lowest = np.where(given, voice, np.iinfo(np.int64).max).min(axis=1)
    agreed: Flags = given & (lowest == voice.max(axis=1))[:, None]
    return agreed
