"""Annotations from elsewhere, in bulk."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    COUNT,
    TEXT,
    UUID,
    Schema,
    by_key,
    maybe,
    one_of,
    record,
    some,
)
from annotations.api.schema.operations import Paths, query, verb

_FAULT = record(field=TEXT, code=TEXT, detail=TEXT)
SCHEMAS: dict[str, Schema] = {
    "AnnotationOutcome": {
        **record(
            line=maybe({**COUNT, "minimum": 1}),
            outcome=one_of("created", "already-there", "judged", "refused", "submitted", "done"),
            id=maybe(UUID),
            document=maybe(UUID),
            coder=maybe(TEXT),
            assignment=maybe(UUID),
            code=maybe(TEXT),
            field=maybe(TEXT),
            detail=maybe(TEXT),
            errors=some(_FAULT),
            counts=maybe(by_key(COUNT)),
        ),
        "description": "A line of the answer. Without `line` it is of an assignment; `done` ends it.",
    }
}
_LINES: Schema = {
    "required": True,
    "content": {
        "application/x-ndjson": {
            "schema": {"description": "An annotation a line."},
            "example": '{"document": "article-7", "coder": "annotator A", "start": 0, "end": 3, '
            '"quote": "Pay", "theme": "compensation", "stance": "favor"}\n',
        }
    },
}
_ANSWER: Schema = {
    "description": "An `AnnotationOutcome` a line, in the order of the lines, while they are taken. "
    "One without `done` at its end was cut off: what it told is kept.",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}
_SAID = (
    "A bad line costs that line, and the same lines sent again go on where they ended. A line is "
    '`{"document", "coder", "start", "end", "quote", "theme", "stance", "holder": {"kind", "name"}, '
    '"certainty", "memo", "id", "created_at", "offset_unit", "judged"}`; a document is named by its '
    "id, external id, or the SHA-256 of its text or file."
)

PATHS: Paths = {
    "/api/v1/projects/{slug}/annotations/import": {
        "post": verb(
            "Annotations from other tools, a line each",
            {200: _ANSWER},
            tag="Imports",
            scopes=["manage"],
            body=_LINES,
            refuses=[409],
            takes=[
                query("batch", TEXT, "Name or id of the round; made where there is none."),
                query(
                    "kind",
                    one_of("training", "pilot", "main", "retest"),
                    "Of a round that is made: `main` if not said.",
                ),
                query("edition", TEXT, "Number of the codebook’s edition; the one in use."),
                query("coder", TEXT, "Whose lines are that name nobody."),
                query("prefix", TEXT, "Stands before every name of a coder."),
                query("judged", one_of("all", "tagged"), "`all`: they judged every passage."),
                query("submit", one_of("true", "false"), "`true`: what they coded is submitted."),
            ],
            said=_SAID,
        )
    }
}
