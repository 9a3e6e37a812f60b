"""Which documents are looked up as likely likenesses."""

from __future__ import annotations

from annotations.corpus.deliveries.admitting import admit
from annotations.corpus.readers.reading import read
from annotations.corpus.stories.finding import pairs_near, rarity_in, with_bands_of_others
from tests.cast import Cast

NIGHT = "The laboratory pays late and nobody there asks why the nights are long. " * 3
COPY = NIGHT + "So it was printed elsewhere."
OTHERS = (
    "Bees came back to the hedges of the old town this spring.",
    "A ferry ran aground in the fog, and its crew was brought ashore.",
    "The library opens on Sundays, says the mayor, if readers ask for it.",
    "Salt is harvested by hand where the marsh meets the sea.",
)


def admitted(cast: Cast, text: str) -> int:
    data = text.encode()
    return admit(read("a.txt", data), data, into=cast.project, name="a.txt").document.pk


def test_a_band_in_common_is_known_of_many_at_once_as_of_a_few(cast: Cast) -> None:
    night, copy, *others = every = [admitted(cast, text) for text in (NIGHT, COPY, *OTHERS)]
    project = cast.project.pk
    rarity = rarity_in(project)
    assert with_bands_of_others(project, every, rarity) == {night, copy}
    assert with_bands_of_others(project, [night, others[0]], rarity) == {night}
    # Of one in six all may have one: the index is asked for each.
    assert with_bands_of_others(project, [others[0]], rarity) == [others[0]]
    assert pairs_near(project, every, rarity, banded={night, copy}) == {(night, copy)}
    assert pairs_near(project, every, rarity, banded=every) == {(night, copy)}
