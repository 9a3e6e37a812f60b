"""Kinds of JSON, as JSON Schema says them."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
UUID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time"}
DATE: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
OFFSET: Schema = {
    "type": "integer",
    "minimum": 0,
    "maximum": 2**31 - 1,
    "description": "Unicode code points from the beginning of the text; spans are half-open.",
}
UNIT: Schema = {"const": "codepoint", "type": "string", "description": "What offsets count."}
ANYTHING: Schema = {}


def record(**fields: Schema) -> Schema:
    """An object with exactly these fields, all of them there.

    >>> record(name=TEXT)["required"]
    ['name']
    """
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def asked(*required: str, **fields: Schema) -> Schema:
    """What is sent: an object in which only the `required` fields have to be."""
    said: Schema = {"type": "object", "properties": fields}
    return {**said, "required": list(required)} if required else said


def closed(*required: str, **fields: Schema) -> Schema:
    """The same, where a field that is not named is refused."""
    return {**asked(*required, **fields), "additionalProperties": False}


def some(schema: Schema, **more: int) -> Schema:
    """A list of those; `maxItems` and the like may be said."""
    return {"type": "array", "items": schema, **more}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    if isinstance(schema.get("type"), str) and not {"enum", "const"} & schema.keys():
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def by_key(schema: Schema) -> Schema:
    """An object whose keys are data, such as themes."""
    return {"type": "object", "additionalProperties": schema}


def one_of(*values: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(values)}


def up_to(longest: int, *, least: int = 0) -> Schema:
    """A text of so many characters."""
    return {"type": "string", "minLength": least, "maxLength": longest}


def ref(name: str) -> Schema:
    """The kind of that name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def page(schema: Schema, **more: Schema) -> Schema:
    """A page of a long list."""
    address = maybe({**ADDRESS, "description": "To follow as it is; null at the end."})
    return record(next=address, previous=address, results=some(schema), **more)
