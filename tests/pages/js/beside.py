"""What the coding page asks for beside saving (ARCHITECTURE, "Comments, flags …"), in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

DEFAULTS = {"selection": "exact", "reading_view": False, "fold_boilerplate": True}

KEY_CONFLICT = {
    "detail": "One key, two verbs.",
    "errors": [
        {"field": "keys.memo", "code": "key-conflict", "detail": "“w” is given to two verbs."}
    ],
}


@dataclass
class Beside:
    """Comments, flags, preferences, the queue and the file as it came, by address."""

    comments: dict[str, dict[str, Any]] = field(default_factory=dict)
    flags: dict[str, dict[str, Any]] = field(default_factory=dict)
    preferences: dict[str, Any] = field(
        default_factory=lambda: {"keys": {}, "settings": dict(DEFAULTS)}
    )
    queue: list[dict[str, Any]] = field(default_factory=list)
    original: dict[str, Any] | None = None
    others_visible: bool = False
    refused_keys: dict[str, str] | None = None
    refusal: tuple[int, dict[str, Any]] | None = None
    # What was obeyed, in order: method, kind, and the id or, of preferences, nothing.
    log: list[tuple[str, str, str]] = field(default_factory=list)
    answers: dict[str, tuple[str, tuple[int, Any]]] = field(default_factory=dict)

    def get(self, path: str) -> dict[str, Any] | None:
        if path.endswith("/comments"):
            said = {"comments": list(self.comments.values()), "flags": list(self.flags.values())}
            return {**said, "others_visible": self.others_visible}
        if path.endswith("/assignments"):
            progress = {"done": 16, "total": 60}
            return {"progress": progress, "next": None, "previous": None, "results": self.queue}
        return self.original if path.endswith("/original") else None

    def knows(self, path: str) -> bool:
        return any(part in path for part in ("/comments/", "/flags/", "/me/preferences"))

    def obey(self, method: str, path: str, body: Any, operation: str) -> tuple[int, Any]:
        if self.refusal is not None:
            return self.refusal
        asked = json.dumps([method, path, body], sort_keys=True)
        if operation in self.answers:
            before, answer = self.answers[operation]
            return answer if before == asked else (422, {"type": "operation-reused"})
        answer = self._obey(method, path, body)
        if answer[0] < 300:
            self.answers[operation] = (asked, answer)
            kind, key = path.rsplit("/", 2)[1:]
            self.log.append((method, kind, "" if key == "preferences" else key))
        return answer

    def _obey(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if path.endswith("/preferences"):
            if body["keys"] == self.refused_keys:
                return 422, KEY_CONFLICT
            self.preferences = body
            return 200, body
        kept = self.comments if "/comments/" in path else self.flags
        key = path.rsplit("/", 1)[1]
        if body and body.get("reply_to") and body["reply_to"] not in self.comments:
            return 404, {"type": "not-found", "detail": "There is no such thing here."}
        if method == "DELETE":
            kept.pop(key, None)
            return 204, None
        plain = {"by": "Coder 1", "own": True, "withdrawn": False, "resolved": False}
        stamps = {"created_at": "2026-03-02T09:00:00+00:00", "settlement": None, "reply_to": None}
        kept[key] = {"id": key, **plain, **stamps, **kept.get(key, {}), **body}
        return 201, kept[key]
