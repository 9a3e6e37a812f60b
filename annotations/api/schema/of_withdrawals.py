"""Taking back: a document everywhere, or a whole release."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    COUNT,
    SHA256,
    TEXT,
    TIME,
    UUID,
    Schema,
    asked,
    maybe,
    one_of,
    record,
    ref,
    some,
    up_to,
)
from annotations.api.schema.of_releases import VERSION
from annotations.api.schema.operations import Paths, json, sends, verb
from annotations.release.quoted_elsewhere import KINDS

_DONE = record(at=TIME, reason=TEXT)
_REASON = sends(
    asked("reason", reason=up_to(20_000, least=1)),
    example={"reason": "The author has withdrawn the article."},
)
SCHEMAS: dict[str, Schema] = {
    "Takedown": record(
        id=UUID,
        taken_down=maybe(_DONE),
        documents=some(record(id=UUID, text_sha256=SHA256, raw_sha256=SHA256)),
        annotations=COUNT,
        comments=COUNT,
        releases=some(VERSION),
        same_text=some(UUID),
        quoted=some(record(**{"in": one_of(*KINDS)}, which=TEXT, document=maybe(UUID), words=TEXT)),
    ),
    "Retraction": {
        **record(release=VERSION, at=TIME, reason=TEXT),
        "additionalProperties": True,
    },
}
PATHS: Paths = {
    "/api/v1/documents/{document}/takedown": {
        "get": verb(
            "What a takedown would touch, or what was done",
            {200: json(ref("Takedown"))},
            tag="Documents",
            scopes=["manage"],
        ),
        "post": verb(
            "Take a document down everywhere",
            {200: json(ref("Takedown"))},
            tag="Documents",
            scopes=["manage"],
            body=_REASON,
            refuses=[409],
            said="Bytes, text and every quote leave; ids and hashes stay. It cannot be undone. What people "
            "typed elsewhere by hand stays, and is listed under `quoted` for a person to decide.",
        ),
    },
    "/api/v1/projects/{slug}/releases/{version}/retraction": {
        "post": verb(
            "Retract a release, for good",
            {201: json(ref("Retraction"))},
            tag="Releases",
            scopes=["manage"],
            body=_REASON,
            refuses=[409],
            said="Its manifest and its hash stay; its files are given no more.",
        ),
    },
}
