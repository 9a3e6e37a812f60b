"""Which of the things that coders agree on an adjudicator checks all the same. Pure."""

from __future__ import annotations

from hashlib import sha256
from math import sqrt

WHOLE = 2**64
Z95 = 1.959963984540054
"""The standard normal deviate that leaves 2.5 % on either side."""


def is_drawn(key: str, *, seed: int, document: str, share: float) -> bool:
    """Whether this one of a document is in the sample; the same each time, whatever else there is.

    Every key has the chance `share`, 0 to 1, on its own, so that what is added later moves nothing.

    >>> sum(is_drawn(f"{n}", seed=7, document="d", share=0.05) for n in range(10_000))
    501
    """
    drawn = int.from_bytes(sha256(f"{seed} {document} {key}".encode()).digest()[:8])
    return drawn < share * WHOLE


def wilson(count: int, total: int, z: float = Z95) -> tuple[float, float] | None:
    """The score interval of a share, from 0 to 1, 95 % by default; None of nothing.

    It holds for small samples and for shares near 0 and 1, where the usual ± does not. Wilson, E. B.
    (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 209-212, equation (4).

    >>> [round(end, 3) for end in wilson(1, 10)]
    [0.018, 0.404]
    """
    if not total:
        return None
    share = count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, middle - half), min(1.0, middle + half)
