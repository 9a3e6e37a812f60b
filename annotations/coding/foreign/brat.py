"""brat standoff → lines: each `.ann` with the `.txt` beside it. Pure.

A discontinuous annotation is taken from its first character to its last. `Stance` and `Holder` are
attributes, any other goes to the memo, as notes do that are not a release's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations.text.spans import BadSpan

from .lines import ImportLine, Text, Unreadable, Words, id_of


@dataclass(slots=True)
class _Mark:
    label: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def convert(paths: Iterable[Path], words: Words) -> Iterator[ImportLine | Unreadable]:
    """Of each `.ann`, and of each in a folder; what cannot be read is told in its place."""
    for path in paths:
        for file in sorted(path.rglob("*.ann")) if path.is_dir() else [path]:
            beside = file.with_suffix(".txt")
            if beside.exists():
                yield from _document(file, beside, words)
            else:
                yield Unreadable(file.name, "There is no .txt beside it.")


def _document(file: Path, beside: Path, words: Words) -> Iterator[ImportLine | Unreadable]:
    text = Text(beside.read_bytes().decode())
    names = {"document": file.stem, "text_sha256": text.sha256}
    marks: dict[str, _Mark] = {}
    for number, line in enumerate(file.read_bytes().decode().split("\n"), 1):
        try:
            _take(line.removesuffix("\r"), marks)
        except (ValueError, KeyError) as error:
            yield Unreadable(f"{file.name}#{number}", f"This is not a line of brat: {error}")
    for key, mark in marks.items():
        try:
            place = text.place(mark.start, mark.end)
        except BadSpan as error:
            yield Unreadable(f"{file.name} {key}", str(error))
            continue
        coder = words.whose(None)
        yield {
            **names,
            "id": id_of(coder, file.stem, text.sha256, key),
            "coder": coder,
            **dict(zip(("start", "end", "quote"), place, strict=True)),
            "theme": words.theme(mark.label),
            "stance": mark.attributes.pop("Stance", None) or words.stance,
            **_more(mark),
        }


def _take(line: str, marks: dict[str, _Mark]) -> None:
    """One line; relations and events are none of ours."""
    key, _, rest = line.partition("\t")
    if key[:1] == "T":
        label, _, places = rest.partition("\t")[0].partition(" ")
        parts = [tuple(map(int, part.split(" "))) for part in places.split(";")]
        marks[key] = _Mark(label, parts[0][0], parts[-1][1])
    elif key[:1] in ("A", "M"):
        name, target, *value = rest.split(" ")
        if target in marks:
            marks[target].attributes[name] = value[0] if value else "true"
    elif key[:1] == "#":
        head, _, note = rest.partition("\t")
        target = head.split(" ")[1]
        if target in marks:
            marks[target].notes.append(note)


def _more(mark: _Mark) -> dict[str, Any]:
    kind = mark.attributes.pop("Holder", None)
    said: dict[str, Any] = {}
    memo: list[str] = []
    for note in mark.notes:
        own = _own(note)
        said.update(own)
        memo += [] if own else [note]
    memo += [f"{name}: {value}" for name, value in sorted(mark.attributes.items())]
    holder = {"kind": kind, "name": said.get("holder_name")} if kind else None
    more = {"id": id_of(said["id"])} if said.get("id") else {}
    return {"holder": holder, "memo": "\n".join(memo), **more}


def _own(note: str) -> dict[str, Any]:
    """A note as a release writes it."""
    try:
        said = json.loads(note)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and {"id", "origin"} <= said.keys() else {}
