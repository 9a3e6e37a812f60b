"""CoNLL-2003, a file a theme: token, two empty columns, and B, I or O. Pure.

Boilerplate and what is unjudged is left out, a sentence ends there and at each line end that no span
of the theme crosses. The scheme has no overlap: of spans of one theme that share a token the one
that begins first stands, the longest of those that begin together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO

from annotations.release.schema import DocumentRow, SpanRow
from annotations.text.spans import Span

from .contract import Codebook, Documents, Member
from .pieces import Piece, cut_of, pieces
from .tokens import Token

EMPTY = "-X- O"
"""No part of speech, no chunk, as the shared task's own files say it."""
OUTSIDE = f" {EMPTY} O\n"
PIECE = 1 << 18  # bytes


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`{theme}.conll` for each theme of the codebook.

    All are made at once, so that a text is cut into tokens once; all but the first wait on disk.
    """
    if not codebook.themes:
        return
    first, *others = codebook.themes
    with ExitStack() as stack:
        waiting = {each.key: stack.enter_context(TemporaryFile()) for each in others}
        yield Member(f"{first.key}.conll", _of_first(documents, codebook, waiting))
        for key, file in waiting.items():
            file.seek(0)
            yield Member(f"{key}.conll", iter(lambda file=file: file.read(PIECE), b""))  # type: ignore[misc]


def apart(spans: list[SpanRow]) -> list[SpanRow]:
    """Those that stand where no two may share a character, in text order."""
    standing: list[SpanRow] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.id)):
        if not standing or standing[-1].end <= span.start:
            standing.append(span)
    return standing


def _of_first(
    documents: Documents, codebook: Codebook, waiting: Mapping[str, BinaryIO]
) -> Iterator[bytes]:
    for document in codebook.checked(documents):
        of_themes = _Document(document)
        for key, file in waiting.items():
            file.write(of_themes.tagged(key))
        yield of_themes.tagged(codebook.themes[0].key)


class _Document:
    """A document, tagged for one theme after another."""

    def __init__(self, document: DocumentRow) -> None:
        self._document = document
        self._cut = cut_of(document)
        self._spans: dict[str, list[SpanRow]] = defaultdict(list)
        for span in document.spans:
            self._spans[span.label].append(span)
        self._untagged: dict[Span, str] = {}

    def tagged(self, theme: str) -> bytes:
        """Its lines in the file of a theme."""
        spans = apart(self._spans.get(theme, []))
        made = [f"-DOCSTART- {EMPTY} O\n\n"]
        for piece in pieces(self._document, spans, self._cut):
            made.append(self._tagged(piece, theme) if piece.spans else self._plain(piece))
        return "".join(made).encode()

    def _tagged(self, piece: Piece, theme: str) -> str:
        return "".join(_sentences(self._document.text, piece, theme))

    def _plain(self, piece: Piece) -> str:
        """Without a span it is the same for all themes."""
        if piece.place not in self._untagged:
            self._untagged[piece.place] = self._tagged(piece, "")
        return self._untagged[piece.place]


def _sentences(text: str, piece: Piece, theme: str) -> Iterator[str]:
    left = [*reversed(piece.spans)]
    open_line = False
    for token in piece.tokens:
        word = text[token.start : token.end]
        while left and left[-1].end <= token.start:
            left.pop()
        span = left[-1] if left and left[-1].start <= token.start else None
        if not word.isspace():
            yield f"{word} {EMPTY} {_tag(token, span, text, theme)}\n" if span else word + OUTSIDE
            open_line = True
        elif open_line and span is None and "\n" in word:
            yield "\n"
            open_line = False
    if open_line:
        yield "\n"


def _tag(token: Token, span: SpanRow, text: str, theme: str) -> str:
    begins = not text[span.start : token.start].strip()
    return f"{'B' if begins else 'I'}-{theme}"
