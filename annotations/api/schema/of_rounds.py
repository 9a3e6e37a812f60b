"""Rounds of work."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    COUNT,
    TEXT,
    TIME,
    TRUTH,
    UUID,
    Schema,
    asked,
    maybe,
    one_of,
    page,
    record,
    ref,
    some,
    up_to,
)
from annotations.api.schema.of_coding import WHOLE_NUMBER
from annotations.api.schema.operations import PAGING, Paths, json, sends, verb

TAG = "Rounds"
_HAND = asked("coder", coder=TEXT, most=maybe(COUNT), languages=some(TEXT), excluded=some(UUID))
_HAND_READ = record(
    coder=TEXT,
    most=maybe(COUNT),
    languages=some(TEXT),
    excluded=some(UUID),
    left_at=maybe(TIME),
    left_reason=TEXT,
    replaced_by=maybe(TEXT),
)
_ALLOCATION = one_of("queue", "planned")
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_PLAN = asked(
    "name",
    "kind",
    "documents",
    name=up_to(100, least=1),
    kind=one_of("training", "pilot", "main", "retest"),
    documents=some(UUID),
    slots={"type": "integer", "minimum": 1, "maximum": 20},
    edition=maybe(WHOLE_NUMBER),
    seed=WHOLE_NUMBER,
    open=TRUTH,
    allocation=_ALLOCATION,
    hands=some(_HAND),
    checked_share=_SHARE,
    same_story=TRUTH,
    preview=TRUTH,
    fingerprint=maybe(TEXT),
)
_ROUND_EXAMPLE = {
    "name": "Round 1",
    "kind": "main",
    "documents": ["0197b1f0-0000-7000-8000-000000000001"],
    "slots": 2,
    "preview": True,
}

SCHEMAS: dict[str, Schema] = {
    "Round": record(
        id=UUID,
        name=TEXT,
        kind=one_of("training", "pilot", "main", "retest"),
        edition=COUNT,
        slots=COUNT,
        seed=COUNT,
        allocation=_ALLOCATION,
        open_to_all=TRUTH,
        hands=some(_HAND_READ),
        checked_share=_SHARE,
        same_story=TRUTH,
        opened_at=maybe(TIME),
        closed_at=maybe(TIME),
        reaches_gold=TRUTH,
        zones_taken_as_proposed=TRUTH,
        documents=COUNT,
        assignments=record(wanted=COUNT, submitted=COUNT, open=COUNT),
    ),
    "RoundPreview": record(
        fingerprint=TEXT,
        seed=COUNT,
        allocation=_ALLOCATION,
        documents=COUNT,
        seats=some(record(document=UUID, slot=COUNT, coder=TEXT)),
        loads=some(record(coder=TEXT, documents=COUNT, passages=COUNT)),
        pairs=some(record(coders=some(TEXT), documents=COUNT)),
        stories=some(record(title=TEXT, documents=some(UUID))),
        unseated=some(
            record(document=UUID, slots=COUNT, reasons=some(record(reason=TEXT, people=COUNT)))
        ),
    ),
}

_SAID = (
    "Without `edition` the newest is taken, without `seed` one is drawn, without `hands` everyone "
    "who codes takes part. A `fingerprint` of a preview that fits no more is 412."
)
PATHS: Paths = {
    "/api/v1/projects/{slug}/batches": {
        "get": verb(
            "Rounds with their progress, in the order of making",
            {200: json(page(ref("Round")))},
            tag=TAG,
            takes=PAGING,
        ),
        "post": verb(
            "Plan a round",
            {
                200: json(ref("RoundPreview"), "With `preview`: nothing was written."),
                201: json(ref("Round"), "The round was made."),
            },
            tag=TAG,
            scopes=["manage"],
            body=sends(_PLAN, example=_ROUND_EXAMPLE),
            refuses=[409, 412],
            said=_SAID,
        ),
    },
}
