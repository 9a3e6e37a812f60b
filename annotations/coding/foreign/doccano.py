"""doccano's JSONL export of sequence labelling → lines. Pure.

`label` (or `labels`) is a list of `[start, end, name]`, or `entities` of objects. A label `stance: …` over
the characters of another is that one's stance, where it is the only one there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotations.text.spans import BadSpan

from .lines import STANCE, ImportLine, Text, Unreadable, Words, id_of

NAMES = ("document", "external_id")


def convert(paths: Iterable[Path], words: Words) -> Iterator[ImportLine | Unreadable]:
    """Of each file: `all.jsonl`, or one an annotator, whose name is then whose it is."""
    for path in paths:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                where = f"{path.name}#{number}"
                try:
                    yield from _example(json.loads(line), where, path.stem, words)
                except ValueError as error:
                    yield Unreadable(where, f"This is not a line of doccano: {error}")


def _example(
    row: Mapping[str, Any], where: str, stem: str, words: Words
) -> Iterator[ImportLine | Unreadable]:
    theirs = row.get("text", row.get("data")) if isinstance(row, dict) else None
    if not isinstance(theirs, str):
        yield Unreadable(where, "This line has no text.")
        return
    text = Text(theirs)
    names = {"text_sha256": text.sha256}
    about = {**(row.get("meta") or {}), **row}
    named = next((about[key] for key in NAMES if about.get(key)), None)
    if named is not None:
        names["document"] = str(named)
    coder = words.whose(None if words.coder else stem)
    stances, labels = _by_place(_labels(row))
    for (start, end), here in labels.items():
        said = stances.get((start, end), [])
        for label in here:
            try:
                place = text.place(start, end)
            except BadSpan as error:
                yield Unreadable(where, str(error))
                continue
            yield {
                **names,
                "id": id_of(coder, text.sha256, start, end, label),
                "coder": coder,
                **dict(zip(("start", "end", "quote"), place, strict=True)),
                "theme": words.theme(label),
                "stance": said[0] if len(said) == 1 else words.stance,
            }


Place = tuple[Any, Any]


def _labels(row: Mapping[str, Any]) -> Iterator[tuple[Any, Any, str]]:
    for each in row.get("entities") or row.get("label") or row.get("labels") or []:
        if isinstance(each, dict):
            yield each.get("start_offset"), each.get("end_offset"), str(each.get("label"))
        else:
            start, end, label = each
            yield start, end, str(label)


def _by_place(
    labels: Iterable[tuple[Any, Any, str]],
) -> tuple[dict[Place, list[str]], dict[Place, list[str]]]:
    """(stances, themes) at each place."""
    stances: dict[Place, list[str]] = defaultdict(list)
    themes: dict[Place, list[str]] = defaultdict(list)
    for start, end, label in labels:
        if label.startswith(STANCE):
            stances[start, end].append(label.removeprefix(STANCE))
        else:
            themes[start, end].append(label)
    return stances, themes
