"""W3C Web Annotation: a page of annotations (JSON-LD) and the text of each document. Pure.

An annotation's motivation is classifying; its bodies are the theme (tagging), the stance
(assessing), the holder (identifying) and the reason of a ruling (commenting). Its target is the
document by its id, at a position in code points, as the recommendation demands, and by its quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.release.schema import DocumentRow, SpanRow

from .contract import Codebook, Documents, Member
from .encoding import compact
from .span_rows import in_order

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"assessing": "oa:assessing"})
"""The W3C's own, which leaves out one motivation of its vocabulary: linked data would lose stances."""

AROUND = 32
"""So many code points before and after a quote go with it."""


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`{document}.txt`, and `{document}.jsonld` where it has a span: a page may not be empty."""
    for document in codebook.checked(documents):
        yield Member(f"{document.id}.txt", [document.text.encode()])
        if document.spans:
            yield Member(f"{document.id}.jsonld", _page(document))


def _page(document: DocumentRow) -> Iterator[bytes]:
    page = {"@context": CONTEXT, "id": f"{_urn(document.id)}#page", "type": "AnnotationPage"}
    yield f'{compact(page)[:-1]},"items":[\n'.encode()
    for number, span in enumerate(in_order(document)):
        yield f"{',' if number else ''}{compact(_annotation(document, span))}\n".encode()
    yield b"]}\n"


def _annotation(document: DocumentRow, span: SpanRow) -> dict[str, Any]:
    bodies = [_body("tagging", span.label)]
    if span.stance is not None:
        bodies.append(_body("assessing", span.stance))
    if span.holder_kind is not None:
        who = f": {span.holder_name}" if span.holder_name else ""
        bodies.append(_body("identifying", f"{span.holder_kind}{who}"))
    if span.reason is not None:
        bodies.append(_body("commenting", span.reason))
    return {
        "@context": CONTEXT,
        "id": _urn(span.id),
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies,
        "target": {"source": _urn(document.id), "selector": _selectors(document.text, span)},
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _selectors(text: str, span: SpanRow) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.quote,
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]


def _urn(identifier: str) -> str:
    return f"urn:uuid:{identifier}"
