"""What finds a text's likes among many without looking at the texts: a sketch. Pure.

    sketch = sketch_of(draft.text, draft.passages, salt=salt_of(project.pk))

Only titles and body count; what is proposed or confirmed as another zone is no text of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

from annotations.corpus.sketching.anchors import Piece, in_order, mentions
from annotations.corpus.sketching.shingling import bands, line_number, shingles, words_of

TOLD = frozenset({"title", "body"})
LONGEST_LINE = 200
SHORTEST_LINE = 4
# One long list of names must not fill the index.
MOST_ANCHORS = 300
MOST_LINES = 500


class Sketch(NamedTuple):
    """The columns of `DocumentSketch`: hashes of bands and of short paragraphs, signed 64 bit, and
    the keys of the anchors in the order of their first mention."""

    bands: list[int]
    lines: list[int]
    anchors: list[str]


class Line(NamedTuple):
    """A short paragraph at `[start, end)`, by its number in the document."""

    paragraph: int
    start: int
    end: int


def sketch_of(text: str, passages: Sequence[Piece], *, salt: int) -> Sketch:
    """`passages` in the order of the text, drafted or stored; `salt` by `salt_of`.

    The same text, zones and salt always give the same sketch.
    """
    told = told_in(passages)
    words = words_of(text, _stretches(text, told))
    lines = (line_number(text[line.start : line.end], salt=salt) for line in short_lines(passages))
    return Sketch(
        bands=bands(shingles(words), salt=salt),
        lines=list(dict.fromkeys(lines))[:MOST_LINES],
        anchors=in_order(mentions(text, told, words))[:MOST_ANCHORS],
    )


def salt_of(project: int) -> int:
    """64 bits for a project, so that its hashes say nothing about those of another.

    >>> salt_of(1) == salt_of(1) != salt_of(2)
    True
    """
    digest = blake2b(f"stories of project {project}".encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def told_in(passages: Iterable[Piece]) -> list[Piece]:
    """The passages that tell something: title and body."""
    return [piece for piece in passages if piece.zone in TOLD]


def _stretches(text: str, pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    """Where they stand, as one where nothing but white space is between them: no word is over that."""
    first = behind = -1
    for piece in pieces:
        if not text[behind : piece.start].isspace():
            if first >= 0:
                yield first, behind
            first = piece.start
        behind = piece.end
    if first >= 0:
        yield first, behind


def short_lines(passages: Iterable[Piece]) -> Iterator[Line]:
    """The paragraphs short enough to be what a site puts on each of its pages, whatever their zone."""
    for number, group in groupby(passages, key=lambda piece: piece.paragraph):
        pieces = list(group)
        start, end = pieces[0].start, pieces[-1].end
        if SHORTEST_LINE <= end - start <= LONGEST_LINE:
            yield Line(number, start, end)
