"""The promise of saving (ARCHITECTURE, "Saving"), in memory and with faults on demand.

What it keeps outlives a killed server, as a database would.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("assignment", "start", "end", "quote", "theme", "stance", "holder", "certainty", "memo")


@dataclass
class Answer:
    status: int
    body: Any = None
    etag: str | None = None


@dataclass
class Contract:
    """One assignment and its annotations; `log` is every revision ever written, in order."""

    text: str
    assignment: dict[str, Any]
    user: str = "ada"
    token: str = "first"
    signed_in: str | None = "ada"
    annotations: dict[str, dict[str, Any]] = field(default_factory=dict)
    log: list[tuple[str, str, dict[str, Any] | None]] = field(default_factory=list)
    revisions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    refused_themes: set[str] = field(default_factory=set)
    # What the next requests meet: a status instead of an answer, or "lost" after being obeyed.
    faults: list[int | str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def standing(self) -> list[dict[str, Any]]:
        return [each for each in self.annotations.values() if not each["deleted"]]

    def save(
        self, method: str, key: str, headers: dict[str, str], body: dict[str, Any] | None
    ) -> Answer:
        operation = headers.get("idempotency-key", "")
        asked = json.dumps([method, key, headers.get("if-match"), body], sort_keys=True)
        with self.lock:
            if operation in self.answers:
                before, answer = self.answers[operation]
                return answer if before == asked else Answer(422, problem(422, "operation-reused"))
            answer = self._save(method, key, headers, body)
            if answer.status < 300:
                self.answers[operation] = (asked, answer)
                self.log.append((operation, key, body))
            return answer

    def _save(
        self, method: str, key: str, headers: dict[str, str], body: dict[str, Any] | None
    ) -> Answer:
        current = self.annotations.get(key)
        if self.assignment["state"] == "submitted":
            closed = {"id": self.assignment["id"], "state": "submitted"}
            return Answer(409, {**problem(409, "assignment-submitted"), "assignment": closed})
        if body and body["theme"] in self.refused_themes:
            said = problem(422, "invalid", detail="The theme is not in this edition.")
            return Answer(422, said)
        if body and self.text[body["start"] : body["end"]] != body["quote"]:
            return Answer(422, problem(422, "span", detail="The quote is not the text."))
        base = headers.get("if-match", "").strip('"')
        if base != (str(current["revision"]) if current else ""):
            return Answer(412, {**problem(412, "stale"), "current": current})
        revision = (current["revision"] if current else 0) + 1
        kept = {name: (body or current or {}).get(name) for name in FIELDS}
        saved = {"id": key, "revision": revision, "deleted": method == "DELETE", **kept}
        self.annotations[key] = saved
        stamp = {"created_at": "2026-03-02T09:00:00+00:00", "late": False}
        self.revisions.setdefault(key, []).append({**saved, **stamp})
        status = 204 if method == "DELETE" else 200 if current else 201
        return Answer(status, None if method == "DELETE" else saved, etag=f'"{revision}"')

    def move(self, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        operation = headers.get("idempotency-key", "")
        asked = json.dumps(body, sort_keys=True)
        with self.lock:
            if operation in self.answers:
                return self.answers[operation][1]
            missing = [each["id"] for each in self.standing() if each["stance"] is None]
            if body["state"] == "submitted" and missing:
                return Answer(422, {**problem(422, "stance-missing"), "annotations": missing})
            if body["state"] == "submitted" and self.assignment["state"] == "submitted":
                return Answer(409, problem(409, "submitted-already"))
            self.assignment = {**self.assignment, "state": body["state"]}
            self.log.append((operation, self.assignment["id"], body))
            answer = Answer(200, dict(self.assignment))
            self.answers[operation] = (asked, answer)
            return answer


def problem(status: int, code: str, detail: str = "") -> dict[str, Any]:
    return {"type": code, "title": code, "status": status, "detail": detail or code, "errors": []}
