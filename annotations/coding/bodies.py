"""The JSON body of an annotation, checked: pure, so that every way in says the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from annotations.project.refusals import Invalid
from annotations.text.phrases import joined, phrase
from annotations.text.wellformed import UnstorableText, require_storable

HOLDER_KINDS = frozenset({"author", "person", "organisation", "group", "unnamed"})
REQUIRED = ("assignment", "start", "end", "quote", "theme")
OPTIONAL = ("stance", "holder", "certainty", "memo")
# What an answer carries beside the body, so that it can be sent back as it came.
ECHOED = {"id", "revision", "deleted", "created_at", "updated_at", "offset_unit", "late"}
LARGEST_OFFSET = 2**31 - 1
LONGEST_MEMO = 20_000
LONGEST_NAME = 200
MOST_SAID = 50  # faults of one body


@dataclass(frozen=True, slots=True)
class Body:
    """What a coder says of a span; offsets in code points, half-open."""

    assignment: UUID
    start: int
    end: int
    quote: str
    theme: str
    stance: str | None
    holder_kind: str | None
    holder_name: str | None
    certainty: int | None
    memo: str


FIELDS = tuple(field.name for field in fields(Body))


class Errors:
    """Collects what is wrong, so that all of it is said at once; of very much, the first."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []

    def add(self, field: str, code: str, detail: str) -> None:
        if len(self.found) < MOST_SAID:
            self.found.append({"field": field, "code": code, "detail": detail})

    def refuse(self) -> None:
        if self.found:
            raise Invalid(joined(each["detail"] for each in self.found), errors=self.found)


def parse(data: Any) -> Body:
    """The body of a PUT, or Invalid with every fault by field."""
    errors = Errors()
    if not isinstance(data, dict):
        raise Invalid.field("", "not-an-object", phrase("The body must be a JSON object."))
    _storable(data)
    for field in REQUIRED:
        if field not in data:
            errors.add(field, "required", phrase("%(field)s is missing.", field=field))
    for field in sorted(set(data) - {*REQUIRED, *OPTIONAL} - ECHOED):
        detail = phrase("There is no field “%(field)s”.", field=field[:60])
        errors.add(field[:60], "unknown-field", detail)
    if data.get("offset_unit", "codepoint") != "codepoint":
        detail = phrase("Offsets are counted in code points (%(unit)s).", unit='"codepoint"')
        errors.add("offset_unit", "unit", detail)
    errors.refuse()
    body = _fields(data, errors)
    errors.refuse()
    return body


def _storable(data: dict[str, Any]) -> None:
    try:
        require_storable(data)
    except UnstorableText as error:
        field = error.path.removeprefix("$.").split(".")[0].split("[")[0]
        raise Invalid.field(field, "unstorable-text", error.message) from error


def _fields(data: dict[str, Any], errors: Errors) -> Body:
    kind, name = _holder(data.get("holder"), errors)
    return Body(
        assignment=_uuid(data["assignment"], errors),
        start=_offset(data["start"], "start", errors),
        end=_offset(data["end"], "end", errors),
        quote=_string(data["quote"], "quote", errors),
        theme=_string(data["theme"], "theme", errors),
        stance=_optional_string(data.get("stance"), "stance", errors),
        holder_kind=kind,
        holder_name=name,
        certainty=_certainty(data.get("certainty"), errors),
        memo=_limited(data.get("memo") or "", "memo", LONGEST_MEMO, errors),
    )


def _uuid(value: Any, errors: Errors) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        detail = phrase("%(field)s must be the UUID of an assignment.", field="assignment")
        errors.add("assignment", "uuid", detail)
        return UUID(int=0)


def _offset(value: Any, field: str, errors: Errors) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        detail = phrase("%(field)s must be a whole number of code points.", field=field)
        errors.add(field, "whole-number", detail)
        return 0
    if not 0 <= value <= LARGEST_OFFSET:
        detail = phrase("%(field)s must be from 0 to the length of the text.", field=field)
        errors.add(field, "range", detail)
        return 0
    return value


def _string(value: Any, field: str, errors: Errors) -> str:
    if not isinstance(value, str):
        errors.add(field, "string", phrase("%(field)s must be a string.", field=field))
        return ""
    return value


def _optional_string(value: Any, field: str, errors: Errors) -> str | None:
    return None if value is None else _string(value, field, errors)


def _limited(value: Any, field: str, longest: int, errors: Errors) -> str:
    text = _string(value, field, errors)
    if len(text) > longest:
        detail = phrase(
            "%(field)s may have at most %(longest)s characters.", field=field, longest=longest
        )
        errors.add(field, "too-long", detail)
    return text


def _certainty(value: Any, errors: Errors) -> int | None:
    if value is None or (value in (1, 2, 3) and isinstance(value, int) and value is not True):
        return value
    errors.add("certainty", "certainty", phrase("%(field)s is 1, 2, 3 or null.", field="certainty"))
    return None


def _holder(value: Any, errors: Errors) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    if not isinstance(value, dict) or set(value) - {"kind", "name"}:
        shape = '{"kind", "name"}'
        detail = phrase("%(field)s is null or %(shape)s.", field="holder", shape=shape)
        errors.add("holder", "holder", detail)
        return None, None
    if value.get("kind") not in HOLDER_KINDS:
        known = ", ".join(sorted(HOLDER_KINDS))
        detail = phrase("%(field)s is one of %(known)s.", field="holder.kind", known=known)
        errors.add("holder.kind", "holder-kind", detail)
        return None, None
    name = value.get("name")
    if name is None or name == "":
        return value["kind"], None
    return value["kind"], _limited(name, "holder.name", LONGEST_NAME, errors)


def fingerprint(verb: str, annotation: UUID, base: int | None, body: Body | None) -> str:
    """What an operation asked for, so that its replay can be told from its reuse."""
    asked = {
        "verb": verb,
        "annotation": str(annotation),
        "base": base,
        "body": None if body is None else {name: getattr(body, name) for name in FIELDS},
    }
    encoded = json.dumps(asked, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(encoded.encode()).hexdigest()
