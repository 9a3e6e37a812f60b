"""`spans.csv`: a row a span (RFC 4180), the first row names the columns. Pure.

UTF-8, CRLF after every row; a BOM on request, for spreadsheets that would guess otherwise. It loses
what spans.jsonl loses, and the difference between null and an empty text. Formula-safe on request: a
text that a spreadsheet would run gets an apostrophe before it, which is no longer the text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from annotations.text import formulas

from .contract import PLAIN, Codebook, Documents, Member, Options
from .span_rows import KEYS, Value, rows

BOM = "\ufeff"
RUN_BY_SPREADSHEETS = (*formulas.BEGINNINGS, "\n")


def write(documents: Documents, _codebook: Codebook, options: Options = PLAIN) -> Iterator[Member]:
    """One file, a row a span."""
    yield Member("spans.csv", _pieces(documents, options))


def safe(value: Value) -> Value:
    """
    >>> safe("=1+1"), safe("1+1"), safe(-1)
    ("'=1+1", '1+1', -1)
    """
    if isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS):
        return f"'{value}"
    return value


def _pieces(documents: Documents, options: Options) -> Iterator[bytes]:
    buffer = StringIO()
    table = csv.writer(buffer, lineterminator="\r\n")
    if options.bom:
        buffer.write(BOM)
    table.writerow(KEYS)
    for row in rows(documents, options):
        yield _taken(buffer)
        table.writerow(map(safe, row) if options.formula_safe else row)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
