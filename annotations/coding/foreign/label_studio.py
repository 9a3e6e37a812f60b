"""Label Studio's JSON export → lines. Pure.

A region of labels is an annotation; its choices `stance` and `holder` and its text `holder_name`, by
the same region, go with it. Other results are none of ours and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotations.text.spans import BadSpan

from .lines import ImportLine, Text, Unreadable, Words, id_of

NAMES = ("document", "external_id", "id")
LABELS = ("labels", "hypertextlabels", "paragraphlabels")


def convert(paths: Iterable[Path], words: Words) -> Iterator[ImportLine | Unreadable]:
    """Of each file of tasks (`exportType=JSON`); what cannot be read is told in its place."""
    for path in paths:
        try:
            tasks = json.loads(path.read_bytes())
        except ValueError as error:
            yield Unreadable(path.name, f"This is not JSON: {error}")
            continue
        for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks]):
            yield from _task(task, f"{path.name}[{number}]", words)


def _task(task: Any, where: str, words: Words) -> Iterator[ImportLine | Unreadable]:
    data = task.get("data") if isinstance(task, dict) else None
    texts = [value for value in data.values() if isinstance(value, str)] if data else []
    if not isinstance(data, dict) or not texts:
        yield Unreadable(where, "This task has no text.")
        return
    theirs = data["text"] if isinstance(data.get("text"), str) else max(texts, key=len)
    text = Text(theirs)
    names = {"text_sha256": text.sha256}
    named = next((data[key] for key in NAMES if data.get(key) not in (None, "")), None)
    if named is not None:
        names["document"] = str(named)
    for made in task.get("annotations") or task.get("completions") or []:
        if not made.get("was_cancelled"):
            for line in _annotation(made, where, text, words):
                yield line if isinstance(line, Unreadable) else {**names, **line}


def _annotation(
    made: Mapping[str, Any], where: str, text: Text, words: Words
) -> Iterator[ImportLine | Unreadable]:
    by = made.get("completed_by")
    coder = words.whose(by.get("email") or by.get("id") if isinstance(by, dict) else by)
    regions: dict[str, list[Mapping[str, Any]]] = {}
    for part in made.get("result") or []:
        regions.setdefault(str(part.get("id")), []).append(part)
    for region, parts in regions.items():
        said = _said(parts)
        for number, part in enumerate(part for part in parts if part.get("type") in LABELS):
            value = part["value"]
            try:
                start, end, quote = text.place(value.get("start"), value.get("end"))
            except BadSpan as error:
                yield Unreadable(f"{where} {region}", str(error))
                continue
            for label in value[part["type"]]:
                key = (region,) if not number else (made.get("id"), region, label)
                yield {
                    "id": id_of(*key),
                    "coder": coder,
                    "start": start,
                    "end": end,
                    "quote": quote,
                    "theme": words.theme(label),
                    "stance": said.get("stance") or words.stance,
                    "holder": _holder(said),
                    "created_at": made.get("created_at"),
                }


def _said(parts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the choices and texts of a region say, by their name."""
    said: dict[str, str] = {}
    for part in parts:
        for values in (part.get("value", {}).get(key) for key in ("choices", "text")):
            if isinstance(values, list) and values:
                said[str(part.get("from_name"))] = str(values[0])
    return said


def _holder(said: Mapping[str, str]) -> dict[str, str | None] | None:
    if "holder" not in said:
        return None
    return {"kind": said["holder"], "name": said.get("holder_name")}
