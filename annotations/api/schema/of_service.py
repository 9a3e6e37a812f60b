"""The description itself, and whether the service is there."""

from __future__ import annotations

from annotations.api.schema.kinds import ANYTHING, by_key, one_of, record
from annotations.api.schema.operations import Paths, json

TAG = "Service"
_STATE = record(
    database=one_of("up", "down"),
    migrations=one_of("applied", "pending", "unknown"),
    worker=one_of("up", "down", "unknown"),
)
PATHS: Paths = {
    "/healthz": {
        "get": {
            "summary": "The process answers",
            "tags": [TAG],
            "security": [],
            "responses": {"200": json(record(status=one_of("ok")))},
        }
    },
    "/readyz": {
        "get": {
            "summary": "Database, migrations and worker are ready",
            "tags": [TAG],
            "security": [],
            "responses": {"200": json(_STATE, "Ready."), "503": json(_STATE, "Not ready.")},
        }
    },
    "/api/v1/schema": {
        "get": {
            "summary": "This description",
            "tags": [TAG],
            "security": [],
            "responses": {"200": json(by_key(ANYTHING), etag=True)},
        }
    },
    "/api/v1/docs": {
        "get": {
            "summary": "This description as a page to read",
            "tags": [TAG],
            "security": [],
            "responses": {
                "200": {
                    "description": "A page.",
                    "content": {"text/html": {"schema": {"type": "string"}}},
                }
            },
        }
    },
}
