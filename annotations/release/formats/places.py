"""Offsets of a document in another unit, on request. Pure.

A measure is asked once a document and gives a function from `[start, end)` in code points of the
text to the same place in its unit.
"""

from __future__ import annotations

from collections.abc import Callable

from annotations.release.schema import DocumentRow
from annotations.text.offset_map import OffsetMap
from annotations.text.offsets import Offsets
from annotations.text.spans import Span

Place = Callable[[int, int], tuple[int, int]]
Measure = Callable[[DocumentRow], Place]


def codepoints(_document: DocumentRow) -> Place:
    """Code points of the text, as they are."""
    return lambda start, end: (start, end)


def utf16(document: DocumentRow) -> Place:
    """UTF-16 units of the text, as Java, JavaScript and C# count."""
    offsets = Offsets(document.text)
    return lambda start, end: offsets.span_to_utf16(Span(start, end))


def source_bytes(source: Callable[[DocumentRow], OffsetMap]) -> Measure:
    """Bytes of the file that came in, whose SHA-256 is `raw_sha256`.

    `source` gives the map that leads from a document's text back to these bytes, repairs included.
    What was removed inside a span lies inside its bytes.
    """

    def measure(document: DocumentRow) -> Place:
        back = source(document)

        def place(start: int, end: int) -> tuple[int, int]:
            found = back.source_span(Span(start, end))
            return found.start, found.end

        return place

    return measure
