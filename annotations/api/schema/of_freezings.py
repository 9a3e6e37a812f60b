"""Releases that were asked for."""

from __future__ import annotations

from annotations.api.schema.kinds import COUNT, TEXT, TIME, UUID, Schema, maybe, one_of, record, ref
from annotations.api.schema.of_releases import SPLITS, TAG, VERSION
from annotations.api.schema.operations import Paths, json, verb

SCHEMAS: dict[str, Schema] = {
    "Freezing": record(
        id=UUID,
        state=one_of("waiting", "running", "done", "failed"),
        step=maybe(TEXT),
        done=COUNT,
        total=maybe(COUNT),
        asked_at=TIME,
        asked_by=TEXT,
        heard_at=maybe(TIME),
        ended_at=maybe(TIME),
        notes=TEXT,
        splits=maybe(SPLITS),
        release=maybe(VERSION),
        reason=maybe(TEXT),
    )
}
PATHS: Paths = {
    "/api/v1/projects/{slug}/releases/freezings/{freezing}": {
        "get": verb(
            "How far a release is that was asked for",
            {200: json(ref("Freezing"))},
            tag=TAG,
            scopes=["manage"],
            said="`release` is its version once `state` is `done`.",
        )
    }
}
