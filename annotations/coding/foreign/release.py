"""A release's own files → lines that another project's documents are found by. Pure.

`annotations.jsonl` and `spans.jsonl` can be imported as they stand where their documents are known by
id or external id. Beside `documents.jsonl` each line gets the hash of its text, by which a document is
found wherever it has been imported; and `documents.jsonl` alone gives its gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .lines import ImportLine, Unreadable, Words

OF_A_SPAN = ("id", "start", "end", "quote", "label", "stance", "holder_kind", "holder_name")


def convert(paths: Iterable[Path], words: Words) -> Iterator[ImportLine | Unreadable]:
    """Of each file, by the kind of its lines."""
    hashes: dict[str, str] = {}
    files = sorted(paths, key=lambda path: not path.name.startswith("documents"))
    alone = len(files) == 1
    for path in files:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    row = json.loads(line)
                except ValueError as error:
                    yield Unreadable(f"{path.name}#{number}", f"This is not JSON: {error}")
                    continue
                if "spans" in row:
                    hashes[row["id"]] = row["text_sha256"]
                    yield from _gold(row, words) if alone else ()
                elif "start" in row:
                    yield _line(row, hashes, words)
                else:
                    yield Unreadable(
                        f"{path.name}#{number}", "This line has neither span nor text."
                    )


def _gold(row: Mapping[str, Any], words: Words) -> Iterator[ImportLine]:
    names = {"document": row["id"], "text_sha256": row["text_sha256"]}
    for span in row["spans"]:
        said = {key: span[key] for key in OF_A_SPAN}
        yield {**names, "coder": words.whose(None), **said, "label": words.theme(span["label"])}


def _line(row: Mapping[str, Any], hashes: Mapping[str, str], words: Words) -> ImportLine:
    said = {**row, "coder": words.whose(row.get("coder")), "label": words.theme(row["label"])}
    known = hashes.get(row["document"])
    return said if known is None else {**said, "text_sha256": known}
