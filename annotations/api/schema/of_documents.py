"""Documents."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    ANYTHING,
    COUNT,
    DATE,
    OFFSET,
    SHA256,
    TEXT,
    TIME,
    TRUTH,
    UNIT,
    UUID,
    Schema,
    by_key,
    maybe,
    one_of,
    page,
    record,
    ref,
    some,
)
from annotations.api.schema.operations import (
    IF_NONE_MATCH,
    PAGING,
    UNCHANGED,
    Paths,
    json,
    query,
    verb,
)

TAG = "Documents"
ZONE = one_of("title", "body", "caption", "digest", "link", "fragment", "boilerplate")
ATTRIBUTE = record(key=TEXT, value=maybe(TEXT))
WHOSE = query("assignment", UUID, "Which of one’s own codings of it; the newest by default.")
_PASSAGE = record(
    index=COUNT,
    start=OFFSET,
    end=OFFSET,
    paragraph=COUNT,
    sentence=COUNT,
    language=maybe(TEXT),
    zone=ZONE,
    zone_reason=TEXT,
)

SCHEMAS: dict[str, Schema] = {
    "DocumentRow": record(
        id=UUID,
        title=TEXT,
        language=TEXT,
        languages=some(TEXT),
        source_url=TEXT,
        published_on=maybe(DATE),
        length=COUNT,
        text_sha256=SHA256,
        created_at=TIME,
    ),
    "Document": record(
        id=UUID,
        project=TEXT,
        title=TEXT,
        language=maybe(TEXT),
        dir=one_of("ltr", "rtl"),
        source_url=maybe(TEXT),
        published_on=maybe(DATE),
        attributes=some(ATTRIBUTE),
        offset_unit=UNIT,
        length=COUNT,
        text=TEXT,
        text_sha256=SHA256,
        assignment=maybe(ref("Assignment")),
        passages=some(_PASSAGE),
        annotations=some(ref("Annotation")),
    ),
    "Original": record(
        id=UUID,
        name=TEXT,
        sha256=SHA256,
        size=COUNT,
        encoding=TEXT,
        repairs=some(by_key(ANYTHING)),
        warnings=some(TEXT),
        told=record(repairs=some(TEXT), warnings=some(TEXT)),
        text=TEXT,
        truncated=TRUTH,
    ),
}

PATHS: Paths = {
    "/api/v1/projects/{slug}/documents": {
        "get": verb(
            "The documents of a project, newest versions",
            {200: json(page(ref("DocumentRow")))},
            tag=TAG,
            takes=[
                *PAGING,
                query("language", TEXT, "Of that language."),
                query("batch", UUID, "Of that round."),
            ],
        ),
    },
    "/api/v1/documents/{document}": {
        "get": verb(
            "Text, passages, and the caller’s own annotations",
            {200: json(ref("Document"), etag=True), 304: UNCHANGED},
            tag=TAG,
            scopes=["read", "code"],
            takes=[WHOSE, IF_NONE_MATCH],
        ),
    },
    "/api/v1/documents/{document}/original": {
        "get": verb(
            "The beginning of the file as it was first decoded",
            {200: json(ref("Original"))},
            tag=TAG,
            scopes=["read", "code"],
            takes=[WHOSE],
        ),
    },
}
