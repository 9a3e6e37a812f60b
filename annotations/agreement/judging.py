"""What coders said of passages, as arrays of values that coefficients understand. Pure.

A unit is a passage in one round; a column is a coder. A theme is PRESENT where the coder's spans
mark the passage with it, ABSENT where the passage was judged and is not so marked, else MISSING.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from .coefficients.figures import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Flags = NDArray[np.bool_]

ABSENT, PRESENT = 0, 1
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Units:
    """Passages of coded zones, an entry each: numbers into the lists of `Codings`.

    A text is a document in one round; `passage` is the index in its document.
    """

    story: Integers
    batch: Integers
    language: Integers
    title: Flags
    text: Integers
    passage: Integers

    def __len__(self) -> int:
        return len(self.story)


@dataclass(frozen=True, slots=True)
class Marks:
    """One for each passage that a span marks: unit, coder, and what the span says, as numbers."""

    unit: Integers
    coder: Integers
    theme: Integers
    stance: Integers
    holder: Integers


@dataclass(frozen=True, slots=True)
class Laid:
    """Spans where they lie, five entries each, in code points; then an entry for each text.

    `coders[text]` is how many submitted the whole of it; only their spans are here.
    """

    text: Integers
    coder: Integers
    theme: Integers
    start: Integers
    end: Integers
    length: Integers
    coders: Integers
    story: Integers


@dataclass(frozen=True, slots=True)
class Codings:
    """`judged` is units × coders; `themes` to `languages` name what the numbers stand for.

    `ranks[stance]` is its place in the scale, MISSING for those outside of it.
    """

    units: Units
    judged: Flags
    marks: Marks
    coders: tuple[str, ...]
    themes: tuple[str, ...]
    stances: tuple[str, ...]
    ranks: tuple[int, ...]
    holders: tuple[str, ...]
    batches: tuple[str, ...]
    languages: tuple[str, ...]
    n_stories: int
    spans: Laid

    def of_themes(self, themes: Collection[int]) -> Marks:
        """The marks of these themes."""
        import numpy as np

        kept = np.isin(self.marks.theme, sorted(themes))
        marks = self.marks
        return Marks(
            marks.unit[kept],
            marks.coder[kept],
            marks.theme[kept],
            marks.stance[kept],
            marks.holder[kept],
        )


def presence(codings: Codings, themes: Collection[int]) -> Integers:
    """PRESENT, ABSENT or MISSING of any of these themes, units × coders."""
    import numpy as np

    values: Integers = np.where(codings.judged, ABSENT, MISSING).astype(np.int8)
    marks = codings.of_themes(themes)
    values[marks.unit, marks.coder] = PRESENT
    return values


def theme_sets(codings: Codings, roots: Sequence[int]) -> tuple[Integers, list[frozenset[int]]]:
    """Which root themes each coder gave each passage: codes, and the set of roots of each.

    `roots[theme]` is the theme that it counts as.
    """
    import numpy as np

    as_root = np.array(roots, dtype=np.int64)[codings.marks.theme]
    masks = _masks(codings, codings.marks, as_root)
    masks[~codings.judged] = MISSING
    return _as_sets(masks)


def stance_sets(codings: Codings, marks: Marks) -> tuple[Integers, list[frozenset[int]]]:
    """Which stances each coder took where he gave the theme; MISSING where he did not."""
    masks = _masks(codings, marks, marks.stance)
    masks[masks == 0] = MISSING
    return _as_sets(masks)


def holder_sets(codings: Codings, marks: Marks) -> tuple[Integers, list[frozenset[int]]]:
    """Whose stances each coder found where he gave the theme; MISSING where he did not."""
    masks = _masks(codings, marks, marks.holder)
    masks[masks == 0] = MISSING
    return _as_sets(masks)


def single(codes: Integers, sets: Sequence[frozenset[int]]) -> Integers:
    """The one value of each set, MISSING where a coder has several or none."""
    import numpy as np

    ones = [next(iter(one)) if len(one) == 1 else MISSING for one in sets]
    values: Integers = np.array([*ones, MISSING], dtype=np.int64)[codes]
    return values


def ranked(values: Integers, ranks: Sequence[int]) -> Integers:
    """Each value's place in the scale, MISSING outside of it."""
    import numpy as np

    places: Integers = np.array([*ranks, MISSING], dtype=np.int64)[values]
    return places


def where(values: Integers, kept: Flags) -> Integers:
    """The same with MISSING wherever not `kept` (units × coders)."""
    import numpy as np

    chosen: Integers = np.where(kept, values, MISSING)
    return chosen


def seated(values: Integers) -> Integers:
    """The judgements of each unit moved to the left, as few columns as there may be.

    Who gave a value is lost, which α does not ask; forty coders who share the work three to a
    document become three columns.
    """
    import numpy as np

    given = values != MISSING
    if given.all():
        return values
    seats = int(given.sum(axis=1).max(initial=0))
    order = np.argsort(~given, axis=1, kind="stable")[:, :seats]
    moved: Integers = np.take_along_axis(values, order, axis=1)
    return moved


def _masks(codings: Codings, marks: Marks, bits: Integers) -> NDArray[np.int64]:
    """Units × coders of bit sets: bit b where a mark has the number b < 62."""
    import numpy as np

    masks = np.zeros(codings.judged.shape, dtype=np.int64)
    np.bitwise_or.at(masks, (marks.unit, marks.coder), np.int64(1) << bits.astype(np.int64))
    return masks


def _as_sets(masks: NDArray[np.int64]) -> tuple[Integers, list[frozenset[int]]]:
    """Bit sets → codes from 0 and the sets; MISSING stays what it is."""
    import numpy as np

    found, codes = np.unique(masks, return_inverse=True)
    codes = codes.reshape(masks.shape)
    if len(found) and found[0] == MISSING:
        found, codes = found[1:], codes - 1
    sets = [frozenset(bit for bit in range(63) if mask >> bit & 1) for mask in found.tolist()]
    return codes, sets


def numbered(keys: Iterable[Key]) -> dict[Key, int]:
    """Each key's place.

    >>> numbered(["pay", "hours"])
    {'pay': 0, 'hours': 1}
    """
    return {key: number for number, key in enumerate(keys)}
