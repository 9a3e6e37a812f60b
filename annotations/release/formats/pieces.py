"""A document as token-wise formats have it: stretches with their tokens and spans. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.release.schema import DocumentRow, SpanRow
from annotations.text.spans import Span

from .span_rows import in_order
from .stretches import kept
from .tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, its tokens, and the spans that lie in it, whole."""

    place: Span
    tokens: list[Token]
    spans: list[SpanRow]

    def numbers(self, span: Span) -> tuple[int, int]:
        """The number of its first token, and that after its last."""
        first = bisect_left(self.tokens, span.start, key=lambda token: token.start)
        after = bisect_left(self.tokens, span.end, key=lambda token: token.start)
        return first, after


Cut = Callable[[Span], list[Token]]
"""From a stretch of a document to its tokens."""


def cut_of(document: DocumentRow) -> Cut:
    """The same tokens whatever spans are asked about; a stretch is cut once."""
    everywhere = [Span(span.start, span.end) for span in document.spans]
    known: dict[Span, list[Token]] = {}

    def cut(place: Span) -> list[Token]:
        if place not in known:
            known[place] = tokens(document.text, place, everywhere)
        return known[place]

    return cut


def pieces(
    document: DocumentRow, spans: Iterable[SpanRow] | None = None, cut: Cut | None = None
) -> Iterator[Piece]:
    """The stretches of a document that are shown to a learner of `spans`; of all, if not said."""
    chosen = in_order(document) if spans is None else list(spans)
    cut = cut or cut_of(document)
    for place in kept(document, [Span(span.start, span.end) for span in chosen]):
        if not document.text[place.slice].isspace():
            inside = [span for span in chosen if place.contains(Span(span.start, span.end))]
            yield Piece(place, cut(place), inside)
