"""The shape `spans`: a row a gold span, with what is said of its document. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter

from annotations.release.schema import DocumentRow, SpanRow

from .contract import Documents, Options

OF_DOCUMENT = (
    *("schema_version", "external_id", "title", "source_url", "published_on", "language"),
    *("story", "split", "batch", "edition", "text_sha256", "raw_sha256"),
)
OF_SPAN = tuple(field.name for field in fields(SpanRow))
KEYS = ("document", *OF_DOCUMENT, "offset_unit", *OF_SPAN)
"""The columns, in their order: `document` is the document's id, `id` the span's."""

WHOLE_NUMBERS = frozenset({"edition", "start", "end", "votes_for", "votes_total"})
NEVER_NULL = WHOLE_NUMBERS | {
    *("document", "schema_version", "text_sha256", "raw_sha256", "offset_unit"),
    *("id", "quote", "label", "origin", "text"),
}

Value = str | int | None
_document_values = attrgetter(*OF_DOCUMENT)
_span_values = attrgetter(*OF_SPAN)
_START = OF_SPAN.index("start")
_END = OF_SPAN.index("end")


def rows(documents: Documents, options: Options) -> Iterator[tuple[Value, ...]]:
    """A tuple a span, in the order of KEYS, sorted as on the lines of documents.jsonl."""
    for document in documents:
        place = options.measure(document)
        said = (document.id, *_document_values(document), options.unit)
        for span in in_order(document):
            values = list(_span_values(span))
            values[_START], values[_END] = place(span.start, span.end)
            yield (*said, *values)


def in_order(document: DocumentRow) -> list[SpanRow]:
    """A document's spans by place, label and id, as every format lists them."""
    return sorted(document.spans, key=lambda span: (span.start, span.end, span.label, span.id))
