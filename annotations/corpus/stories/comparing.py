"""Two documents: do they tell the same story, as what, and how sure is that? Pure.

Two measures, each from 0 to 1:

- `text`: the share of the shorter text's runs of five words that stand in the other one as well.
- `anchors`: names, numbers and months in the same order. The heaviest common subsequence of the
  mentions, weighed by their squared rarity, against the lighter of both sequences; with few
  different anchors in common it is trusted less, by n / (n + 4).

Two languages are compared by anchors. One language by both; by anchors alone only where they agree
so well that one text must be the other in its own words. The thresholds stand in the middle between
what the pairs of `tests/corpus/stories/told` have in common that are and that are not the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from annotations.corpus.stories.sequences import Match, heaviest_common
from annotations.corpus.stories.told import Rarity, Told

TRANSLATED = 0.4
REPEATED = 0.6
REWORDED = 0.65
# A story is translated within days; what comes weeks later has to agree better.
SOON_DAYS = 21
LATE = 0.15
# Below this share of the longer text, the shorter one is a digest.
MUCH_SHORTER = 0.6
_TRUST = 4
_FEW = 3
_TEXT_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """`relation` is what the derived one is to the other; `score` goes by `measure`."""

    relation: str
    derived: str
    measure: str
    score: float
    threshold: float
    text: float
    anchors: float
    matches: list[Match]

    @property
    def is_same(self) -> bool:
        return self.score >= self.threshold


def compared(first: Told, second: Told, rarity: Rarity) -> Likeness:
    """How alike they are; whether that is enough says `is_same`.

    `matches` are places in the mentions of both.
    """
    text = shared_text(first, second)
    anchors, matches = shared_anchors(first, second, rarity)
    measure, score, threshold = _judged(first, second, text, anchors)
    relation = _relation(first, second, measure)
    return Likeness(
        relation=relation,
        derived=_derived(first, second, relation),
        measure=measure,
        score=round(min(score, 1.0), 4),
        threshold=threshold,
        text=round(text, 4),
        anchors=round(anchors, 4),
        matches=matches,
    )


def shared_text(first: Told, second: Told) -> float:
    """The share of the shorter one's shingles that the other has too (Broder's containment)."""
    import numpy as np

    here, there = np.unique(first.shingles), np.unique(second.shingles)
    fewest = min(len(here), len(there))
    return len(np.intersect1d(here, there, assume_unique=True)) / fewest if fewest else 0.0


def shared_anchors(first: Told, second: Told, rarity: Rarity) -> tuple[float, list[Match]]:
    """The measure `anchors`, and which mentions meet."""
    weights = rarity.weights(first, second)
    here = [mention.key for mention in first.mentions]
    there = [mention.key for mention in second.mentions]
    matches = heaviest_common(here, there, weights)
    if not matches:
        return 0.0, []
    common = sum(weights[here[match.first]] for match in matches)
    lighter = min(sum(map(weights.__getitem__, here)), sum(map(weights.__getitem__, there)))
    different = len({here[match.first] for match in matches})
    return common / lighter * different / (different + _TRUST), matches


def _judged(first: Told, second: Told, text: float, anchors: float) -> tuple[str, float, float]:
    """The measure, the score by it, and what it takes."""
    if first.language != second.language and text < REPEATED:
        late = LATE if _apart(first.published_on, second.published_on) > SOON_DAYS else 0.0
        return "anchors", anchors, TRANSLATED + late
    has_anchors = min(len(first.mentions), len(second.mentions)) > _FEW
    both = _TEXT_SHARE * text + (1 - _TEXT_SHARE) * anchors if has_anchors else text
    if anchors >= REWORDED and both < REPEATED:
        return "anchors", anchors, REWORDED
    return "text", both, REPEATED


def _relation(first: Told, second: Told, measure: str) -> str:
    if first.language != second.language and measure == "anchors":
        return "translation"
    return "digest" if _shortness(first, second) < MUCH_SHORTER else "copy"


def _shortness(first: Told, second: Told) -> float:
    lengths = sorted((len(first.words), len(second.words)))
    return lengths[0] / max(lengths[1], 1)


def _derived(first: Told, second: Told, relation: str) -> str:
    """Which of them comes from the other: a digest is the shorter one, else the later."""
    is_digest = relation == "digest" or _shortness(first, second) < MUCH_SHORTER
    if not is_digest and first.published_on and second.published_on:
        return "first" if first.published_on > second.published_on else "second"
    return "first" if is_digest and len(first.words) < len(second.words) else "second"


def _apart(one: date | None, other: date | None) -> int:
    return abs((one - other).days) if one and other else 0
