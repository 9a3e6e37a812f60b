"""Assignments and annotations."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    COUNT,
    OFFSET,
    TEXT,
    TIME,
    TRUTH,
    UNIT,
    UUID,
    Schema,
    asked,
    closed,
    maybe,
    one_of,
    page,
    record,
    ref,
    some,
    up_to,
)
from annotations.api.schema.operations import (
    OPERATION,
    OPERATION_MAYBE,
    PAGING,
    Paths,
    empty,
    header,
    json,
    query,
    sends,
    verb,
)

TAG = "Coding"
STATES = ("claimed", "in_progress", "submitted", "skipped", "expired", "released")
KIND = one_of("author", "person", "organisation", "group", "unnamed")
HOLDER = record(kind=KIND, name=maybe(TEXT))
_OF_WORK: dict[str, Schema] = {
    "id": UUID,
    "project": TEXT,
    "batch": TEXT,
    "edition": COUNT,
    "document": UUID,
    "title": TEXT,
    "slot": COUNT,
    "state": one_of(*STATES),
    "claimed_at": TIME,
    "last_activity_at": TIME,
    "submitted_at": maybe(TIME),
    "submissions": COUNT,
}
_SAID: dict[str, Schema] = {
    "assignment": UUID,
    "start": OFFSET,
    "end": OFFSET,
    "quote": TEXT,
    "theme": TEXT,
    "stance": maybe(TEXT),
    "holder": maybe(HOLDER),
    "certainty": maybe({"type": "integer", "minimum": 1, "maximum": 3}),
    "memo": TEXT,
}
_ANNOTATION = record(
    id=UUID,
    offset_unit=UNIT,
    **_SAID,
    revision={"type": "integer", "minimum": 1},
    deleted=TRUTH,
    created_at=TIME,
    updated_at=TIME,
    late=TRUTH,
)
_ASKED_HOLDER = closed("kind", kind=KIND, name=maybe(up_to(200)))
WHOLE_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}

SCHEMAS: dict[str, Schema] = {
    "Assignment": record(**_OF_WORK),
    "AssignmentRow": record(
        **_OF_WORK,
        language=maybe(TEXT),
        passages=COUNT,
        annotations=COUNT,
        without_stance=COUNT,
        previous=maybe(UUID),
        next=maybe(UUID),
    ),
    "Annotation": {
        **_ANNOTATION,
        "required": [each for each in _ANNOTATION["required"] if each != "late"],
    },
    "AnnotationBody": closed(
        "assignment",
        "start",
        "end",
        "quote",
        "theme",
        **{**_SAID, "memo": maybe(up_to(20_000)), "holder": maybe(_ASKED_HOLDER)},
    ),
    "AssignmentChange": asked(
        "state",
        state=one_of("submitted", "in_progress", "skipped", "released"),
        judged=some(WHOLE_NUMBER),
        up_to=maybe(OFFSET),
        reason=TEXT,
    ),
}
EXAMPLE = {
    "assignment": "0197b1f0-0000-7000-8000-000000000002",
    "start": 4,
    "end": 7,
    "quote": "pay",
    "theme": "compensation",
    "stance": "favor",
}
_MATCH = header(
    "If-Match",
    {"type": "string", "pattern": '^"[1-9][0-9]*"$'},
    'The revision it was made on, such as `"3"`.',
)
_HISTORY = record(results=some(ref("Annotation")))

_SUBMITTING = (
    "`judged` are indexes of passages, `up_to` is a code point offset. Stances missing: 422 "
    "`stance-missing` with `annotations`."
)
_SAVING = (
    "The browser or tool makes the UUID. Sent again with the same Idempotency-Key it is answered "
    "as before; a stale base is 412 with `current`; a submitted assignment 409."
)
PATHS: Paths = {
    "/api/v1/projects/{slug}/assignments": {
        "get": verb(
            "One’s own assignments in the order of claiming",
            {200: json(page(ref("AssignmentRow"), progress=record(done=COUNT, total=COUNT)))},
            tag=TAG,
            scopes=["read", "code"],
            takes=[*PAGING, query("state", one_of("open", *STATES), "A state, or `open`.")],
        ),
    },
    "/api/v1/projects/{slug}/assignments/next": {
        "post": verb(
            "What is open, else a new claim",
            {200: json(ref("Assignment")), 204: empty("There is nothing for the caller.")},
            tag=TAG,
            scopes=["code"],
            refuses=[409],
        ),
    },
    "/api/v1/assignments/{assignment}": {
        "get": verb(
            "One’s own assignment",
            {200: json(ref("Assignment"))},
            tag=TAG,
            scopes=["read", "code"],
        ),
        "patch": verb(
            "Submit, take back, skip, give back",
            {200: json(ref("Assignment"))},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION_MAYBE],
            body=sends(
                ref("AssignmentChange"), example={"state": "submitted", "judged": [0, 1, 2]}
            ),
            refuses=[409],
            said=_SUBMITTING,
        ),
    },
    "/api/v1/annotations/{annotation}": {
        "get": verb(
            "One annotation of one’s own",
            {200: json(ref("Annotation"), etag=True)},
            tag=TAG,
            scopes=["read", "code"],
        ),
        "put": verb(
            "Save an annotation",
            {
                200: json(ref("Annotation"), "Changed.", etag=True),
                201: json(ref("Annotation"), "New.", etag=True),
            },
            tag=TAG,
            scopes=["code"],
            takes=[
                OPERATION,
                _MATCH,
                header(
                    "If-None-Match",
                    {"const": "*", "type": "string"},
                    "For a new one, in place of If-Match.",
                ),
            ],
            body=sends(ref("AnnotationBody"), example=EXAMPLE),
            refuses=[409, 412],
            said=_SAVING,
        ),
        "delete": verb(
            "Withdraw an annotation",
            {204: empty("Withdrawn; a PUT with If-Match revives it.", "ETag")},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION, {**_MATCH, "required": True}],
            refuses=[409, 412],
        ),
    },
    "/api/v1/annotations/{annotation}/revisions": {
        "get": verb(
            "Its history, oldest first", {200: json(_HISTORY)}, tag=TAG, scopes=["read", "code"]
        ),
    },
}
