"""Agreement and adjudication."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    COUNT,
    NUMBER,
    OFFSET,
    TEXT,
    TIME,
    TRUTH,
    UNIT,
    UUID,
    Schema,
    by_key,
    closed,
    maybe,
    one_of,
    record,
    ref,
    some,
    up_to,
)
from annotations.api.schema.of_coding import HOLDER, KIND
from annotations.api.schema.operations import (
    IF_NONE_MATCH,
    UNCHANGED,
    Paths,
    header,
    json,
    query,
    sends,
    verb,
)

TAG = "Agreement and adjudication"
_INTERVAL = record(low=maybe(NUMBER), high=maybe(NUMBER), few_stories=TRUTH)
_STATED = {"value": maybe(NUMBER), "reason": maybe(TEXT)}
_DRAWN: Schema = {**record(**_STATED, interval=_INTERVAL), "required": list(_STATED)}
_RESTS = {each: COUNT for each in ("units", "pairable_units", "judgements", "coders")}
_FIGURE = record(**_STATED, **_RESTS, interval=_INTERVAL)
_OF_PRESENCE = {
    each: ref("Figure")
    for each in ("alpha", "percent_agreement", "positive_agreement", "prevalence")
}
_COUNTED = (
    "documents",
    "documents_compared",
    "coders",
    "passages",
    "titles",
    "passages_left_out",
    "judgements_missing",
)
_OF_STANCE = (
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_masi",
    "alpha_holder",
    "alpha_nominal_same_holder",
)
_OF_SPANS = ("unitizing_alpha", "f1_exact", "f1_iou", "f1_characters")
_THEME = record(
    theme=TEXT,
    **_OF_PRESENCE,
    titles=ref("Presence"),
    sub_themes=some(record(theme=TEXT, **_OF_PRESENCE)),
    stance=record(
        passages=COUNT, **{each: ref("Figure") for each in _OF_STANCE}, confusion=ref("Confusion")
    ),
    spans=record(spans=COUNT, documents=COUNT, **{each: _DRAWN for each in _OF_SPANS}),
    languages=by_key(ref("Presence")),
    batches=by_key(ref("Presence")),
    pairs=some(record(coders=some(TEXT), **_OF_PRESENCE)),
)
_LOST = record(
    theme=TEXT,
    share_of_disagreement=maybe(NUMBER),
    alpha_masi_without=ref("Figure"),
    confused_with=some(record(value=maybe(TEXT), pairs=NUMBER)),
    coders=some(record(coders=some(TEXT), differing=NUMBER, judged=NUMBER)),
)
_PAIR = record(coders=some(TEXT), alpha_masi=ref("Figure"))
_EDITION = record(
    edition=maybe(COUNT), alpha_masi=maybe(ref("Figure")), themes=by_key(ref("Figure"))
)
_DECISION = one_of("accept", "adjust", "change", "reject", "add", "none", "reopen")
_LABEL = {"theme": maybe(TEXT), "stance": maybe(TEXT), "holder": maybe(HOLDER)}
_MEMBER = record(coder=TEXT, start=OFFSET, end=OFFSET, quote=TEXT, **_LABEL)
_DISPUTE = record(
    key=TEXT,
    family=TEXT,
    themes=some(TEXT),
    start=OFFSET,
    end=OFFSET,
    quote=TEXT,
    unanimous=TRUTH,
    settled=TRUTH,
    ruling=maybe(UUID),
    chosen=maybe(TEXT),
    members=some(_MEMBER),
    neighbours=some(TEXT),
)
_CHECK = record(
    key=TEXT,
    kind=one_of("unanimous", "untagged"),
    start=OFFSET,
    end=OFFSET,
    quote=TEXT,
    result=one_of("open", "confirmed", "overturned"),
    ruling=maybe(UUID),
)
_RULING = record(
    id=UUID,
    number=COUNT,
    dispute=TEXT,
    decision=_DECISION,
    start=maybe(OFFSET),
    end=maybe(OFFSET),
    quote=TEXT,
    **_LABEL,
    votes_for=COUNT,
    votes_total=COUNT,
    reason=TEXT,
    clause=TEXT,
    override_reason=TEXT,
    sweep=maybe(UUID),
    by=TEXT,
    at=TIME,
)

SCHEMAS: dict[str, Schema] = {
    "Figure": {**_FIGURE, "required": [*_STATED, *_RESTS]},
    "Presence": record(**_OF_PRESENCE),
    "Confusion": record(values=some(maybe(TEXT)), pairs=some(some(NUMBER))),
    "Stability": record(
        documents=COUNT,
        without_an_earlier_coding=COUNT,
        days_between=record(fewest=NUMBER, median=NUMBER, most=NUMBER),
        alpha_masi=ref("Figure"),
        themes=some(record(theme=TEXT, **_OF_PRESENCE)),
        coders=some(
            record(
                coder=TEXT,
                documents=COUNT,
                alpha_masi=maybe(ref("Figure")),
                themes=by_key(ref("Presence")),
            )
        ),
    ),
    "Agreement": record(
        project=TEXT,
        edition=maybe(COUNT),
        batch=maybe(UUID),
        unit={"const": "passage", "type": "string"},
        **{each: COUNT for each in _COUNTED},
        intervals=record(level=NUMBER, method=TEXT, stories=COUNT, samples=COUNT, seed=COUNT),
        overall=maybe(record(alpha_masi=ref("Figure"), pairs=some(_PAIR))),
        themes=some(_THEME),
        confusion=maybe(ref("Confusion")),
        editions=some(_EDITION),
        lost_agreement=some(_LOST),
        stability=maybe(ref("Stability")),
    ),
    "Case": record(
        id=UUID,
        project=TEXT,
        batch=TEXT,
        edition=COUNT,
        title=TEXT,
        offset_unit=UNIT,
        version=TEXT,
        state=one_of("waiting", "open", "adjudicated"),
        slots=COUNT,
        coders=some(TEXT),
        disputes=some(_DISPUTE),
        checks=some(_CHECK),
        rulings=some(_RULING),
    ),
    "RulingBody": closed(
        "operation",
        "decision",
        operation=UUID,
        dispute=maybe(up_to(64)),
        decision=_DECISION,
        accept=maybe(TEXT),
        start=maybe(OFFSET),
        end=maybe(OFFSET),
        quote=maybe(TEXT),
        theme=maybe(up_to(60)),
        stance=maybe(up_to(40)),
        holder=maybe(closed("kind", kind=KIND, name=maybe(up_to(200)))),
        reason=maybe(up_to(20_000)),
        clause=maybe(up_to(200)),
        override_reason=maybe(up_to(20_000)),
    ),
}
_EXAMPLE = {
    "operation": "0197b1f0-0000-7000-8000-000000000003",
    "dispute": "3f1c",
    "decision": "accept",
    "accept": "A",
    "reason": "The author speaks of pay, not of hours.",
}

PATHS: Paths = {
    "/api/v1/projects/{slug}/agreement": {
        "get": verb(
            "Figures of the first submissions, with a reason wherever there is none",
            {200: json(ref("Agreement"))},
            tag=TAG,
            takes=[
                query("batch", UUID, "One round; all main rounds of the edition by default."),
                query(
                    "edition",
                    {"type": "integer", "minimum": 1},
                    "An edition; the current one by default.",
                ),
            ],
        ),
    },
    "/api/v1/documents/{document}/adjudication": {
        "get": verb(
            "Disputes and rulings; coders are letters",
            {200: json(ref("Case"), etag=True), 304: UNCHANGED},
            tag=TAG,
            scopes=["read", "manage"],
            takes=[IF_NONE_MATCH],
        ),
        "put": verb(
            "One ruling, and the state after it",
            {200: json(ref("Case"), etag=True)},
            tag=TAG,
            scopes=["manage"],
            takes=[
                header(
                    "If-Match",
                    {"type": "string", "minLength": 1},
                    "The version that was seen.",
                    required=True,
                )
            ],
            body=sends(ref("RulingBody"), example=_EXAMPLE),
            refuses=[409, 412, 428],
        ),
    },
}
