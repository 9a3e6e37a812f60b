"""The shapes `passages` and `annotations` of a release, by the name of their file. Pure."""

from __future__ import annotations

from . import codings, parquet, passages
from .contract import Shape

HASHED: tuple[Shape, ...] = (*passages.SHAPES, *codings.SHAPES)
"""Those whose bytes are ours alone, so that a manifest can promise them."""

AnyShape = Shape | parquet.ParquetShape
_ALL: tuple[AnyShape, ...] = (*HASHED, *parquet.SHAPES)

SHAPES: dict[str, AnyShape] = {each.file: each for each in _ALL}
"""By file name, such as `passages.jsonl`, in the order in which people are shown them."""
