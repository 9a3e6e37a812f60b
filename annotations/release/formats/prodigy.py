"""Prodigy JSONL for `spans.manual`: a line a stretch, with tokens of our own. Pure.

A stretch is what is left of a document without boilerplate and what is unjudged; `meta` says whose
it is and where it begins in the text. `token_end` is the last token's number, as Prodigy has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.release.schema import DocumentRow, SpanRow
from annotations.text.spans import Span

from .contract import Codebook, Documents, Member
from .encoding import lines
from .pieces import Piece, pieces

EXTRA = ("id", "stance", "holder_kind", "holder_name", "origin", "votes_for", "votes_total")


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`prodigy.jsonl`."""
    checked = codebook.checked(documents)
    yield Member(
        "prodigy.jsonl", lines(_line(doc, piece) for doc in checked for piece in pieces(doc))
    )


def _line(document: DocumentRow, piece: Piece) -> dict[str, Any]:
    begin = piece.place.start
    return {
        "text": document.text[piece.place.slice],
        "meta": {"document": document.id, "start": begin, "end": piece.place.end},
        "tokens": [
            {
                "text": document.text[token.start : token.end],
                "start": token.start - begin,
                "end": token.end - begin,
                "id": number,
                "ws": token.space,
            }
            for number, token in enumerate(piece.tokens)
        ],
        "spans": [_span(span, piece) for span in piece.spans],
        "answer": "accept",
    }


def _span(span: SpanRow, piece: Piece) -> dict[str, Any]:
    first, after = piece.numbers(Span(span.start, span.end))
    begin = piece.place.start
    return {
        "start": span.start - begin,
        "end": span.end - begin,
        "token_start": first,
        "token_end": after - 1,
        "label": span.label,
        **{name: getattr(span, name) for name in EXTRA},
    }
