"""brat standoff: a `.txt` and an `.ann` a document, and `annotation.conf`. Pure.

A fragment may not cross the end of a line, and some readers end lines at U+2028 or U+0085 too, so a
span over any of these is discontinuous. Stance and holder are attributes, all else a note in JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from annotations.release.schema import DocumentRow, SpanRow

from .contract import HOLDERS, Codebook, Documents, Member
from .span_rows import in_order

IN_NOTE = (
    *("id", "holder_name", "origin", "votes_for", "votes_total", "adjudicator", "reason", "clause"),
)


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`annotation.conf`, then text and annotations of each document."""
    yield Member("annotation.conf", [_configuration(codebook).encode()])
    for document in codebook.checked(documents):
        yield Member(f"{document.id}.txt", [document.text.encode()])
        yield Member(f"{document.id}.ann", [_annotations(document).encode()])


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of `[start, end)` between line ends.

    >>> fragments("ab\\ncd", 1, 5)
    [(1, 2), (3, 5)]
    """
    found, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        (bare,) = line.splitlines()
        if bare:
            found.append((at, at + len(bare)))
        at += len(line)
    # Of nothing but line ends there is no part; the place is kept.
    return found or [(start, end)]


def _annotations(document: DocumentRow) -> str:
    return "".join(
        _annotation(number, span, document.text)
        for number, span in enumerate(in_order(document), 1)
    )


def _annotation(number: int, span: SpanRow, text: str) -> str:
    parts = fragments(text, span.start, span.end)
    places = ";".join(f"{start} {end}" for start, end in parts)
    quote = " ".join(text[start:end] for start, end in parts)
    made = f"T{number}\t{span.label} {places}\t{quote}\n"
    said = (("Stance", span.stance), ("Holder", span.holder_kind))
    for offset, (name, value) in enumerate(said, 2 * number - 1):
        if value is not None:
            made += f"A{offset}\t{name} T{number} {value}\n"
    # Escaped to ASCII, so that no character of it ends the line.
    note = json.dumps({key: getattr(span, key) for key in IN_NOTE})
    return f"{made}#{number}\tAnnotatorNotes T{number}\t{note}\n"


def _configuration(codebook: Codebook) -> str:
    def tree(parent: str | None, depth: int) -> Iterator[str]:
        for theme in codebook.below(parent):
            yield "\t" * depth + theme.key
            yield from tree(theme.key, depth + 1)

    stances = "|".join(stance.key for stance in codebook.stances)
    return "\n".join(
        [
            "[entities]",
            *tree(None, 0),
            "[relations]",
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "[events]",
            "[attributes]",
            f"Stance\tArg:<ENTITY>, Value:{stances}",
            f"Holder\tArg:<ENTITY>, Value:{'|'.join(HOLDERS)}",
            "",
        ]
    )
