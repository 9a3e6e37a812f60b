"""A line of an import of annotations: JSON, checked as far as it can be without the database. Pure.

Beside the lines that ARCHITECTURE.md describes, those of a release (`spans.jsonl`, `annotations.jsonl`)
and annotations as the API answers them are lines too: what they say beyond an annotation is left aside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from annotations.coding.bodies import Body, parse
from annotations.project.refusals import Invalid
from annotations.text.phrases import phrase
from annotations.text.wellformed import UnstorableText, require_storable

NAMES = ("document", "external_id", "text_sha256", "raw_sha256")
"""What a document can be named by, in the order in which it is looked for."""

UNITS = ("codepoint", "utf16", "utf8", "byte")
OF_A_SPAN = ("start", "end", "quote", "theme", "stance", "holder", "certainty", "memo")
ASIDE = frozenset(
    {
        *("schema_version", "title", "source_url", "published_on", "language", "story", "split"),
        *("batch", "edition", "origin", "votes_for", "votes_total", "adjudicator", "reason"),
        *("clause", "submission", "after_discussion", "passages", "assignment", "revision"),
        *("deleted", "late", "updated_at", "label", "holder_kind", "holder_name"),
    }
)
KNOWN = {*NAMES, *OF_A_SPAN, *ASIDE, "coder", "id", "judged", "created_at", "offset_unit"}
LONGEST_LINE = 1_000_000
LONGEST_CODER = 40
_UNSAID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One annotation of a coder on a document; without `body` only what the coder has judged.

    Offsets of `body` are in `unit`, and its assignment is not known yet. `judged` holds indexes of
    passages, or says that it is all of them; None is not said. Where there is a `fault` the line is
    refused, and it is known whose it was.
    """

    number: int
    names: tuple[tuple[str, str], ...]
    coder: str
    body: Body | None
    unit: str
    judged: tuple[int, ...] | Literal["all"] | None
    id: UUID | None
    created_at: datetime | None
    fault: Invalid | None = None


def read_line(number: int, data: bytes | None, *, coder: str = "") -> Line:
    """`data` is None where the line is longer than LONGEST_LINE; `coder` is whose it is if it is
    not said. Raises Invalid where it does not even say whose it is, and of what.
    """
    said = _object(data)
    names, name = _names(said), _coder(said.get("coder"), coder)
    try:
        return _line(number, names, name, said)
    except Invalid as fault:
        return Line(number, names, name, None, UNITS[0], None, None, None, fault)


def _line(
    number: int, names: tuple[tuple[str, str], ...], coder: str, said: dict[str, Any]
) -> Line:
    for unknown in sorted(said.keys() - KNOWN)[:1]:
        detail = phrase("There is no field “%(field)s”.", field=unknown[:60])
        raise Invalid.field(unknown[:60], "unknown-field", detail)
    if said.get("deleted"):
        detail = phrase("An annotation that was withdrawn is not imported.")
        raise Invalid.field("deleted", "withdrawn", detail)
    judged = _judged(said.get("judged"))
    spanless = judged is not None and "start" not in said and "end" not in said
    return Line(
        number=number,
        names=names,
        coder=coder,
        body=None if spanless else _body(said),
        unit=_unit(said.get("offset_unit", "codepoint")),
        judged=judged,
        id=_id(said.get("id")),
        created_at=_time(said.get("created_at")),
    )


def _object(data: bytes | None) -> dict[str, Any]:
    if data is None:
        detail = phrase("A line may have at most %(longest)s bytes.", longest=f"{LONGEST_LINE:,}")
        raise Invalid.field("", "line-too-long", detail)
    try:
        said = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
        require_storable(said)
    except UnicodeDecodeError as error:
        raise Invalid.field("", "not-utf8", phrase("The line is not UTF-8.")) from error
    except UnstorableText as error:
        field = error.path.removeprefix("$.").split(".")[0].split("[")[0]
        raise Invalid.field(field, "unstorable-text", error.message) from error
    except (ValueError, RecursionError) as error:
        raise Invalid.field("", "not-json", phrase("The line is not valid JSON.")) from error
    if not isinstance(said, dict):
        raise Invalid.field("", "not-an-object", phrase("The line must be a JSON object."))
    return said


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _names(said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = tuple((key, said[key]) for key in NAMES if said.get(key) not in (None, ""))
    for key, value in found:
        if not isinstance(value, str):
            detail = phrase("%(field)s must be a string.", field=key)
            raise Invalid.field(key, "string", detail)
    if not found:
        named = ", ".join(NAMES)
        detail = phrase("Name the document by one of these: %(named)s.", named=named)
        raise Invalid.field("document", "required", detail)
    return found


def _coder(said: Any, otherwise: str) -> str:
    name = otherwise if said in (None, "") else said
    if not isinstance(name, str):
        raise Invalid.field("coder", "string", phrase("%(field)s must be a string.", field="coder"))
    if not name.strip():
        detail = phrase("%(field)s is missing.", field="coder")
        raise Invalid.field("coder", "required", detail)
    return name.strip()


def _body(said: dict[str, Any]) -> Body:
    """By the rules of every annotation, which name each fault."""
    asked = {key: said[key] for key in OF_A_SPAN if key in said}
    if "label" in said:  # a release's own word, whose `theme` is the theme's root
        asked["theme"] = said["label"]
    if said.get("holder_kind") is not None and "holder" not in said:
        asked["holder"] = {"kind": said["holder_kind"], "name": said.get("holder_name")}
    return parse({**asked, "assignment": str(_UNSAID)})


def _unit(said: Any) -> str:
    if said not in UNITS:
        detail = phrase("Units of offsets are %(known)s.", known=", ".join(UNITS))
        raise Invalid.field("offset_unit", "unit", detail)
    return str(said)


def _judged(said: Any) -> tuple[int, ...] | Literal["all"] | None:
    if said is None:
        return None
    if said == "all":
        return "all"
    if not isinstance(said, list) or not all(type(each) is int and each >= 0 for each in said):
        detail = phrase("%(field)s is a list of passages by their index, or “all”.", field="judged")
        raise Invalid.field("judged", "judged", detail)
    return tuple(said)


def _id(said: Any) -> UUID | None:
    if said is None:
        return None
    try:
        return UUID(said)
    except (ValueError, TypeError, AttributeError) as error:
        detail = phrase("%(field)s must be a UUID.", field="id")
        raise Invalid.field("id", "uuid", detail) from error


def _time(said: Any) -> datetime | None:
    if said is None:
        return None
    try:
        time = datetime.fromisoformat(said)
    except (ValueError, TypeError) as error:
        raise _not_a_time() from error
    if time.tzinfo is None:
        raise _not_a_time()
    return time


def _not_a_time() -> Invalid:
    detail = phrase("%(field)s is a time with its zone, as ISO 8601 writes it.", field="created_at")
    return Invalid.field("created_at", "time", detail)
