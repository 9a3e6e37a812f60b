"""Deliveries: files in."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    ANYTHING,
    COUNT,
    TEXT,
    TIME,
    TRUTH,
    UUID,
    Schema,
    asked,
    by_key,
    maybe,
    one_of,
    page,
    record,
    ref,
    some,
)
from annotations.api.schema.operations import PAGING, Paths, json, located, query, sends, verb

TAG = "Imports"
OUTCOME = one_of("waiting", "asked", "added", "already-there", "refused", "unpacked", "cancelled")
_COLUMNS = asked(
    "text",
    **{
        each: TEXT
        for each in ("text", "title", "external_id", "source_url", "published_on", "language")
    },
    attributes=by_key(TEXT),
)
_FILE = record(
    position=COUNT,
    name=TEXT,
    size=COUNT,
    sha256=TEXT,
    outcome=OUTCOME,
    reason=maybe(TEXT),
    document=maybe(UUID),
    given_up=TRUTH,
    preview={**maybe(by_key(ANYTHING)), "description": "Of a table that is asked about."},
)
_PROGRESS = {
    "id": UUID,
    "project": TEXT,
    "state": one_of("waiting", "running", "done", "cancelled"),
    "total": COUNT,
    "done": COUNT,
    "counts": by_key(COUNT),
    "created_at": TIME,
}
SCHEMAS: dict[str, Schema] = {
    "File": {**_FILE, "required": [each for each in _FILE["required"] if each != "preview"]},
    "Import": {
        **record(**_PROGRESS, files=some(ref("File")), new=COUNT),
        "required": list(_PROGRESS),
    },
}

_DELIVERY: Schema = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": asked(
                "files",
                files=some({"contentMediaType": "application/octet-stream"}, minItems=1),
            )
        },
        "application/x-ndjson": {
            "schema": {"description": "A document a line."},
            "example": '{"title": "A day in the lab", "text": "The pay is good."}\n',
        },
    },
}
_LINE_SAID = (
    'A line is `{"text", "title", "id", "url", "published_on", "language", "attributes": {key: '
    "value}}`, all but `text` may be left out; a bad line costs that line."
)
_ANSWER = asked(columns=_COLUMNS, delimiter={"type": "string"}, header=TRUTH)

PATHS: Paths = {
    "/api/v1/projects/{slug}/imports": {
        "get": verb(
            "Deliveries, newest first",
            {200: json(page(ref("Import")))},
            tag=TAG,
            scopes=["read", "manage"],
            takes=PAGING,
        ),
        "post": verb(
            "Deliver files, or documents a line each",
            {202: located(json(ref("Import"), "Kept; it is read in the background."))},
            tag=TAG,
            scopes=["manage"],
            body=_DELIVERY,
            refuses=[409],
            said=_LINE_SAID,
        ),
    },
    "/api/v1/imports/{import}": {
        "get": verb(
            "How far a delivery is",
            {200: json(ref("Import"))},
            tag=TAG,
            scopes=["read", "manage"],
            takes=[query("files", one_of("no", "yes"), "`no` leaves the files out.")],
        ),
        "patch": verb(
            "Cancel a delivery, or resume it",
            {200: json(ref("Import"))},
            tag=TAG,
            scopes=["manage"],
            body=sends(
                asked("state", state=one_of("cancelled", "waiting")), example={"state": "cancelled"}
            ),
            refuses=[409],
        ),
    },
    "/api/v1/imports/{import}/files": {
        "get": verb(
            "Its files and what became of them",
            {200: json(page(ref("File")))},
            tag=TAG,
            scopes=["read", "manage"],
            takes=[*PAGING, query("outcome", OUTCOME, "With that outcome.")],
        ),
        "post": verb(
            "More files of the same delivery",
            {202: json(ref("Import"), "Kept; `new` is how many it did not have.")},
            tag=TAG,
            scopes=["manage"],
            body=_DELIVERY,
            refuses=[409],
            said=_LINE_SAID,
        ),
    },
    "/api/v1/imports/{import}/files/{position}": {
        "patch": verb(
            "Say what a table’s columns are, or how it is cut",
            {200: json(ref("File"))},
            tag=TAG,
            scopes=["manage"],
            body=sends(_ANSWER, example={"columns": {"text": "body", "title": "headline"}}),
            refuses=[409],
        ),
    },
}
