"""Files of a release."""

from __future__ import annotations

from annotations.api.schema.kinds import Schema, one_of
from annotations.api.schema.of_releases import SCOPES, TAG
from annotations.api.schema.operations import (
    IF_NONE_MATCH,
    UNCHANGED,
    Paths,
    empty,
    header,
    headers,
    query,
    verb,
)

BYTES: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
_RANGE = header("Range", {"type": "string"}, "One range of bytes, of the identity encoding.")
_ENCODING = header(
    "Accept-Encoding",
    {"type": "string"},
    "`zstd` or `gzip`, by their q; each has an ETag of its own.",
)
_IF_RANGE = header("If-Range", {"type": "string"}, "The range only while the file has this ETag.")
_FILE_HEADERS = (_RANGE, _IF_RANGE, IF_NONE_MATCH, _ENCODING)


def file_answers(*media: str) -> dict[int, Schema]:
    """Of a file that is known by its hash."""
    content = {each: {"schema": BYTES} for each in media}
    return {
        200: {
            "description": "The whole file.",
            "content": content,
            "headers": headers("ETag", "Accept-Ranges"),
        },
        206: {
            "description": "That range of it.",
            "content": content,
            "headers": headers("ETag", "Content-Range"),
        },
        304: UNCHANGED,
        416: empty("The range lies outside.", "ETag", "Content-Range"),
    }


_MEDIA = (
    "application/x-ndjson",
    "text/csv",
    "application/vnd.apache.parquet",
    "application/zip",
)

SCHEMAS: dict[str, Schema] = {}
PATHS: Paths = {
    "/api/v1/projects/{slug}/releases/{version}/documents.jsonl": {
        "get": verb(
            "The canonical file: a document a line",
            file_answers("application/x-ndjson"),
            tag=TAG,
            scopes=SCOPES,
            takes=_FILE_HEADERS,
            refuses=[409, 410, 503],
            said="Offsets are code points. The ETag of the identity encoding is the release’s SHA-256.",
        ),
    },
    "/api/v1/projects/{slug}/releases/{version}/{file}": {
        "get": verb(
            "The release in another shape or format",
            file_answers(*_MEDIA),
            tag=TAG,
            scopes=SCOPES,
            takes=[
                query(
                    "offsets",
                    one_of("codepoint", "utf16", "byte"),
                    "What offsets count, for those that know others.",
                ),
                query(
                    "formulas", one_of("safe"), "CSV whose cells no spreadsheet takes for formulas."
                ),
                query("bom", one_of("yes"), "CSV that begins with a byte order mark."),
                *_FILE_HEADERS,
            ],
            refuses=[409, 410, 503],
        ),
    },
}
