"""The columns of a release's JSON lines as `dataset_info` of a Hugging Face dataset card. Pure.

https://huggingface.co/docs/hub/datasets-cards says what the front matter holds; the names of types
are those of the library `datasets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from annotations.release.formats.span_rows import WHOLE_NUMBERS
from annotations.release.schema import (
    DOCUMENT_KEYS,
    AttributeRow,
    SpanRow,
    StretchRow,
    ZoneRow,
)
from annotations.release.shapes import codings, passages
from annotations.release.shapes.kinds import FLAGS, NUMBERS

Feature = dict[str, Any]
INSIDE: dict[str, Any] = {
    "attributes": AttributeRow,
    "zones": ZoneRow,
    "unjudged": StretchRow,
    "spans": SpanRow,
}


def of_documents() -> list[Feature]:
    """The keys of a line of documents.jsonl."""
    return [_of_document(key) for key in DOCUMENT_KEYS]


def of_passages() -> list[Feature]:
    """The keys of a line of passages.jsonl."""
    said = {"name": "said", "list": _plain(["stance", "coders"])}
    theme = [*_plain(["theme", "present"]), _strings("stances"), *_plain(["marked_by"]), said]
    return [*_plain(passages.KEYS), {"name": "themes", "list": theme}]


def of_annotations() -> list[Feature]:
    """The keys of a line of annotations.jsonl."""
    *before, last = codings.KEYS
    return [*_plain(before), {"name": last, "list": "int32"}]


def yaml(feature: Feature, indent: str) -> Iterator[str]:
    """A feature as lines of YAML."""
    yield f"{indent}- name: {feature['name']}"
    if "dtype" in feature:
        yield f"{indent}  dtype: {feature['dtype']}"
    elif isinstance(feature["list"], str):
        yield f"{indent}  list: {feature['list']}"
    else:
        yield f"{indent}  list:"
        for each in feature["list"]:
            yield from yaml(each, f"{indent}  ")


def _of_document(key: str) -> Feature:
    if key == "languages":
        return _strings(key)
    if key in INSIDE:
        names = [field.name for field in fields(INSIDE[key])]
        return {"name": key, "list": _plain(names)}
    return _plain([key])[0]


def _strings(key: str) -> Feature:
    return {"name": key, "list": "string"}


def _plain(keys: Iterable[str]) -> list[Feature]:
    return [{"name": key, "dtype": _dtype(key)} for key in keys]


def _dtype(key: str) -> str:
    if key in FLAGS:
        return "bool"
    return "int32" if key in NUMBERS | WHOLE_NUMBERS else "string"
