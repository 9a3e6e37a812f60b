"""Spans of all texts at once give the figures that going from text to text gives."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from annotations.agreement.coefficients import overlap, unitizing
from annotations.agreement.coefficients.figures import Undefined
from annotations.agreement.coefficients.overlap import Matches
from annotations.agreement.coefficients.unitizing import Continuum
from annotations.agreement.judging import Laid
from annotations.agreement.spanning import Spanning, spanning
from annotations.text.spans import Span

Row = tuple[int, int, int, int, int]
"""Text, coder, theme, start, end."""


def laid(rows: list[Row], lengths: list[int], coders: list[int], stories: list[int]) -> Laid:
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 5).T
    return Laid(*columns, np.array(lengths), np.array(coders), np.array(stories))


def of(spans: Laid, *themes: int, n_stories: int = 6) -> Spanning:
    return spanning(spans, themes, n_stories=n_stories, seed=1, samples=50)


def study(seed: int) -> tuple[Laid, list[Continuum]]:
    """Some texts of up to four coders, with stacked, nested, touching and same-extent spans."""
    chance = Random(seed)
    lengths = [chance.randint(20, 60) for _ in range(6)]
    coders = [chance.randint(1, 4) for _ in range(6)]
    rows, texts = [], []
    for text, (length, number) in enumerate(zip(lengths, coders, strict=True)):
        own: dict[str, list[tuple[int, int, str]]] = {}
        for coder in range(number):
            spans = []
            for _ in range(chance.randint(0, 6)):
                start = chance.randint(0, length - 1)
                end = chance.randint(start + 1, min(length, start + 12))
                spans.append((start, end, "0"))
                rows.append((text, coder, 0, start, end))
            own[str(coder)] = spans
        texts.append(Continuum(length, own))
    return laid(rows, lengths, coders, [0, 0, 1, 2, 3, 4]), texts


@pytest.mark.parametrize("seed", range(12))
def test_alpha_of_many_texts_is_that_of_the_continuum(seed: int) -> None:
    spans, texts = study(seed)
    lengths = unitizing.lengths([unitizing.as_one(one, ["0"]) for one in texts])
    found = of(spans, 0).alpha.figure
    if isinstance(lengths, Undefined):
        assert found.reason is lengths
    else:
        assert found.value == pytest.approx(unitizing.unitized_apart(lengths).value)


@pytest.mark.parametrize("seed", range(12))
def test_f1_is_that_of_all_pairs_of_coders(seed: int) -> None:
    spans, texts = study(seed)
    found = of(spans, 0)
    for name in ("exact", "overlapping", "characters"):
        sums = Matches()
        for one in texts:
            for a, b in combinations(one.coders.values(), 2):
                sides = [[Span(start, end) for start, end, _ in own] for own in (a, b)]
                sums += getattr(overlap, name)(*sides)
        assert getattr(found, name).figure.value == pytest.approx(sums.f1.value), name


def test_a_text_of_one_coder_says_nothing_about_agreement() -> None:
    alone = of(laid([(0, 0, 0, 0, 5)], [10], [1], [0]), 0)
    assert alone.alpha.figure.reason is Undefined.NO_DOCUMENT_SHARED
    assert (alone.spans, alone.texts) == (0, 0)


def test_where_nobody_marked_anything_there_is_no_figure() -> None:
    nothing = of(laid([], [10], [2], [0]), 0)
    assert nothing.alpha.figure.reason is Undefined.NO_VARIATION
    assert nothing.exact.figure.reason is Undefined.NO_SPANS
    assert nothing.exact.interval is None


def test_other_themes_are_no_marks_of_this_one() -> None:
    spans = laid([(0, 0, 0, 0, 5), (0, 1, 1, 0, 5)], [10], [2], [0])
    assert of(spans, 0).exact.figure.value == 0.0
    assert of(spans, 0, 1).exact.figure.value == 1.0


def test_the_interval_draws_stories_and_holds_the_figure() -> None:
    rows = [(text, coder, 0, 0, 5 + coder * (text % 3)) for text in range(6) for coder in (0, 1)]
    found = of(laid(rows, [20] * 6, [2] * 6, list(range(6))), 0)
    for each in (found.alpha, found.characters):
        assert each.interval is not None
        assert each.figure.value is not None
        assert each.interval.groups == 6
        assert each.interval.low <= each.figure.value <= each.interval.high
