"""The JSON of a ruling that somebody asks for, checked into a Verdict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.project.refusals import Invalid
from annotations.project.speaking import said
from annotations.text.wellformed import UnstorableText, require_storable

from .cases import Case
from .models import Decision
from .verdicts import Verdict

TEXTS = {"dispute": 64, "theme": 60, "stance": 40, "reason": 20_000, "clause": 200}
TEXTS_TOO = {"override_reason": 20_000, "quote": None}
FIELDS = {"operation", "decision", "accept", "start", "end", "holder", *TEXTS, *TEXTS_TOO}
LARGEST_OFFSET = 2**31 - 1
LONGEST_NAME = 200


def parse(data: Any, case: Case) -> tuple[UUID, Verdict]:
    """The operation id and the verdict. Raises Invalid, naming the first field that is wrong."""
    if not isinstance(data, dict):
        raise Invalid.field("", "not-an-object", _("The body must be a JSON object."))
    try:
        require_storable(data)
    except UnstorableText as error:
        raise Invalid.field(error.path, "unstorable-text", said(error.message)) from error
    for field in sorted(set(data) - FIELDS):
        detail = _("There is no field “%(field)s”.") % {"field": field[:60]}
        raise Invalid.field(field[:60], "unknown-field", detail)
    kind, name = _holder(data.get("holder"))
    verdict = Verdict(
        decision=_decision(data.get("decision")),
        dispute=_text(data, "dispute") or "",
        accepted=_accepted(case, data),
        start=_offset(data, "start"),
        end=_offset(data, "end"),
        quote=_text(data, "quote"),
        theme=_text(data, "theme"),
        stance=_text(data, "stance"),
        holder_kind=kind,
        holder_name=name,
        reason=_text(data, "reason") or "",
        clause=_text(data, "clause") or "",
        override_reason=_text(data, "override_reason") or "",
    )
    return _operation(data.get("operation")), verdict


def _operation(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid.field(
            "operation", "uuid", _("%(field)s must be a new UUID.") % {"field": "operation"}
        ) from error


def _decision(value: Any) -> Decision:
    if value not in Decision.values:
        known = ", ".join(Decision.values)
        detail = _("%(field)s is one of %(known)s.") % {"field": "decision", "known": known}
        raise Invalid.field("decision", "decision-unknown", detail)
    return Decision(value)


def _accepted(case: Case, data: dict[str, Any]) -> int | None:
    """The revision of the coder's span whose letter is given."""
    letter = data.get("accept")
    if letter is None:
        return None
    dispute = case.dispute(str(data.get("dispute")))
    for member in dispute.members if dispute else ():
        if case.letters[member.coder] == letter:
            return member.revision
    raise Invalid.field("accept", "not-a-member", _("That coder has no span in this dispute."))


def _offset(data: dict[str, Any], field: str) -> int | None:
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_OFFSET:
        detail = _("%(field)s is a code point offset or null.") % {"field": field}
        raise Invalid.field(field, "offset", detail)
    return value


def _text(data: dict[str, Any], field: str) -> str | None:
    value, longest = data.get(field), {**TEXTS, **TEXTS_TOO}[field]
    if value is None:
        return None
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        told = _("%(field)s is a string of at most %(longest)s characters or null.")
        detail = told if longest else _("%(field)s is a string or null.")
        raise Invalid.field(field, "string", detail % {"field": field, "longest": longest})
    return value


def _holder(value: Any) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    if not isinstance(value, dict) or not set(value) <= {"kind", "name"}:
        detail = _("%(field)s is null or %(shape)s.")
        said_so = {"field": "holder", "shape": '{"kind", "name"}'}
        raise Invalid.field("holder", "holder", detail % said_so)
    kind, name = value.get("kind"), value.get("name")
    if not isinstance(kind, str) or len(kind) > LONGEST_NAME:
        raise Invalid.field("holder", "holder-unknown", _("There is no such kind of holder."))
    if name is not None and (not isinstance(name, str) or len(name) > LONGEST_NAME):
        raise Invalid.field("holder.name", "string", _("The name is a string or null."))
    return kind, name or None
