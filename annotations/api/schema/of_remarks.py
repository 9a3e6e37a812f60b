"""Comments and flags, searching, and the passages of a theme."""

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
    closed,
    maybe,
    one_of,
    page,
    record,
    ref,
    some,
    up_to,
)
from annotations.api.schema.of_coding import HOLDER, KIND
from annotations.api.schema.of_documents import WHOSE, ZONE
from annotations.api.schema.operations import (
    OPERATION,
    PAGING,
    Paths,
    empty,
    json,
    query,
    sends,
    verb,
)

TAG, FINDING = "Comments and flags", "Finding"
_INDEX: Schema = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
_FLAGGED = one_of("zone", "split", "discuss")
_DOCUMENT = record(id=UUID, title=TEXT, language=maybe(TEXT), dir=one_of("ltr", "rtl"))
_HIT = record(
    document=_DOCUMENT,
    assignment=maybe(UUID),
    passage=COUNT,
    paragraph=COUNT,
    sentence=COUNT,
    zone=ZONE,
    language=maybe(TEXT),
    offset_unit=UNIT,
    start=OFFSET,
    end=OFFSET,
    text=TEXT,
    hits=some(record(start=OFFSET, end=OFFSET)),
    before=TEXT,
    after=TEXT,
)
_CODED = record(
    document=_DOCUMENT,
    batch=TEXT,
    assignment=maybe(UUID),
    annotation=maybe(UUID),
    passage=COUNT,
    offset_unit=UNIT,
    start=OFFSET,
    end=OFFSET,
    quote=TEXT,
    theme=TEXT,
    stance=maybe(TEXT),
    holder=maybe(HOLDER),
    origin=maybe(TEXT),
    before=TEXT,
    after=TEXT,
)
LAYER = one_of("own", "gold", "submitted")

SCHEMAS: dict[str, Schema] = {
    "Comment": record(
        id=UUID,
        assignment=maybe(UUID),
        batch=TEXT,
        passage=COUNT,
        start=maybe(OFFSET),
        end=maybe(OFFSET),
        text=TEXT,
        reply_to=maybe(UUID),
        by=TEXT,
        own=TRUTH,
        withdrawn=TRUTH,
        resolved=TRUTH,
        created_at=TIME,
    ),
    "CommentBody": closed(
        "text",
        assignment=maybe(UUID),
        passage=maybe(_INDEX),
        text=up_to(10_000, least=1),
        start=maybe(OFFSET),
        end=maybe(OFFSET),
        reply_to=maybe(UUID),
    ),
    "Flag": record(
        id=UUID,
        assignment=UUID,
        kind=_FLAGGED,
        passage=COUNT,
        proposed=maybe(TEXT),
        note=TEXT,
        created_at=TIME,
        settled_at=maybe(TIME),
        settlement=maybe(one_of("accepted", "dismissed")),
        settlement_reason=TEXT,
    ),
    "FlagBody": closed(
        "assignment",
        "kind",
        "passage",
        assignment=UUID,
        kind=_FLAGGED,
        passage=_INDEX,
        proposed=maybe(up_to(20)),
        note=maybe(up_to(2_000)),
    ),
    "Remarks": record(
        id=UUID,
        offset_unit=UNIT,
        others_visible=TRUTH,
        comments=some(ref("Comment")),
        flags=some(ref("Flag")),
    ),
}
_WORK = "0197b1f0-0000-7000-8000-000000000002"
_COMMENT = {"assignment": _WORK, "passage": 3, "text": "Is this still the author’s voice?"}
_FLAG = {"assignment": _WORK, "kind": "zone", "passage": 0, "proposed": "title", "note": ""}
_REPEATED = "The same operation and body are answered as before."
_ANY = "Of that value."

PATHS: Paths = {
    "/api/v1/documents/{document}/comments": {
        "get": verb(
            "What was said about a document’s passages, as far as the caller sees it",
            {200: json(ref("Remarks"))},
            tag=TAG,
            scopes=["read", "code"],
            takes=[WHOSE],
        ),
    },
    "/api/v1/comments/{comment}": {
        "put": verb(
            "Say something of a passage",
            {201: json(ref("Comment"))},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION],
            body=sends(ref("CommentBody"), example=_COMMENT),
            refuses=[409],
            said=_REPEATED,
        ),
        "patch": verb(
            "Resolve a comment, or open it again",
            {200: json(ref("Comment"))},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION],
            body=sends(closed("resolved", resolved=TRUTH), example={"resolved": True}),
            refuses=[409],
        ),
        "delete": verb(
            "Take back one’s own",
            {204: empty("Taken back, also where it was before.")},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION],
            refuses=[409],
        ),
    },
    "/api/v1/flags/{flag}": {
        "put": verb(
            "Flag a passage for a manager",
            {201: json(ref("Flag"))},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION],
            body=sends(ref("FlagBody"), example=_FLAG),
            refuses=[409],
            said=_REPEATED,
        ),
        "delete": verb(
            "Take back one’s own while it waits",
            {204: empty("Taken back, also where it was before.")},
            tag=TAG,
            scopes=["code"],
            takes=[OPERATION],
            refuses=[409],
        ),
    },
    "/api/v1/projects/{slug}/search": {
        "get": verb(
            "The passages that hold a string, in the texts that the caller may see",
            {200: json(page(_HIT))},
            tag=FINDING,
            scopes=["read", "code"],
            takes=[
                query(
                    "q",
                    up_to(200, least=1),
                    "Sought as it is written, inside a passage; case and accents do not count.",
                    required=True,
                ),
                *PAGING,
            ],
        ),
    },
    "/api/v1/projects/{slug}/coded": {
        "get": verb(
            "Every passage of a theme, a stance, a holder: one’s own coding, or the gold",
            {200: json(record(of=LAYER, next=maybe(TEXT), results=some(_CODED)))},
            tag=FINDING,
            scopes=["read", "code"],
            takes=[
                *PAGING,
                query("of", LAYER, "Whose labels; by default the widest that one may read."),
                query("theme", TEXT, "The key of a theme, which brings its sub-themes."),
                query("stance", TEXT, "The key of a stance."),
                query("holder", KIND, "A kind of holder."),
                query("language", TEXT, _ANY),
                query("batch", UUID, "A round."),
                query("edition", {"type": "integer", "minimum": 1}, "The number of an edition."),
                query("attribute", TEXT, "The key of an attribute, with `value`."),
                query("value", TEXT, "Of that attribute; empty for documents without one."),
            ],
            said="A page may hold less than `limit`: follow `next` until it is null.",
        ),
    },
}
