"""A verb of a route, as the description has it: who may, what goes in, what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.api.schema.kinds import UUID, Schema

Paths = dict[str, dict[str, Any]]
CONTENT_TYPE = "application/problem+json"
READING = {"get", "head"}
ALWAYS = (400, 401, 403, 406, 422, 429)
OF_BODIES = (413, 415)
HEADERS: dict[str, Schema] = {
    "ETag": {"type": "string", "pattern": '^"[^"]+"$'},
    "Location": {"type": "string", "format": "uri-reference"},
    "Accept-Ranges": {"type": "string", "enum": ["bytes", "none"]},
    "Content-Range": {"type": "string"},
    "Retry-After": {"type": "integer", "minimum": 1},
    "Idempotency-Key": {
        **UUID,
        "description": "Of this operation: sent again with the same body, it is answered as before.",
    },
}


def parameter(
    name: str, where: str, schema: Schema, said: str, *, required: bool = False
) -> Schema:
    """One in the query or in a header."""
    told = {"name": name, "in": where, "required": required, "schema": schema}
    return {**told, "description": said}


def query(name: str, schema: Schema, said: str, *, required: bool = False) -> Schema:
    """One of the address; the rest of the world's are refused."""
    return parameter(name, "query", schema, said, required=required)


def header(name: str, schema: Schema, said: str, *, required: bool = False) -> Schema:
    """A header that matters here."""
    return parameter(name, "header", schema, said, required=required)


LIMIT = query("limit", {"type": "integer", "minimum": 1, "maximum": 500}, "How many at most.")
CURSOR = query(
    "cursor", {"type": "string", "minLength": 1}, "Where a page begins: of `next` or `previous`."
)
PAGING = (LIMIT, CURSOR)
OPERATION = header("Idempotency-Key", UUID, "A new UUID for each operation.", required=True)
OPERATION_MAYBE = header("Idempotency-Key", UUID, "A new UUID for each operation.")
IF_NONE_MATCH = header(
    "If-None-Match", {"type": "string"}, "The ETag of what is at hand: 304 if it still is so."
)


def verb(
    summary: str,
    answers: Mapping[int, Schema],
    *,
    tag: str,
    scopes: Sequence[str] = ("read",),
    takes: Sequence[Schema] = (),
    body: Schema | None = None,
    refuses: Sequence[int] = (),
    said: str = "",
) -> Schema:
    """`answers` by status; `refuses` are statuses beyond those that any route may answer."""
    statuses = {*ALWAYS, *refuses, *(OF_BODIES if body is not None else ())}
    problems = {str(each): {"$ref": f"#/components/responses/{each}"} for each in sorted(statuses)}
    told: Schema = {
        "summary": summary,
        "description": _described(said, scopes),
        "tags": [tag],
        "parameters": list(takes),
        "responses": {**{str(code): each for code, each in answers.items()}, **problems},
    }
    return told if body is None else {**told, "requestBody": body}


def _described(said: str, scopes: Sequence[str]) -> str:
    needed = " or ".join(f"`{each}`" for each in scopes) or "none: it takes a session"
    return f"{said}\n\nScope of a token: {needed}.".strip()


def json(schema: Schema, said: str = "", *, example: Any = None, etag: bool = False) -> Schema:
    """An answer in JSON."""
    content: Schema = {"schema": schema}
    if example is not None:
        content["example"] = example
    told: Schema = {
        "description": said or "It went well.",
        "content": {"application/json": content},
    }
    return {**told, "headers": headers("ETag")} if etag else told


def located(answer: Schema) -> Schema:
    """An answer that says where what was made is."""
    return {**answer, "headers": {**answer.get("headers", {}), **headers("Location")}}


def empty(said: str, *names: str) -> Schema:
    """An answer without a body."""
    return {"description": said, **({"headers": headers(*names)} if names else {})}


def headers(*names: str) -> Schema:
    """Those, always sent."""
    return {name: {"schema": HEADERS[name], "required": True} for name in names}


def sends(schema: Schema, *, example: Any = None, required: bool = True) -> Schema:
    """A body in JSON."""
    content: Schema = {"schema": schema}
    if example is not None:
        content["example"] = example
    return {"required": required, "content": {"application/json": content}}


UNCHANGED = empty("It is as it was.", "ETag")
