"""A text with everybody's codings laid over it, cut where any of them begins or ends. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layer:
    """One span as it is drawn: whose (a letter), of which dispute, in which colour slot.

    `shared` is the stretch that all who tagged it took in, (0, 0) where there is none; None where
    there is nothing to compare.
    """

    start: int
    end: int
    letter: str
    dispute: str
    colour: int
    shared: tuple[int, int] | None = None

    @property
    def cuts(self) -> set[int]:
        """Where it is drawn otherwise than just before."""
        found = {self.start, self.end}
        return found | {each for each in self.shared or () if self.start < each < self.end}

    def is_some(self, at: int) -> bool:
        """Whether only some took in what stands there."""
        return self.shared is not None and not self.shared[0] <= at < self.shared[1]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch under the same layers throughout; `begins` are the letters whose span begins.

    `some` are those of its disputes whose coders did not all take it in.
    """

    text: str
    letters: str = ""
    begins: str = ""
    disputes: str = ""
    colour: int = 0
    some: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what stands between it and the next; all of them together are the text."""

    number: int | None
    zone: str
    segments: list[Segment]


def paragraphs(
    text: str, passages: Sequence[tuple[int, int, str]], layers: Iterable[Layer]
) -> list[Paragraph]:
    """The text in paragraphs of segments; `passages` are (start, paragraph number, zone)."""
    drawn = sorted(layers, key=lambda layer: (layer.start, layer.end, layer.letter))
    heads = [passage for n, passage in enumerate(passages) if _is_head(passages, n)]
    starts = [0, *(start for start, _, _ in heads[1:]), len(text)]
    cuts = sorted(set(starts).union(*(layer.cuts for layer in drawn)))
    segments = _segments(text, cuts, drawn)
    found = []
    for n, first in enumerate(starts[:-1]):
        inside = segments[bisect_left(cuts, first) : bisect_left(cuts, starts[n + 1])]
        number, zone = (heads[n][1], heads[n][2]) if heads else (None, "body")
        found.append(Paragraph(number, zone, inside))
    return found


def _is_head(passages: Sequence[tuple[int, int, str]], n: int) -> bool:
    return n == 0 or passages[n][1:] != passages[n - 1][1:]


def _segments(text: str, cuts: Sequence[int], layers: Sequence[Layer]) -> list[Segment]:
    segments = []
    under: list[Layer] = []
    coming = 0
    for start, end in zip(cuts, cuts[1:], strict=False):
        under = [layer for layer in under if layer.end > start]
        while coming < len(layers) and layers[coming].start <= start:
            under.append(layers[coming])
            coming += 1
        segments.append(_segment(text[start:end], start, under))
    return segments


def _segment(text: str, start: int, under: Sequence[Layer]) -> Segment:
    if not under:
        return Segment(text)
    return Segment(
        text=text,
        letters="".join(sorted({layer.letter for layer in under})),
        begins="".join(sorted({layer.letter for layer in under if layer.start == start})),
        disputes=" ".join(dict.fromkeys(layer.dispute for layer in under)),
        colour=under[0].colour,
        some=" ".join(dict.fromkeys(each.dispute for each in under if each.is_some(start))),
    )
