"""The beginning of a file as it was first decoded, before anything was repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.corpus.models import Document, Source
from annotations.corpus.texts.decoding import pieces
from annotations.project.refusals import NotVisible
from annotations.text.phrases import phrase

MOST_BYTES = 1_000_000
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Original:
    """`text` of the first MOST_BYTES of the file; what JSON cannot hold is U+FFFD in it."""

    source: Source
    text: str
    truncated: bool


def original_of(document: Document) -> Original:
    """Raises `NotVisible` when the bytes were taken down."""
    source = Source.objects.defer("content").get(pk=document.source_id)
    content = Source.objects.values_list("content", flat=True).get(pk=document.source_id)
    if content is None:
        said = phrase("The bytes of this file were taken down.")
        raise NotVisible(said, reason="taken-down")
    data = bytes(content)
    encoding, bom = _decoding(document)
    # A few bytes more, so that the last character of the cut is whole.
    read = pieces(data[: MOST_BYTES + 8], encoding, bom)
    truncated = len(data) > MOST_BYTES
    if truncated and read and read[-1].is_malformed:
        read = read[:-1]
    text = "".join(piece.text for piece in read)
    return Original(source, _LONE.sub("\ufffd", text), truncated)


def _decoding(document: Document) -> tuple[str, int]:
    first = document.repairs[0] if document.repairs else {}
    if first.get("step") != "decode":
        return document.encoding, 0
    return first["encoding"], first["bom"]
