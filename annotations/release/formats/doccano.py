"""doccano (sequence labelling): JSON lines, and the labels with their colours. Pure.

The project must allow overlapping spans. A label is a theme; stances are labels of their own,
`stance: against`, over the same characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.release.schema import DocumentRow

from .contract import Codebook, Documents, Member
from .encoding import compact, lines
from .span_rows import in_order

GREY = "#6b6b6b"


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`labels.json`, then `doccano.jsonl` with a line a document."""
    yield Member("labels.json", [f"{compact(_labels(codebook))}\n".encode()])
    yield Member("doccano.jsonl", lines(map(_line, codebook.checked(documents))))


def stance_label(stance: str) -> str:
    """How a stance is called among the labels, where keys of themes are too."""
    return f"stance: {stance}"


def _line(document: DocumentRow) -> dict[str, Any]:
    # doccano refuses the same label on the same characters twice.
    label = dict.fromkeys(
        (span.start, span.end, name)
        for span in in_order(document)
        for name in (span.label, span.stance and stance_label(span.stance))
        if name is not None
    )
    return {"text": document.text, "label": list(label), "document": document.id}


def _labels(codebook: Codebook) -> list[dict[str, str]]:
    named = [(theme.key, theme.colour) for theme in codebook.themes]
    named += [(stance_label(stance.key), GREY) for stance in codebook.stances]
    return [
        {"text": text, "background_color": colour, "text_color": "#ffffff"}
        for text, colour in named
    ]
