"""The whole description, OpenAPI 3.1: the parts put together, with what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings

from annotations.api.schema import (
    of_annotation_import,
    of_chain,
    of_coding,
    of_documents,
    of_freezings,
    of_imports,
    of_projects,
    of_release_files,
    of_releases,
    of_remarks,
    of_review,
    of_rounds,
    of_service,
    of_withdrawals,
)
from annotations.api.schema.kinds import ANYTHING, COUNT, TEXT, UUID, Schema, record, some
from annotations.api.schema.operations import CONTENT_TYPE, HEADERS, READING, Paths

PARTS = (
    of_projects,
    of_imports,
    of_annotation_import,
    of_documents,
    of_rounds,
    of_coding,
    of_remarks,
    of_review,
    of_releases,
    of_freezings,
    of_release_files,
    of_withdrawals,
    of_chain,
)
"""Each with `PATHS` and `SCHEMAS`; a new route is written down in the part that it belongs to."""

PLACES: dict[str, Schema] = {
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "version": of_releases.VERSION,
    "other": of_releases.VERSION,
    "file": {"type": "string", "pattern": "^[a-z-]+\\.[a-z]+$"},
    "position": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
}
"""What stands in an address; whatever is not here is a UUID."""

GONE = {"document", "assignment", "annotation", "comment", "flag", "version", "other"}
"""What may have been taken down, or belongs to what was."""

PROBLEMS = {
    400: "It cannot be understood.",
    401: "Neither a session nor a token in force.",
    403: "The role, or the scopes or the projects of the token, do not allow it.",
    404: "There is no such thing, or none that the caller may know of.",
    406: "There is no such format here.",
    409: "Not in this state.",
    410: "It was there, and was taken down.",
    412: "It has changed since; `current` is what it is now.",
    413: "Too large.",
    415: "Such a body is not taken here.",
    422: "Invalid; `errors` name each field.",
    428: "It takes an If-Match.",
    429: "Too often; Retry-After says in how many seconds.",
    503: "Busy; Retry-After says in how many seconds to ask again.",
}
_ERROR = record(field=TEXT, code=TEXT, detail=TEXT)
_PROBLEM = {
    **record(type=TEXT, title=TEXT, status=COUNT, detail=TEXT, errors=some(_ERROR)),
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": ANYTHING,
    "description": "RFC 9457. `type` and each `code` never change; the rest is in the caller’s language.",
}
_ABOUT = """\
Errors are `application/problem+json`. Offsets are Unicode code points, half-open, wherever
`offset_unit` is `codepoint`. Lists come by the page: follow `next`. A parameter that is not named
here is refused. A tool sends `Authorization: Bearer` with a token; a browser has its session, and
sends `X-CSRFToken` with whatever changes something. A token does what its scopes and the roles of
its account allow; one that was made for some projects finds no others: 404, as if there were none."""


@cache
def description() -> dict[str, Any]:
    """The document of `GET /api/v1/schema`; not to be changed."""
    schemas: dict[str, Schema] = {"Problem": _PROBLEM}
    for part in PARTS:
        schemas.update(part.SCHEMAS)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Workbench", "version": "1", "description": _ABOUT},
        "paths": {path: _item(path, verbs) for path, verbs in paths().items()},
        "security": [{"bearer": []}, {"session": []}],
        "components": {
            "schemas": schemas,
            "responses": {str(status): _problem(status) for status in PROBLEMS},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token: its scopes, its projects, its account’s roles.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": settings.SESSION_COOKIE_NAME,
                },
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
            },
        },
    }


@cache
def paths() -> Paths:
    """By address, the shorter first."""
    found = dict(of_service.PATHS)
    for part in PARTS:
        found.update(part.PATHS)
    return dict(sorted(found.items()))


def _item(path: str, verbs: dict[str, Any]) -> dict[str, Any]:
    return {method: _verb(path, method, told) for method, told in verbs.items()}


def _verb(path: str, method: str, told: dict[str, Any]) -> dict[str, Any]:
    found = {"operationId": operation_id(method, path), **told}
    found["parameters"] = [*_places(path), *told.get("parameters", [])]
    if "security" in told:
        return found
    if "{" in path:
        statuses = ("404", "410") if GONE & set(re.findall(r"{(\w+)}", path)) else ("404",)
        more = {each: {"$ref": f"#/components/responses/{each}"} for each in statuses}
        found["responses"] = {**told["responses"], **more}
    if method not in READING:
        found["security"] = [{"bearer": []}, {"session": [], "csrf": []}]
    return found


def operation_id(method: str, path: str) -> str:
    """
    >>> operation_id("get", "/api/v1/projects/{slug}/releases")
    'get_projects_slug_releases'
    """
    return "_".join([method, *re.findall(r"\w+", path.removeprefix("/api/v1"))])


def _places(path: str) -> Iterator[Schema]:
    for name in re.findall(r"{(\w+)}", path):
        yield {"name": name, "in": "path", "required": True, "schema": PLACES.get(name, UUID)}


def _problem(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": PROBLEMS[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {429, 503}:
        told["headers"] = {"Retry-After": {"schema": HEADERS["Retry-After"], "required": True}}
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"schema": TEXT, "required": True}}
    return told


def parameters_of(path: str, method: str) -> dict[str, Schema]:
    """The kinds of what the query of that route knows; KeyError where it is not described."""
    told = paths()[path][method].get("parameters", [])
    return {each["name"]: each["schema"] for each in told if each["in"] == "query"}


def takes_a_body(path: str, method: str) -> bool:
    """Whether nothing can be made of a request without one; KeyError as above."""
    return bool(paths()[path][method].get("requestBody", {}).get("required"))
