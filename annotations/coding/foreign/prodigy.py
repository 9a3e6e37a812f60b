"""Prodigy's JSONL (`db-out` of a `spans.manual` or `ner.manual` set) → lines. Pure.

Only accepted answers count. A line may be a stretch of a document: its `meta` then says which, and
where it begins. What else a span says is taken where its name is one of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotations.text.spans import BadSpan

from .lines import ImportLine, Text, Unreadable, Words, id_of


def convert(paths: Iterable[Path], words: Words) -> Iterator[ImportLine | Unreadable]:
    """Of each file; what cannot be read is told in its place."""
    for path in paths:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                where = f"{path.name}#{number}"
                try:
                    yield from _task(json.loads(line), where, words)
                except (ValueError, OverflowError) as error:
                    yield Unreadable(where, f"This is not a line of Prodigy: {error}")


def _task(task: Any, where: str, words: Words) -> Iterator[ImportLine | Unreadable]:
    if not isinstance(task, dict) or not isinstance(task.get("text"), str):
        yield Unreadable(where, "This line has no text.")
        return
    if task.get("answer", "accept") != "accept":
        return
    text, meta = Text(task["text"]), task.get("meta") or {}
    begin = meta.get("start") if type(meta.get("start")) is int else None
    names = _names(meta, text, whole=begin is None)
    coder = words.whose(task.get("_annotator_id") or task.get("_session_id"))
    for span in task.get("spans") or []:
        try:
            start, end, quote = text.place(span.get("start"), span.get("end"))
        except BadSpan as error:
            yield Unreadable(where, str(error))
            continue
        place = {"start": start + (begin or 0), "end": end + (begin or 0), "quote": quote}
        key = (coder, *names.values(), *place.values(), span.get("label"))
        yield {
            **names,
            "id": id_of(span["id"]) if span.get("id") else id_of(*key),
            "coder": coder,
            **place,
            "theme": words.theme(str(span.get("label"))),
            "stance": span.get("stance") or words.stance,
            "holder": _holder(span),
            "created_at": _time(task.get("_timestamp")),
        }


def _names(meta: Mapping[str, Any], text: Text, *, whole: bool) -> dict[str, str]:
    named = meta.get("document") or meta.get("external_id")
    names = {"document": str(named)} if named else {}
    # A stretch has no hash of its document's text.
    return {**names, "text_sha256": text.sha256} if whole else names


def _holder(span: Mapping[str, Any]) -> dict[str, Any] | None:
    if not span.get("holder_kind"):
        return None
    return {"kind": span["holder_kind"], "name": span.get("holder_name")}


def _time(seconds: Any) -> str | None:
    if not isinstance(seconds, int | float):
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
