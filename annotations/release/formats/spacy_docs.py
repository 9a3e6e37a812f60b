"""spaCy DocBin: Docs made of our own tokens, labels in the span group `sc`, stances in `stance`. Pure.

A Doc is a stretch without boilerplate and what is unjudged; its `user_data` says whose it is and
where it begins in the text. A span's id is the label's in both groups. Files hold about a
hundred Docs each, which spaCy's corpus reader takes as one from their folder. DocBin compresses: the
same release gives the same bytes with the same versions of spaCy and zlib.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotations.release.schema import DocumentRow
from annotations.text.spans import Span

from .contract import Codebook, Documents, Member
from .pieces import Piece, pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

DOCS_AT_ONCE = 100
CHARACTERS_AT_ONCE = 200_000
LABELS, STANCES = "sc", "stance"


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`{number}.spacy`, the first of them even where there is no document."""
    groups = _groups(codebook.checked(documents))
    # The first is there before a document is read.
    first = (piece for group in islice(groups, 1) for piece in _bytes(group))
    yield Member("00001.spacy", first)
    for number, group in enumerate(groups, 2):
        yield Member(f"{number:05}.spacy", _bytes(group))


Shown = tuple[DocumentRow, Piece]


def _groups(documents: Documents) -> Iterator[list[Shown]]:
    group: list[Shown] = []
    held = 0
    for document in documents:
        for piece in pieces(document):
            group.append((document, piece))
            held += len(piece.place)
        if len(group) >= DOCS_AT_ONCE or held > CHARACTERS_AT_ONCE:
            yield group
            group, held = [], 0
    yield group


def _bytes(group: list[Shown]) -> Iterator[bytes]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    docs = (_doc(document, piece, vocab) for document, piece in group)
    yield DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=docs).to_bytes()


def _doc(document: DocumentRow, piece: Piece, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Marked

    doc = Doc(
        vocab,
        words=[document.text[token.start : token.end] for token in piece.tokens],
        spaces=[token.space for token in piece.tokens],
        user_data={"document": document.id, "start": piece.place.start},
    )
    doc.spans[LABELS], doc.spans[STANCES] = [], []
    for span in piece.spans:
        first, after = piece.numbers(Span(span.start, span.end))
        doc.spans[LABELS].append(Marked(doc, first, after, label=span.label, span_id=span.id))
        if span.stance is not None:
            marked = Marked(doc, first, after, label=span.stance, span_id=span.id)
            doc.spans[STANCES].append(marked)
    return doc
