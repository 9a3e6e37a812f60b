"""`spans.jsonl`: an object a line, every key on every line. Pure.

UTF-8 without a BOM, `\\n` after every line and nowhere else: a reader splits at `\\n` alone. It loses
the texts, and documents that have no span.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from .contract import PLAIN, Codebook, Documents, Member, Options
from .span_rows import KEYS, rows


def write(documents: Documents, _codebook: Codebook, options: Options = PLAIN) -> Iterator[Member]:
    """One file, a line a span."""
    yield Member("spans.jsonl", _lines(documents, options))


def _lines(documents: Documents, options: Options) -> Iterator[bytes]:
    for row in rows(documents, options):
        fields = dict(zip(KEYS, row, strict=True))
        text = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        yield f"{text}\n".encode()
