"""The rows of `documents.jsonl`, schema version v1. Pure.

The order of the fields is the order of the keys on a line and never changes: a change of shape is a
new schema version with a writer of its own. Offsets are code points into `text`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION: Literal["v1"] = "v1"


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One attribute of a document, such as its outlet."""

    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A stretch of the text and what it is: title, body, caption, digest, link, …"""

    start: int
    end: int
    zone: str


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A stretch of the text that not all coders judged and nobody ruled on."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One gold annotation. `label` is the theme's key, `adjudicator` a pseudonym."""

    id: str
    start: int
    end: int
    quote: str
    label: str
    stance: str | None
    holder_kind: str | None
    holder_name: str | None
    origin: str
    votes_for: int
    votes_total: int
    adjudicator: str | None
    reason: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line. `languages` are its passages'; `text_sha256` is over the UTF-8 of `text`."""

    id: str
    external_id: str | None
    title: str | None
    source_url: str | None
    published_on: str | None
    language: str | None
    languages: tuple[str, ...]
    attributes: tuple[AttributeRow, ...]
    story: str | None
    split: str | None
    batch: str | None
    edition: int
    text: str
    text_sha256: str
    raw_sha256: str
    zones: tuple[ZoneRow, ...]
    unjudged: tuple[StretchRow, ...]
    spans: tuple[SpanRow, ...]
    offset_unit: Literal["codepoint"] = "codepoint"
    schema_version: Literal["v1"] = SCHEMA_VERSION


DOCUMENT_KEYS = (
    *("schema_version", "id", "external_id", "title", "source_url", "published_on", "language"),
    *("languages", "attributes", "story", "split", "batch", "edition", "text", "text_sha256"),
    *("raw_sha256", "offset_unit", "zones", "unjudged", "spans"),
)
"""The keys of a line, in their order."""
