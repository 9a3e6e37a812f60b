"""Which stretches of a document a learner may be shown. Pure.

What no coder was asked about (boilerplate and every other zone that is not coded) and what is
unjudged is left out, so that nothing learns it as a negative. Where a span reaches into such a
stretch it stays in as far as the span goes: a label is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotations.release.schema import DocumentRow
from annotations.text.spans import Span, merged

CODED = frozenset({"title", "body"})
"""The zones that coders are asked about, as `corpus.models.CODED_ZONES`."""


def kept(document: DocumentRow, labelled: Iterable[Span]) -> list[Span]:
    """The stretches to show, in order; each of `labelled` lies in one of them whole.

    A document without zones is all body.
    """
    out = [Span(row.start, row.end) for row in document.zones if row.zone not in CODED]
    out += [Span(row.start, row.end) for row in document.unjudged]
    shown = complement(merged(out), len(document.text))
    return merged([*shown, *labelled])


def complement(spans: list[Span], length: int) -> list[Span]:
    """What is between the spans, which are in order and apart.

    >>> complement([Span(0, 2), Span(5, 6)], 9)
    [Span(start=2, end=5), Span(start=6, end=9)]
    """
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), length]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
