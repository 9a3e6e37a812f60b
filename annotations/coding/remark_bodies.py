"""The JSON of comments and flags, checked: pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from annotations.coding.bodies import LARGEST_OFFSET, Errors
from annotations.project.refusals import Invalid
from annotations.text.phrases import phrase

LONGEST_COMMENT = 10_000
LONGEST_NOTE = 2_000
PROPOSALS: dict[str, tuple[str, ...]] = {
    "zone": ("title", "body", "caption", "digest", "link", "fragment", "boilerplate"),
    "split": ("join", "divide"),
    "discuss": (),
}


@dataclass(frozen=True, slots=True)
class CommentBody:
    """What is said of a passage; `start` and `end` (code points) of a span inside it, or None."""

    assignment: UUID | None
    passage: int | None
    text: str
    start: int | None = None
    end: int | None = None
    reply_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class FlagBody:
    """What a coder would have changed; `proposed` is empty where nothing is."""

    assignment: UUID
    kind: str
    passage: int
    proposed: str
    note: str


def parse_comment(data: Any) -> CommentBody:
    """The body of a PUT, or Invalid with every fault by field."""
    fields = _Fields(data, known={"assignment", "passage", "text", "start", "end", "reply_to"})
    body = CommentBody(
        assignment=fields.uuid("assignment"),
        passage=fields.number("passage"),
        text=fields.string("text", LONGEST_COMMENT),
        start=fields.number("start"),
        end=fields.number("end"),
        reply_to=fields.uuid("reply_to"),
    )
    if not body.text.strip():
        fields.errors.add("text", "required", phrase("A comment says something."))
    if body.assignment is None and body.reply_to is None:
        fields.errors.add(
            "assignment", "required", phrase("%(field)s is missing.", field="assignment")
        )
    if body.passage is None and body.reply_to is None:
        fields.errors.add("passage", "required", phrase("%(field)s is missing.", field="passage"))
    if (body.start is None) != (body.end is None):
        fields.errors.add("end", "span", phrase("start and end are given both, or neither."))
    fields.errors.refuse()
    return body


def parse_flag(data: Any) -> FlagBody:
    """The body of a PUT, or Invalid with every fault by field."""
    fields = _Fields(data, known={"assignment", "kind", "passage", "proposed", "note"})
    kind, assignment, passage = (
        fields.string("kind", 20),
        fields.uuid("assignment"),
        fields.number("passage"),
    )
    body = FlagBody(
        assignment=assignment or UUID(int=0),
        kind=kind,
        passage=passage or 0,
        proposed=fields.string("proposed", 20),
        note=fields.string("note", LONGEST_NOTE),
    )
    for name, value in (("assignment", assignment), ("passage", passage)):
        if value is None:
            fields.errors.add(name, "required", phrase("%(field)s is missing.", field=name))
    if kind not in PROPOSALS:
        known = ", ".join(PROPOSALS)
        detail = phrase("%(field)s is one of %(known)s.", field="kind", known=known)
        fields.errors.add("kind", "kind", detail)
    elif body.proposed not in (PROPOSALS[kind] or ("",)):
        known = ", ".join(PROPOSALS[kind]) or "null"
        detail = phrase(
            "For %(kind)s, %(field)s is one of %(known)s.", kind=kind, field="proposed", known=known
        )
        fields.errors.add("proposed", "proposed", detail)
    fields.errors.refuse()
    return body


def parse_mark(data: Any) -> bool:
    """Whether `{"resolved": …}` resolves a comment or opens it again."""
    fields = _Fields(data, known={"resolved"})
    if not isinstance(fields.data.get("resolved"), bool):
        detail = phrase("%(field)s is true or false.", field="resolved")
        fields.errors.add("resolved", "boolean", detail)
    fields.errors.refuse()
    return bool(fields.data["resolved"])


def fingerprint(verb: str, remark: UUID, said: CommentBody | FlagBody | None) -> str:
    """What an operation asked for, so that its replay can be told from its reuse."""
    asked = [verb, str(remark), None if said is None else asdict(said)]
    encoded = json.dumps(asked, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(encoded.encode()).hexdigest()


class _Fields:
    """Reads fields and collects what is wrong with them; what is absent is null."""

    def __init__(self, data: Any, *, known: set[str]) -> None:
        if not isinstance(data, dict):
            raise Invalid.field("", "not-an-object", phrase("The body must be a JSON object."))
        self.data: dict[str, Any] = data
        self.errors = Errors()
        for field in sorted(set(data) - known):
            detail = phrase("There is no field “%(field)s”.", field=field[:60])
            self.errors.add(field[:60], "unknown-field", detail)

    def uuid(self, field: str) -> UUID | None:
        value = self.data.get(field)
        try:
            return None if value is None else UUID(value)
        except (ValueError, TypeError, AttributeError):
            self.errors.add(field, "uuid", phrase("%(field)s must be a UUID or null.", field=field))
            return UUID(int=0)

    def number(self, field: str) -> int | None:
        value = self.data.get(field)
        if value is None:
            return None
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not 0 <= value <= LARGEST_OFFSET:
            detail = phrase("%(field)s must be a whole number from 0 on.", field=field)
            self.errors.add(field, "whole-number", detail)
            return 0
        return int(value)

    def string(self, field: str, longest: int) -> str:
        value = self.data.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.errors.add(field, "string", phrase("%(field)s must be a string.", field=field))
            return ""
        if len(value) > longest:
            detail = phrase(
                "%(field)s may have at most %(longest)s characters.", field=field, longest=longest
            )
            self.errors.add(field, "too-long", detail)
        return value
