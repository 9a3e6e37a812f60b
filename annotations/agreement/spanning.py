"""Agreement on where spans of a theme begin and end, over all texts at once. Pure.

The same figures as `coefficients.unitizing` and `coefficients.overlap`, which go from text to text:
here every text lies on one line, so that thousands of them cost a few passes over arrays, and what
each story adds can be drawn anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .coefficients import unitizing
from .coefficients.figures import Figure, Undefined
from .coefficients.overlap import Matches
from .coefficients.unitizing import MARKED, Lengths
from .judging import Laid
from .matching import matched_by_overlap, matched_exactly
from .resampling import Interval, middle, sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its interval by story, None where there is none."""

    figure: Figure
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Spanning:
    """|uα of a theme's spans, and F1 of spans over all pairs of coders, counts summed.

    `spans` are those in the `texts` that two coders or more submitted whole.
    """

    alpha: Drawn
    exact: Drawn
    overlapping: Drawn
    characters: Drawn
    spans: int
    texts: int


@dataclass(frozen=True, slots=True)
class _Line:
    """Spans of one theme on one line of all texts; entries a span, then entries a text."""

    text: Integers
    coder: Integers
    start: Integers
    end: Integers
    base: Integers
    length: Integers
    coders: Integers
    story: Integers


def spanning(
    laid: Laid, themes: Collection[int], *, n_stories: int, seed: int, samples: int
) -> Spanning:
    """Of the spans of a theme and all under it; what one coder laid on one another counts as one
    for α, and each span by itself for F1.
    """
    import numpy as np

    line = _line(laid, themes)
    if not len(line.base):
        nobody = Drawn(Figure(None, Undefined.NO_DOCUMENT_SHARED))
        return Spanning(nobody, nobody, nobody, nobody, spans=0, texts=0)
    parts = np.column_stack([_lengths(line, n_stories), _matches(line, n_stories)])
    groups = np.unique(line.story)
    drawn = sums(parts[groups], seed=seed, samples=samples) if len(groups) > 1 else None
    figures = [_alpha(parts.sum(axis=0)), *_f1(parts.sum(axis=0))]
    intervals = _intervals(drawn, len(groups))
    alpha, exact, overlapping, characters = (
        Drawn(figure, interval if figure.value is not None else None)
        for figure, interval in zip(figures, intervals, strict=True)
    )
    return Spanning(alpha, exact, overlapping, characters, len(line.start), len(line.base))


def _line(laid: Laid, themes: Collection[int]) -> _Line:
    """Only texts of two coders or more, one behind the other."""
    import numpy as np

    shared = laid.coders >= 2
    length = laid.length[shared]
    base = np.cumsum(length) - length
    place = np.cumsum(shared) - 1
    kept = np.isin(laid.theme, sorted(themes)) & shared[laid.text]
    text = place[laid.text[kept]]
    shift = base[text]
    return _Line(
        text=text,
        coder=laid.coder[kept],
        start=laid.start[kept] + shift,
        end=laid.end[kept] + shift,
        base=base,
        length=length,
        coders=laid.coders[shared],
        story=laid.story[shared],
    )


def _lengths(line: _Line, n_stories: int) -> Counts:
    """By story: gap met gap, gap met mark, mark met mark; what cannot meet itself; characters that
    pairs of coders both cover, and all that they cover. See `unitizing.lengths`.
    """
    import numpy as np

    starts, ends, texts = _merged(line)
    borders = np.append(line.base, line.base[-1] + line.length[-1])
    cuts = np.unique(np.concatenate([borders, starts, ends]))
    steps = np.diff(cuts).astype(float)
    text = np.searchsorted(line.base, cuts[:-1], side="right") - 1
    changes = np.zeros(len(cuts))
    np.add.at(changes, np.searchsorted(cuts, starts), 1)
    np.add.at(changes, np.searchsorted(cuts, ends), -1)
    marking, coders = np.cumsum(changes)[:-1], line.coders[text].astype(float)
    silent = coders - marking
    pairs = steps / (coders - 1)
    of_steps = (
        pairs * silent * (silent - 1),
        pairs * silent * marking,
        pairs * marking * (marking - 1),
        steps * silent,
    )
    of_spans = ((ends - starts).astype(float) ** 2,)
    covered = (steps * marking * (marking - 1) / 2, steps * marking * (coders - 1))
    story = line.story[text]
    return np.column_stack(
        [np.bincount(story, each, n_stories) for each in of_steps]
        + [np.bincount(line.story[texts], each, n_stories) for each in of_spans]
        + [np.bincount(story, each, n_stories) for each in covered]
    )


def _merged(line: _Line) -> tuple[Integers, Integers, Integers]:
    """Starts, ends and texts, each coder's overlapping spans as one; those that touch stay two."""
    import numpy as np

    if not len(line.start):
        return line.start, line.end, line.text
    # Every coder on a stretch of the line of his own, so that one pass does for all.
    apart = line.coder.astype(np.int64) * int(line.base[-1] + line.length[-1])
    order = np.argsort(apart + line.start, kind="stable")
    start, end = (apart + line.start)[order], (apart + line.end)[order]
    reach = np.maximum.accumulate(end)
    first = np.flatnonzero(np.append(True, start[1:] >= reach[:-1]))
    shift = apart[order][first]
    return start[first] - shift, np.maximum.reduceat(end, first) - shift, line.text[order][first]


def _matches(line: _Line, n_stories: int) -> Counts:
    """By story: exact pairs of spans, overlapping ones, and all spans that pairs of coders have."""
    import numpy as np

    spans = (line.text, line.coder, line.start, line.end)
    exact_at, exact = matched_exactly(*spans)
    story = line.story[line.text]
    return np.column_stack(
        [
            np.bincount(line.story[exact_at], exact, n_stories),
            np.bincount(line.story[matched_by_overlap(*spans)], minlength=n_stories),
            np.bincount(story, line.coders[line.text] - 1.0, n_stories),
        ]
    )


def _alpha(parts: Counts) -> Figure:
    """|uα from the columns of `_lengths`."""
    import numpy as np

    gaps, apart, marks, gap_itself, mark_itself = parts[:5]
    observed = np.array([[gaps, apart], [apart, marks]])
    expected = unitizing.expected_by_chance(observed, np.array([gap_itself, mark_itself]))
    none = np.zeros((1, 1))
    return unitizing.unitized_apart(Lengths((MARKED,), observed, expected, none, none))


def _f1(parts: Counts) -> list[Figure]:
    """Exact, by overlap, by characters."""
    both, covered, exact, overlapping, spans = (round(float(each)) for each in parts[5:])
    return [
        Matches(exact, spans).f1,
        Matches(overlapping, spans).f1,
        Matches(both, covered).f1,
    ]


def _intervals(drawn: Counts | None, groups: int) -> list[Interval | None]:
    """α, exact, by overlap, by characters; from samples × the columns of `_alpha` and `_f1`."""

    if drawn is None:
        return [None] * 4
    gaps, apart, marks, gap_itself, mark_itself, both, covered, exact, overlapping, spans = drawn.T
    gap, mark = gaps + apart, apart + marks
    total = gap + mark
    free = total**2 - gap_itself - mark_itself
    alphas = 1 - _over(2 * apart * free, 2 * total * gap * mark)
    shares = [_over(2 * common, of) for common, of in ((exact, spans), (overlapping, spans))]
    return [middle(each, groups) for each in (alphas, *shares, _over(2 * both, covered))]


def _over(part: Counts, of: Counts) -> Counts:
    """NaN where there is nothing to divide by."""
    import numpy as np

    shares: Counts = np.divide(part, of, out=np.full(len(part), np.nan), where=of > 0)
    return shares
