"""The description as the page of it needs it: routes by part, kinds of JSON in a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.api.schema.description import description
from annotations.api.schema.kinds import Schema

Row = dict[str, Any]


@cache
def parts() -> list[Row]:
    """`{"name", "routes"}` in the order of the description."""
    found: dict[str, list[Row]] = {}
    for path, verbs in description()["paths"].items():
        for method, told in verbs.items():
            found.setdefault(told["tags"][0], []).append(_route(path, method, told))
    return [
        {"name": name, "id": name.lower().replace(" ", "-"), "routes": routes}
        for name, routes in found.items()
    ]


def in_code(said: str) -> SafeString:
    """Words for a page, what stands between backticks as code.

    >>> in_code("`a` < b")
    '<code>a</code> &lt; b'
    """
    pieces = enumerate(said.split("`"))
    return format_html_join("", "{}", ((_piece(each, code=n % 2 == 1),) for n, each in pieces))


def _piece(said: str, *, code: bool) -> str | SafeString:
    return format_html("<code>{}</code>", said) if code else said


def _route(path: str, method: str, told: Row) -> Row:
    return {
        "id": told["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": told["summary"],
        "said": [in_code(each) for each in told.get("description", "").split("\n\n") if each],
        "takes": [_parameter(each) for each in told["parameters"]],
        "bodies": list(_contents(told.get("requestBody", {}))),
        "answers": [_answer(status, each) for status, each in sorted(told["responses"].items())],
        "curl": _curl(method, path, told),
    }


def _parameter(told: Row) -> Row:
    kind = in_words(told["schema"])
    return {**told, "where": told["in"], "kind": kind, "said": in_code(told.get("description", ""))}


def _contents(told: Row) -> Iterator[Row]:
    for media, content in told.get("content", {}).items():
        example = content.get("example")
        yield {
            "media": media,
            "kind": written(content["schema"]),
            "example": json.dumps(example, ensure_ascii=False, indent=2) if example else "",
        }


def _answer(status: str, told: Row) -> Row:
    if "$ref" in told:
        told = description()["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
    problem = int(status) >= 400
    return {
        "status": status,
        "said": in_code(told["description"]),
        "headers": ", ".join(told.get("headers", {})),
        "contents": [] if problem else list(_contents(told)),
    }


def _curl(method: str, path: str, told: Row) -> str:
    lines = ['curl --fail-with-body -H "Authorization: Bearer $TOKEN"']
    if method != "get":
        lines[0] += f" -X {method.upper()}"
    for each in told["parameters"]:
        if each["in"] == "header" and each["required"]:
            value = '"$(uuidgen)"' if each["name"] == "Idempotency-Key" else "'\"3\"'"
            lines.append(f"-H {each['name']}:{value}")
    for media, content in told.get("requestBody", {}).get("content", {}).items():
        if "example" in content and media == "application/json":
            lines += [
                f"-H Content-Type:{media}",
                f"-d '{json.dumps(content['example'], ensure_ascii=False)}'",
            ]
    return " \\\n  ".join([*lines, f'"$WORKBENCH{path}"'])


def in_words(schema: Schema) -> str:
    """A kind in a few words.

    >>> in_words({"type": ["string", "null"], "format": "uuid"})
    'uuid or null'
    """
    if "anyOf" in schema:
        return " or ".join(in_words(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return json.dumps(schema["const"])
    types = schema.get("type", "anything")
    names = types if isinstance(types, list) else [types]
    first = str(schema.get("format", names[0]))
    return " or ".join([_ranged(first, schema), *names[1:]])


def _ranged(name: str, schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if name == "integer" and least is not None and most is not None and most < 2**31 - 1:
        return f"{name} {least}–{most}"
    return name


def written(schema: Schema, *, deep: int = 0) -> str:
    """A kind as the shape of its JSON, kinds of other names by their name.

    >>> written({"type": "array", "items": {"type": "string"}})
    '[string]'
    """
    if "$ref" in schema and deep < 1:
        name = schema["$ref"].rsplit("/", 1)[1]
        return written(description()["components"]["schemas"][name], deep=deep)
    types = schema.get("type")
    if types == "array" and "anyOf" not in schema:
        return f"[{written(schema['items'], deep=deep + ('$ref' not in schema['items']))}]"
    if types == "object" and "properties" in schema:
        return _object(schema, deep)
    if types == "object":
        inner = schema.get("additionalProperties", {})
        return (
            f"{{key: {written(inner, deep=deep + 1) if isinstance(inner, dict) else 'anything'}}}"
        )
    return in_words(schema)


def _object(schema: Schema, deep: int) -> str:
    indent, required = "  " * (deep + 1), set(schema.get("required", ()))
    lines = [
        f"{indent}{name}{'' if name in required else '?'}: {written(each, deep=deep + 1)}"
        for name, each in schema["properties"].items()
    ]
    return "{\n" + ",\n".join(lines) + "\n" + "  " * deep + "}"
