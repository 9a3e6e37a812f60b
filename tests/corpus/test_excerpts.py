"""Stretches read from the blocks of long texts, with whole words around them."""

from __future__ import annotations

import pytest

from annotations.corpus.excerpts import BLOCK, Stretch, excerpts
from tests.cast import Cast, document

WORDS = "nobody asks why the lights stay on "
TEXT = (WORDS * 500).strip()


@pytest.mark.parametrize("start", [0, 1, 5, 119, 120, 121, 130, BLOCK, BLOCK + 120, 2 * BLOCK - 1])
def test_words_around_a_stretch_are_whole(cast: Cast, start: int) -> None:
    row = document(cast.project, TEXT)
    [found] = excerpts([Stretch(row.pk, start, start + 40)])
    begin, end = start - len(found.before), start + 40 + len(found.after)
    assert found.before + found.text + found.after == TEXT[begin:end]
    assert found.text == TEXT[start : start + 40]
    assert begin == 0 or TEXT[begin - 1].isspace()
    assert TEXT[end].isspace()
    assert (found.cut_before, found.cut_after) == (begin > 0, True)
    assert len(found.after) <= 120


def test_the_end_of_a_text_is_not_cut(cast: Cast) -> None:
    text = TEXT[: 2 * BLOCK]
    row = document(cast.project, text)
    [found] = excerpts([Stretch(row.pk, 2 * BLOCK - 100, 2 * BLOCK - 90)])
    assert (found.after, found.cut_after) == (text[-90:], False)
