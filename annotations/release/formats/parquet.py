"""Parquet with an explicit Arrow schema: `spans.parquet` and `documents.parquet`. Pure.

Strings are strings and whole numbers int32, whatever the rows hold, so that no reader guesses; rows
are written in groups that bound what is held. The same release gives the same bytes with the same
version of pyarrow, whose name is in the file.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotations.release.canonical import line
from annotations.release.schema import DOCUMENT_KEYS, SpanRow

from .contract import PLAIN, Codebook, Documents, Member, Options
from .span_rows import KEYS, NEVER_NULL, WHOLE_NUMBERS, rows

if TYPE_CHECKING:
    import pyarrow as pa

SPANS_AT_ONCE = 5_000
DOCUMENTS_AT_ONCE = 200
NESTED_AT_ONCE = 2_000
CHARACTERS_AT_ONCE = 1_000_000
BEGINNING = b"PAR1"
"""Of every file; known before the library is there."""


def write_spans(
    documents: Documents, _codebook: Codebook, options: Options = PLAIN
) -> Iterator[Member]:
    """The shape `spans`: a row a span."""
    made = (dict(zip(KEYS, row, strict=True)) for row in rows(documents, options))
    yield Member("spans.parquet", pieces(_groups_of_spans(made), spans_schema))


def write_documents(documents: Documents, _codebook: Codebook) -> Iterator[Member]:
    """The shape `documents`: a row a line of documents.jsonl, lists nested."""
    yield Member("documents.parquet", pieces(_groups_of_documents(documents), documents_schema))


def spans_schema() -> pa.Schema:
    """The columns of KEYS."""
    import pyarrow as pa

    return pa.schema(_field(key) for key in KEYS)


def documents_schema() -> pa.Schema:
    """The keys of documents.jsonl, in their order."""
    import pyarrow as pa

    place = [pa.field(name, pa.int32(), nullable=False) for name in ("start", "end")]
    text = pa.field("key", pa.string(), nullable=False)
    nested = {
        "languages": pa.string(),
        "attributes": pa.struct([text, pa.field("value", pa.string())]),
        "zones": pa.struct([*place, pa.field("zone", pa.string(), nullable=False)]),
        "unjudged": pa.struct(place),
        "spans": pa.struct([_field(field.name) for field in fields(SpanRow)]),
    }
    return pa.schema(
        pa.field(key, pa.list_(nested[key]), nullable=False) if key in nested else _field(key)
        for key in DOCUMENT_KEYS
    )


def _field(name: str) -> pa.Field:
    import pyarrow as pa

    kind = pa.int32() if name in WHOLE_NUMBERS else pa.string()
    return pa.field(name, kind, nullable=name not in NEVER_NULL)


def _groups_of_spans(made: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(made, SPANS_AT_ONCE)):
        yield group


def _groups_of_documents(documents: Documents) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    held = nested = 0
    for document in documents:
        # What documents.jsonl says, sorted as it is there.
        group.append(json.loads(line(document)))
        held += len(document.text)
        nested += len(document.spans)
        full = len(group) == DOCUMENTS_AT_ONCE or nested >= NESTED_AT_ONCE
        if full or held > CHARACTERS_AT_ONCE:
            yield group
            group, held, nested = [], 0, 0
    if group:
        yield group


def pieces(
    groups: Iterable[list[dict[str, Any]]], schema_of: Callable[[], pa.Schema]
) -> Iterator[bytes]:
    """The file, a row group a list of rows."""
    yield BEGINNING
    import pyarrow as pa
    from pyarrow import parquet

    sink, schema = _Sink(), schema_of()
    with parquet.ParquetWriter(sink, schema, compression="zstd", version="2.6") as writer:
        sink.taken()  # its beginning
        for group in groups:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that is written to here and read from there."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        return len(part)

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
