"""Text → overlapping runs of five words, as numbers that can be compared; and a MinHash of them.

Words are compared folded (`text.folding`). Where a script sets no spaces between words, as Chinese
and Japanese do, each character is one. MinHash: Broder (1997), "On the resemblance and containment
of documents"; its bands: Leskovec, Rajaraman and Ullman, "Mining of massive datasets", 3.4.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from annotations.text.folding import searchable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

WIDTH = 5
PERMUTATIONS = 128
# Two rows a band: a pair that shares a third of its shingles is found in 999 of 1,000 cases, one
# that shares a twentieth in 1 of 7; what is found is compared in full anyway.
ROWS = 2
# Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_LETTER = rf"[^\W_{UNSPACED}]"
WORD = re.compile(rf"[{UNSPACED}]|{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
# Without any of these a word is just its letters, which are found in a quarter of the time.
_ODD = re.compile(f"[{UNSPACED}\u0300-\u036f\u00ad\u200b-\u200d\u2060]")
_PLAIN_WORD = re.compile(r"[^\W_]+")
# So many shingles take 256 KB, and an article has fewer.
_AT_ONCE = 512
_REMEMBERED = 1 << 16
_BASE = 0x9E3779B97F4A7C15  # odd, so that it never loses a bit: 2^64 divided by the golden ratio


def is_odd(text: str) -> bool:
    """Whether a word of it may be more than its letters, or a letter a word."""
    return not text.isascii() and _ODD.search(text) is not None


def words_of(text: str, stretches: Iterable[tuple[int, int]]) -> list[str]:
    """What `WORD` finds in each `[start, end)`.

    >>> words_of("Low pay, long\u00ad nights", [(0, 8), (9, 21)])
    ['Low', 'pay', 'long\\xad', 'nights']
    """
    found = (WORD if is_odd(text) else _PLAIN_WORD).findall
    return [word for start, end in stretches for word in found(text, start, end)]


class _Numbers(dict[str, bytes]):
    """A word's number, of eight bytes: the same for every way of writing it: case, accents, soft
    hyphens. Joined they are an array, at half of what numbers one by one take.
    """

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        number = zlib.crc32(searchable(word).encode()).to_bytes(8, sys.byteorder)
        self[word] = number
        return number


_NUMBERS = _Numbers()


def shingles(words: Sequence[str]) -> Numbers:
    """One number for each run of `WIDTH` words, in order; one for all of them if they are fewer.

    >>> len(shingles("one two three four five six".split())), len(shingles(["one"])), len(shingles([]))
    (2, 1, 0)
    """
    import numpy as np

    numbers = np.frombuffer(b"".join(map(_NUMBERS.__getitem__, words)), dtype=np.uint64)
    if not len(numbers):
        return numbers
    # The first of a run counts most, as the first digit of a number does.
    return _stirred(np.convolve(numbers, _powers()[: len(numbers)], "valid"))


def bands(found: Numbers, *, salt: int) -> list[int]:
    """Signed 64-bit hashes, one for each band of the MinHash; equal ones mean likely likeness.

    `salt` keeps the hashes of one project apart from those of another. None for no shingles.
    """
    import numpy as np

    if not len(found):
        return []
    factors, terms = _permutations()
    # Numbers of 32 bits, which a processor multiplies eight at a time: 0.02 ms instead of 0.4. A
    # permutation is a row, whose lowest is found eight at a time too.
    short = (found >> np.uint64(32)).astype(np.uint32)
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    # In pieces, so that a long text takes no more memory than a short one.
    for start in range(0, len(short), _AT_ONCE):
        piece = factors * short[start : start + _AT_ONCE]
        piece += terms
        np.minimum(lowest, piece.min(axis=1), out=lowest)
    rows = lowest.reshape(-1, ROWS).astype(np.uint64)
    hashed = np.arange(len(rows), dtype=np.uint64) + np.uint64(salt)
    for row in range(ROWS):
        hashed = _stirred(hashed * np.uint64(_BASE) + rows[:, row])
    signed: list[int] = hashed.view(np.int64).tolist()
    return signed


def line_number(line: str, *, salt: int) -> int:
    """A signed 64-bit hash of a line as search compares it."""
    digest = blake2b(
        searchable(line).strip().encode(), digest_size=8, salt=salt.to_bytes(8, "little")
    )
    return int.from_bytes(digest.digest(), "little", signed=True)


def _stirred(numbers: Numbers) -> Numbers:
    """Every bit in depends on every bit out (the finaliser of splitmix64, Steele et al. 2014)."""
    import numpy as np

    numbers = numbers ^ (numbers >> np.uint64(30))
    numbers = numbers * np.uint64(0xBF58476D1CE4E5B9)
    numbers = numbers ^ (numbers >> np.uint64(27))
    numbers = numbers * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@cache
def _powers() -> Numbers:
    """Of the base, from the first to that of a run's first word."""
    import numpy as np

    return np.array([pow(_BASE, each, 1 << 64) for each in range(WIDTH)], dtype=np.uint64)


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors (odd) and terms, each a column with one row a permutation; the same for ever, as
    sketches are stored.
    """
    import numpy as np

    seeds = np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * np.uint64(_BASE)
    drawn = (_stirred(seeds) >> np.uint64(32)).astype(np.uint32)
    factors, terms = drawn[:PERMUTATIONS] | np.uint32(1), drawn[PERMUTATIONS:]
    return factors[:, None], terms[:, None]
