"""A coder at a running workbench, who knows what was acknowledged."""

from __future__ import annotations

import http.client
import json
from random import Random
from typing import Any
from uuid import uuid4

from tests.clients import Guest

LENGTH = 9_000  # of a memo, in characters that cannot be compressed much


class Coder:
    """Saves one annotation after another, and keeps what was acknowledged."""

    def __init__(self, guest: Guest, project: str) -> None:
        self.guest = guest
        status, content, _ = guest.request("POST", f"/api/v1/projects/{project}/assignments/next")
        assert status == 200, content
        self.work = json.loads(content)
        self.chance = Random(3)
        self.kept: dict[str, str] = {}
        self.refused: dict[int, set[str]] = {}
        self.where = f"/api/v1/documents/{self.work['document']}?assignment={self.work['id']}"
        text: dict[str, Any] = json.loads(guest.request("GET", self.where)[1])
        self.passage = text["passages"][0]
        self.quote = text["text"][self.passage["start"] : self.passage["end"]]
        book = json.loads(guest.request("GET", f"/api/v1/projects/{project}/codebook")[1])
        self.theme = book["themes"][0]["key"]

    def save(self) -> int:
        uuid, memo = str(uuid4()), self.chance.randbytes(LENGTH // 2).hex()
        said = {"assignment": self.work["id"], "theme": self.theme, "memo": memo}
        span = {"start": self.passage["start"], "end": self.passage["end"], "quote": self.quote}
        try:
            status, answer = self.guest.put(uuid, said | span)
        except (OSError, http.client.HTTPException):
            self.guest.reconnect()
            raise
        if status == 201:
            self.kept[uuid] = memo
        else:
            self.refused.setdefault(status, set()).add(answer["type"])
        return status

    def stored(self) -> dict[str, str]:
        text = json.loads(self.guest.request("GET", self.where)[1])
        return {each["id"]: each["memo"] for each in text["annotations"]}
