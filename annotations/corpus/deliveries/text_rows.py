"""The rows of a text, its blocks, passages, their searchable form, its sketch, as binary COPY has them.

An article has some fifty of them: written one by one they cost more than all else that is done to
store it. Their format: PostgreSQL's documentation of COPY, “Binary Format”.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat

from annotations.corpus.copying import copy_packed, keys
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Document
from annotations.corpus.readers.drafting import blocks
from annotations.corpus.sketching.sketch import Sketch
from annotations.text.folding import runs

LONGEST_REASON = 200
_PASSAGE = ("id", "project_id", "document_id", "index", "start", "end", "paragraph", "sentence")
_SAID = ("language", "zone", "zone_reason")
_FOLDED = ("passage_id", "project_id", "document_id", "run", "text")
_SKETCH = ("document_id", "project_id", "bands", "lines", "anchors")
_BLOCK = ("id", "project_id", "document_id", "index", "text")
# How many fields, then each with its size before it.
_PASSAGE_ROW = struct.Struct(">h" + 3 * "iq" + 5 * "ii")
_FOLDED_ROW = struct.Struct(">h" + 3 * "iq")
_BLOCK_ROW = struct.Struct(">h" + 3 * "iq" + "iii")
_SIZE = struct.Struct(">i")
_NULL = _SIZE.pack(-1)
_SKETCH_ROW = struct.Struct(">h" + 2 * "iq")
# Dimensions, whether one is null, the elements' type; then, unless it is empty, how many, from 1 on.
_ARRAY = struct.Struct(">iii")
_DIMENSION = struct.Struct(">ii")
_INT8, _TEXT = 20, 25


def store_texts(reads: Sequence[Read], documents: Sequence[Document]) -> None:
    """The blocks and passages of documents that are stored already, each from its own reading."""
    texts = [blocks(document.text) for document in documents]
    drawn = iter(keys("annotations_textblock", sum(map(len, texts))))
    block_rows: list[bytes] = []
    for document, pieces in zip(documents, texts, strict=True):
        for index, text in enumerate(pieces):
            block_rows += _block(next(drawn), document, index, text)
    copy_packed("annotations_textblock", _BLOCK, block_rows)
    drawn = iter(keys("annotations_passage", sum(len(each.draft.passages) for each in reads)))
    passages: list[bytes] = []
    folded: list[bytes] = []
    for read, document in zip(reads, documents, strict=True):
        first = [next(drawn) for _passage in read.draft.passages]
        passages += _passages(first, document, read)
        folded += _folded(first, document, read)
    copy_packed("annotations_passage", _PASSAGE + _SAID, passages)
    copy_packed("annotations_foldedpassage", _FOLDED, folded)
    sketches = [
        _sketch(document, read.sketch)
        for read, document in zip(reads, documents, strict=True)
        if read.sketch
    ]
    copy_packed("annotations_documentsketch", _SKETCH, sketches)


def _block(key: int, document: Document, index: int, text: str) -> tuple[bytes, bytes]:
    said = text.encode()
    where = (8, key, 8, document.project_id, 8, document.pk)
    return _BLOCK_ROW.pack(5, *where, 4, index, len(said)), said


def _passages(drawn: Sequence[int], document: Document, read: Read) -> list[bytes]:
    rows: list[bytes] = []
    where = (8, document.project_id, 8, document.pk)
    pack = _PASSAGE_ROW.pack
    for key, p in zip(drawn, read.draft.passages, strict=True):
        place = (4, p.index, 4, p.start, 4, p.end, 4, p.paragraph, 4, p.sentence)
        rows.append(pack(11, 8, key, *where, *place))
        rows.append(_words(p.language or "", p.zone, p.zone_reason[:LONGEST_REASON]))
    return rows


def _folded(drawn: Sequence[int], document: Document, read: Read) -> list[bytes]:
    rows: list[bytes] = []
    where = (8, document.project_id, 8, document.pk)
    pack = _FOLDED_ROW.pack
    for key, text, run in zip(drawn, read.folded, runs(read.folded), strict=True):
        rows.append(pack(5, 8, key, *where))
        rows.append(_NULL if run is None else _text(run))
        rows.append(_text(text))
    return rows


def _sketch(document: Document, sketch: Sketch) -> bytes:
    numbers = [
        _array(_INT8, len(each), struct.pack(">" + len(each) * "iq", *_sized(each)))
        for each in (sketch.bands, sketch.lines)
    ]
    words = _array(_TEXT, len(sketch.anchors), b"".join(map(_text, sketch.anchors)))
    return b"".join((_SKETCH_ROW.pack(5, 8, document.pk, 8, document.project_id), *numbers, words))


def _sized(numbers: Sequence[int]) -> Iterator[int]:
    """Each with its size before it."""
    return chain.from_iterable(zip(repeat(8), numbers, strict=False))


def _array(kind: int, count: int, elements: bytes) -> bytes:
    head = _ARRAY.pack(1 if count else 0, 0, kind) + (_DIMENSION.pack(count, 1) if count else b"")
    return _SIZE.pack(len(head) + len(elements)) + head + elements


@lru_cache(maxsize=1024)
def _words(*said: str) -> bytes:
    """The same few for most passages."""
    return b"".join(map(_text, said))


def _text(said: str) -> bytes:
    data = said.encode()
    return _SIZE.pack(len(data)) + data
