"""Drafts between processes, as JSON: what comes from a reader of foreign files is data, no objects."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from annotations.corpus.readers.drafting import Draft, DraftPassage
from annotations.corpus.sketching.sketch import Sketch, sketch_of
from annotations.corpus.texts.decoding import Decoding
from annotations.text.folding import searchable

_PLAIN = (
    "text",
    "title",
    "language",
    "repairs",
    "warnings",
    "source_url",
    "external_id",
    "attributes",
)
_OF_DECODING = tuple(each.name for each in fields(Decoding))
# A picture of the sign that separates records: printable, of one form, and in hardly any text.
_APART = "\u241e"
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Read:
    """A draft, the searchable form of each of its passages, and its sketch if one was asked for."""

    draft: Draft
    folded: list[str]
    sketch: Sketch | None = None


def prepared(draft: Draft, *, salt: int | None = None) -> Read:
    """`salt` is the project's (`salt_of`); without one nothing is sketched."""
    text = draft.text
    folded = _folded([text[each.start : each.end] for each in draft.passages])
    sketch = None if salt is None else sketch_of(text, draft.passages, salt=salt)
    return Read(draft, folded, sketch)


def _folded(passages: list[str]) -> list[str]:
    """The searchable form of each, made at once where a sign that stands in none keeps them apart.

    >>> _folded(["L’Été", "à  Paris"])
    ["l'ete", 'a paris']
    """
    whole = _APART.join(passages)
    if whole.count(_APART) >= len(passages):
        return list(map(searchable, passages))
    return searchable(whole).split(_APART)


def packed(read: Read) -> bytes:
    draft = read.draft
    said: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
    said["languages"] = draft.languages
    said["published_on"] = draft.published_on.isoformat() if draft.published_on else None
    said["decoding"] = {name: getattr(draft.decoding, name) for name in _OF_DECODING}
    said["passages"] = [
        (p.start, p.end, p.paragraph, p.sentence, p.language, p.zone, p.zone_reason)
        for p in draft.passages
    ]
    said["folded"] = read.folded
    if sketch := read.sketch:
        said["sketch"] = [_hex(sketch.bands), _hex(sketch.lines), sketch.anchors]
    return _written(said).encode()


def unpacked(data: bytes) -> Read:
    """
    >>> from annotations.corpus.readers.reading import read
    >>> done = prepared(read("a.txt", "Long nights. Low pay.".encode()), salt=1)
    >>> unpacked(packed(done)) == done
    True
    """
    said = json.loads(data)
    decoding = {**said["decoding"], "alternatives": tuple(said["decoding"]["alternatives"])}
    published = said["published_on"]
    draft = Draft(
        **{name: said[name] for name in _PLAIN},
        languages=tuple(said["languages"]),
        published_on=date.fromisoformat(published) if published else None,
        decoding=Decoding(**decoding),
        passages=[DraftPassage(index, *each) for index, each in enumerate(said["passages"])],
    )
    return Read(draft, said["folded"], _sketch(said["sketch"]) if "sketch" in said else None)


def _hex(numbers: Sequence[int]) -> str:
    """Of 64 bits each; as digits JSON takes five times as long over them.

    >>> _numbers(_hex([1, -2]))
    [1, -2]
    """
    return struct.pack(f">{len(numbers)}q", *numbers).hex()


def _numbers(said: str) -> list[int]:
    data = bytes.fromhex(said)
    return list(struct.unpack(f">{len(data) // 8}q", data))


def _sketch(said: Sequence[Any]) -> Sketch:
    bands, lines, anchors = said
    return Sketch(_numbers(bands), _numbers(lines), anchors)
