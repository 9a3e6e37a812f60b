"""Frozen gold: releases, their files, what changed between them."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    ANYTHING,
    COUNT,
    NUMBER,
    OFFSET,
    SHA256,
    TEXT,
    TIME,
    TRUTH,
    UUID,
    Schema,
    asked,
    by_key,
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
    IF_NONE_MATCH,
    LIMIT,
    OPERATION_MAYBE,
    PAGING,
    UNCHANGED,
    Paths,
    header,
    json,
    located,
    query,
    sends,
    verb,
)

TAG = "Releases"
SCOPES = ("read", "releases")
VERSION: Schema = {"type": "string", "pattern": "^v[1-9][0-9]*$"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
SPLITS = closed(train=_SHARE, dev=_SHARE, test=_SHARE, seed={"type": "integer"})
_SPAN = record(
    id=UUID,
    start=OFFSET,
    end=OFFSET,
    quote=TEXT,
    label=TEXT,
    stance=maybe(TEXT),
    holder_kind=maybe(TEXT),
    holder_name=maybe(TEXT),
    origin=TEXT,
    votes_for=COUNT,
    votes_total=COUNT,
    adjudicator=maybe(TEXT),
    reason=maybe(TEXT),
    clause=maybe(TEXT),
)
_DIFFERENCE = {
    "document": UUID,
    "fields": some(TEXT),
    "added": some(ref("ReleasedSpan")),
    "removed": some(ref("ReleasedSpan")),
    "changed": some(
        record(before=ref("ReleasedSpan"), after=ref("ReleasedSpan"), fields=some(TEXT))
    ),
}
_TALLY = by_key(COUNT)
_REASONS = ("waiting-for-coders", "open-disputes", "pilot", "taken-down", "no-round")
_MANIFEST: dict[str, Schema] = {
    "version": VERSION,
    "schema_version": TEXT,
    "project": TEXT,
    "project_name": TEXT,
    "released_at": TIME,
    "released_by": maybe(TEXT),
    "notes": TEXT,
    "sha256": SHA256,
    "size": COUNT,
    "documents": COUNT,
    "spans": COUNT,
    "passages": COUNT,
    "stories": COUNT,
    "coders": COUNT,
    "spans_by_label": _TALLY,
    "spans_by_stance": _TALLY,
    "spans_by_origin": _TALLY,
    "documents_by_language": _TALLY,
    "documents_by_split": _TALLY,
    "batches": some(by_key(ANYTHING)),
    "editions": some(record(number=COUNT, frozen_at=maybe(TIME))),
    "agreement": some(by_key(ANYTHING)),
    "checks": by_key(by_key(ANYTHING)),
    "share_overturned": by_key(maybe(NUMBER)),
    "files": by_key({**record(sha256=SHA256, size=COUNT), "additionalProperties": True}),
    "left_out": {
        **some(
            record(
                reason=one_of(*_REASONS),
                documents=COUNT,
                points=COUNT,
                named=some(record(id=UUID, external_id=maybe(TEXT))),
            )
        ),
        "description": "Documents that were not in, by reason: `points` counts the coders or disputes "
        "that they waited for, `named` has the first 500. Releases frozen before it was kept have none.",
    },
    "parameters": by_key(ANYTHING),
    "software": record(name=TEXT, version=TEXT),
}
_WHILE_BUILT = (
    "Two files of releases are compared. While one of them is not there yet it is built by a process "
    "of its own, and the answer is 503 with `Retry-After`."
)

SCHEMAS: dict[str, Schema] = {
    "Release": record(
        version=VERSION,
        schema_version=TEXT,
        released_at=TIME,
        documents=COUNT,
        spans=COUNT,
        sha256=SHA256,
        size=COUNT,
        notes=TEXT,
    ),
    "Manifest": {
        **record(**_MANIFEST),
        "required": ["version", "sha256", "size"],
        "additionalProperties": True,
    },
    "ReleasePreview": record(
        documents=COUNT,
        left=some(record(reason=TEXT, documents=COUNT, points=COUNT, first=some(some(TEXT)))),
    ),
    "ReleasedSpan": _SPAN,
    "Differences": record(
        before=VERSION,
        after=VERSION,
        documents=record(added=COUNT, removed=COUNT, changed=COUNT),
        themes=some(record(theme=TEXT, added=COUNT, removed=COUNT, changed=COUNT)),
        moved_to_test=some(TEXT),
        next=maybe(TEXT),
        results=some(record(what=one_of("added", "removed", "changed"), **_DIFFERENCE)),
    ),
    "Changes": record(
        results=some(
            record(release=VERSION, what=one_of("added", "retracted", "changed"), **_DIFFERENCE)
        ),
        next=maybe(TEXT),
        retracted=some(record(release=VERSION, at=TIME, reason=TEXT)),
        taken_down=some(record(document=UUID, releases=some(VERSION), at=TIME, reason=TEXT)),
    ),
}

_EXAMPLE = {"preview": True, "notes": "After the second round."}


_SPLITTING = (
    "`splits` are shares of train, dev and test, 1 together, with a seed; null for none; as the "
    "last time where it is not said."
)
PATHS: Paths = {
    "/api/v1/projects/{slug}/releases": {
        "get": verb(
            "Releases, newest first",
            {200: json(page(ref("Release")))},
            tag=TAG,
            scopes=SCOPES,
            takes=PAGING,
        ),
        "post": verb(
            "Freeze the gold of now under the next version",
            {
                200: json(
                    ref("ReleasePreview"),
                    "With `preview`: what would be in, and what would not and why.",
                ),
                201: located(json(ref("Manifest"), "Frozen within the wait.")),
                202: located(json(ref("Freezing"), "Asked for; Location tells how far it is.")),
            },
            tag=TAG,
            scopes=["manage"],
            takes=[
                OPERATION_MAYBE,
                header(
                    "Prefer", TEXT, "`wait=30`: how many seconds one would wait for it, 30 at most."
                ),
            ],
            body=sends(
                asked(preview=TRUTH, notes=up_to(20_000), splits=maybe(SPLITS)),
                example=_EXAMPLE,
                required=False,
            ),
            refuses=[409],
            said=_SPLITTING,
        ),
    },
    "/api/v1/projects/{slug}/releases/{version}": {
        "get": verb(
            "The manifest",
            {200: json(ref("Manifest"), etag=True), 304: UNCHANGED},
            tag=TAG,
            scopes=SCOPES,
            takes=[IF_NONE_MATCH],
        ),
    },
    "/api/v1/projects/{slug}/releases/{version}/diff/{other}": {
        "get": verb(
            "What `{other}` has against `{version}`",
            {200: json(ref("Differences"))},
            tag=TAG,
            scopes=SCOPES,
            refuses=[503],
            said=_WHILE_BUILT,
            takes=[LIMIT, query("cursor", UUID, "The `next` of the page before.")],
        ),
    },
    "/api/v1/projects/{slug}/changes": {
        "get": verb(
            "What all releases after one changed, with retractions",
            {200: json(ref("Changes"))},
            tag=TAG,
            scopes=SCOPES,
            refuses=[503],
            said=_WHILE_BUILT,
            takes=[
                LIMIT,
                query(
                    "after",
                    {"type": "string", "pattern": "^v[1-9][0-9]{0,8}(~[0-9a-f-]{36})?$"},
                    "A version, or the `next` of the last answer.",
                ),
            ],
        ),
    },
}
