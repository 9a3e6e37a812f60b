"""`passages.parquet` and `annotations.parquet`, with an explicit Arrow schema. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from annotations.release.formats.contract import PLAIN, Options
from annotations.release.formats.parquet import pieces
from annotations.text.phrases import phrase

from . import codings, passages
from .contract import Columns, Documents, Fields, File, Rows
from .kinds import FLAGS, NEVER_NULL, NUMBERS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ParquetShape(File):
    """The rows of a shape in groups; `keys` are its plain columns, before the nested one."""

    rows: Rows
    keys: tuple[str, ...]

    def pieces(
        self, documents: Documents, columns: Columns, options: Options = PLAIN
    ) -> Iterator[bytes]:
        """The whole file."""
        made = (
            row
            for document, evidence in documents
            for row in self.rows(document, evidence, columns, options)
        )
        yield from pieces(_groups(made), partial(schema_of, self.name, self.keys))


def schema_of(name: str, keys: tuple[str, ...]) -> pa.Schema:
    """The columns of a shape, in their order."""
    import pyarrow as pa

    fields = [_field(key) for key in keys]
    return pa.schema([*fields, _themes()] if name == "passages" else fields)


def _field(key: str) -> pa.Field:
    import pyarrow as pa

    if key == "passages":
        return pa.field(key, pa.list_(pa.int32()), nullable=False)
    kind = pa.bool_() if key in FLAGS else pa.int32() if key in NUMBERS else pa.string()
    return pa.field(key, kind, nullable=key not in NEVER_NULL)


def _themes() -> pa.Field:
    import pyarrow as pa

    said = pa.struct([_field("stance"), _field("coders")])
    stances = pa.field("stances", pa.list_(pa.string()), nullable=False)
    counted = pa.field("said", pa.list_(said), nullable=False)
    fields = [_field("theme"), _field("present"), stances, _field("marked_by"), counted]
    return pa.field("themes", pa.list_(pa.struct(fields)), nullable=False)


def _groups(made: Iterator[Fields]) -> Iterator[list[Fields]]:
    while group := list(islice(made, ROWS_AT_ONCE)):
        yield group


def _shape(name: str, rows: Rows, keys: tuple[str, ...], title: str) -> ParquetShape:
    return ParquetShape(
        name=name,
        extension="parquet",
        media_type="application/vnd.apache.parquet",
        title=phrase(title),
        loses=phrase("The whole texts."),
        takes=frozenset({"offsets"}),
        rows=rows,
        keys=keys,
    )


SHAPES = (
    _shape("passages", passages.rows, passages.KEYS, passages.TITLE),
    _shape("annotations", codings.rows, codings.KEYS, codings.TITLE),
)
