"""`annotations`: a row a coder's label, disaggregated, under the pseudonym. Pure.

What the gold rests on, not the gold: the latest submission of each coder of the document.
`after_discussion` says that the coders had talked about it before.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotations.release.formats.contract import Options
from annotations.release.schema import DocumentRow
from annotations.text.phrases import phrase

from .contract import Columns, Fields, Shape, cell, jsonl, table
from .evidence import Evidence

KEYS = (
    *("schema_version", "document", "external_id", "story", "split", "batch", "edition", "coder"),
    *("submission", "after_discussion", "id", "offset_unit", "start", "end", "quote", "label"),
    *("theme", "stance", "holder_kind", "holder_name", "certainty", "passages"),
)
"""`label` is the theme's key, `theme` the root's; `passages` are indexes that it marks."""

TITLE = phrase("A row a coder’s label, under pseudonyms")


def rows(
    document: DocumentRow, evidence: Evidence, _columns: Columns, options: Options
) -> Iterator[Fields]:
    """By coder, then by place."""
    place = options.measure(document)
    for coding in sorted(evidence.codings, key=lambda coding: coding.coder):
        for label in sorted(coding.labels, key=lambda each: (each.start, each.end, each.id)):
            start, end = place(label.start, label.end)
            said = (
                *(document.schema_version, document.id, document.external_id, document.story),
                *(document.split, document.batch, document.edition, coding.coder),
                *(coding.submission, coding.after_discussion, label.id, options.unit, start, end),
                *(document.text[label.start : label.end], label.label, label.root, label.stance),
                *(label.holder_kind, label.holder_name, label.certainty),
                list(label.passages),
            )
            yield dict(zip(KEYS, said, strict=True))


def flat(row: Fields) -> dict[str, str | int | None]:
    """Passages joined by a blank."""
    return {key: cell(value) for key, value in row.items()}


SHAPES: tuple[Shape, ...] = (
    jsonl("annotations", rows, title=TITLE),
    table("annotations", rows, title=TITLE, names=lambda _columns: list(KEYS), flat=flat),
)
