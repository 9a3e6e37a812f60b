"""Projects, codebooks, the caller's own settings."""

from __future__ import annotations

from annotations.api.schema.kinds import (
    ANYTHING,
    COUNT,
    TEXT,
    TIME,
    TRUTH,
    UUID,
    WHOLE,
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

TAG = "Projects"
WORDS = {**by_key({"type": "string", "minLength": 1}), "description": "By language."}
EDITION = {"type": "integer", "minimum": 1, "maximum": 9999}
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$"}
SLUG = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"}
PROJECT = {"slug": "labs", "name": "Life in the labs"}
CODEBOOK = {
    "stances": [{"key": "against", "label": {"en": "Against"}, "glyph": "−", "hotkey": "c"}],
    "themes": [{"key": "pay", "code": "PA", "name": {"en": "Pay"}, "colour": 1}],
}
_STANCE = {
    "key": KEY,
    "order": COUNT,
    "position": maybe(WHOLE),
    "label": WORDS,
    "glyph": up_to(4, least=1),
    "hotkey": TEXT,
    "definition": WORDS,
}
_THEME = {
    "key": KEY,
    "code": TEXT,
    "name": WORDS,
    "definition": WORDS,
    "include": WORDS,
    "exclude": WORDS,
    "examples": some(by_key(ANYTHING)),
    "counter_examples": some(by_key(ANYTHING)),
    "colour": {"type": "integer", "minimum": 1, "maximum": 12},
    "hotkey": TEXT,
    "parent": maybe(KEY),
    "proposition": maybe(WORDS),
    "stance_labels": maybe(by_key(WORDS)),
    "memo_required": TRUTH,
    "order": COUNT,
}
_BECAME = record(
    kind=one_of("archive", "merge", "split"), themes=some(TEXT), into=some(TEXT), reason=TEXT
)
_EDITION = {
    "edition": EDITION,
    "note": WORDS,
    "changes": some(_BECAME),
    "stances": some(record(**_STANCE)),
    "themes": some(record(**_THEME)),
}
_CLAUSE = record(path=TEXT, before=TEXT, after=TEXT)
_CHANGE = record(part=TEXT, key=TEXT, kind=TEXT, moved=TRUTH, clauses=some(_CLAUSE))
_READ = record(
    project=TEXT,
    frozen_at=maybe(TIME),
    editions=some(record(edition=EDITION, frozen_at=maybe(TIME))),
    differences=record(note=some(_CLAUSE), changes=some(_CHANGE)),
    **_EDITION,
)

SCHEMAS = {
    "Project": record(
        id=UUID,
        slug=TEXT,
        name=TEXT,
        roles=some(one_of("annotator", "adjudicator", "manager", "reader")),
        created_at=TIME,
    ),
    "Codebook": {
        **_READ,
        "required": [each for each in _READ["required"] if each != "differences"],
    },
    "CodebookDraft": asked(
        "stances",
        "themes",
        edition=EDITION,
        note=WORDS,
        changes=some(_BECAME, maxItems=1000),
        stances=some(asked("key", "label", "glyph", **_STANCE), minItems=1),
        themes=some(asked("key", "code", "name", "colour", **_THEME), minItems=1),
    ),
    "Preferences": record(
        keys=by_key(maybe(TEXT)),
        settings=record(
            selection=one_of("exact", "word", "sentence"),
            reading_view=TRUTH,
            fold_boilerplate=TRUTH,
        ),
        verbs=some(TEXT),
    ),
}
_SETTINGS = closed(
    selection=one_of("exact", "word", "sentence"), reading_view=TRUTH, fold_boilerplate=TRUTH
)
_CSRF = record(token=TEXT, user=TEXT)

PATHS: Paths = {
    "/api/v1/projects": {
        "get": verb(
            "Projects that the caller may see",
            {200: json(page(ref("Project")))},
            tag=TAG,
            takes=PAGING,
        ),
        "post": verb(
            "Begin a project, managed by the caller",
            {201: located(json(ref("Project")))},
            tag=TAG,
            scopes=["manage"],
            body=sends(asked("slug", "name", slug=SLUG, name=up_to(200, least=1)), example=PROJECT),
        ),
    },
    "/api/v1/projects/{slug}": {
        "get": verb("One project", {200: json(ref("Project"))}, tag=TAG),
        "patch": verb(
            "Rename a project",
            {200: json(ref("Project"))},
            tag=TAG,
            scopes=["manage"],
            body=sends(
                closed("name", name=up_to(200, least=1)), example={"name": "Life in the labs"}
            ),
        ),
    },
    "/api/v1/projects/{slug}/codebook": {
        "get": verb(
            "An edition of the codebook",
            {200: json(ref("Codebook"), etag=True), 304: UNCHANGED},
            tag=TAG,
            scopes=["read", "code", "manage"],
            takes=[
                query("edition", EDITION, "Its number; the one in use where it is not said."),
                query("against", EDITION, "Adds `differences` from that edition to this one."),
                IF_NONE_MATCH,
            ],
        ),
        "put": verb(
            "Draft the next edition, as a whole",
            {
                200: json(ref("Codebook"), "The draft was replaced.", etag=True),
                201: json(ref("Codebook"), "A new draft.", etag=True),
            },
            tag=TAG,
            scopes=["manage"],
            takes=[
                header("If-Match", TEXT, "Refused unless the newest edition is still that one.")
            ],
            body=sends(ref("CodebookDraft"), example=CODEBOOK),
            refuses=[409, 412],
        ),
    },
    "/api/v1/me/preferences": {
        "get": verb(
            "The caller’s keys and settings",
            {200: json(ref("Preferences"))},
            tag=TAG,
            scopes=["read", "code"],
        ),
        "put": verb(
            "Replace them",
            {200: json(ref("Preferences"))},
            tag=TAG,
            scopes=["code"],
            body=sends(
                closed(keys=by_key(maybe(TEXT)), settings=_SETTINGS, verbs=ANYTHING),
                example={"keys": {"find": "f"}, "settings": {}},
            ),
            said="A key for two verbs is refused with an error on each.",
        ),
    },
    "/api/v1/csrf": {
        "get": verb("A fresh CSRF token, and whose session it is", {200: json(_CSRF)}, tag=TAG),
    },
}
