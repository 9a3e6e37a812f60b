"""REFI-QDA project (`.qdpx`), for NVivo, ATLAS.ti, MAXQDA, QualCoder. Pure.

A selection carries the code of its theme and, as a second code, that of its stance. Texts are UTF-8
with LF and without a BOM, which would move every code by one. No list is ever empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from annotations.release.schema import DocumentRow, SpanRow

from .contract import Codebook, Documents, Member
from .markup import element, opening
from .span_rows import in_order

NAMESPACE = "urn:QDA-XML:project:1.0"
CODES = uuid5(NAMESPACE_URL, NAMESPACE)
STANCE = "Stance"
IN_DESCRIPTION = ("holder_kind", "holder_name", "origin", "adjudicator", "reason", "clause")


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`project.qde`, then `Sources/{document}.txt`."""
    yield Member("project.qde", _project(documents, codebook))
    for document in documents:
        yield Member(f"Sources/{document.id}.txt", [document.text.encode()])


def guid(kind: str, key: str) -> str:
    """The same for a key each time. `kind` is theme, stance, or one of a span's two codings."""
    return str(uuid5(CODES, f"{kind}/{key}"))


def _project(documents: Documents, codebook: Codebook) -> Iterator[bytes]:
    begin = opening("Project", xmlns=NAMESPACE, name="Release", origin="Annotation Workbench")
    yield f'<?xml version="1.0" encoding="utf-8"?>\n{begin}\n'.encode()
    yield "".join(_codes(codebook)).encode()
    some = False
    for document in codebook.checked(documents):
        if not some:
            yield b"<Sources>\n"
        some = True
        yield "".join(_source(document)).encode()
    yield b"</Sources>\n</Project>\n" if some else b"</Project>\n"


def _codes(codebook: Codebook) -> Iterator[str]:
    def tree(parent: str | None) -> Iterator[str]:
        for theme in codebook.below(parent):
            yield opening(
                "Code",
                guid=guid("theme", theme.key),
                name=theme.name,
                isCodable="true",
                color=theme.colour,
            )
            if theme.proposition:
                yield element("Description", theme.proposition)
            yield from tree(theme.key)
            yield "</Code>\n"

    yield "<CodeBook><Codes>\n"
    yield from tree(None)
    yield opening("Code", guid=guid("stance", ""), name=STANCE, isCodable="false")
    for stance in codebook.stances:
        yield element("Code", guid=guid("stance", stance.key), name=stance.label, isCodable="true")
    yield "</Code>\n</Codes></CodeBook>\n"


def _source(document: DocumentRow) -> Iterator[str]:
    yield opening(
        "TextSource",
        guid=document.id,
        name=document.title or document.id,
        plainTextPath=f"internal://{document.id}.txt",
    )
    yield "\n"
    for span in in_order(document):
        yield from _selection(span)
    yield "</TextSource>\n"


def _selection(span: SpanRow) -> Iterator[str]:
    yield opening(
        "PlainTextSelection",
        guid=span.id,
        name=span.quote,
        startPosition=span.start,
        endPosition=span.end,
    )
    said = [(name, getattr(span, name)) for name in IN_DESCRIPTION]
    said.append(("votes", f"{span.votes_for}/{span.votes_total}"))
    yield element("Description", "\n".join(f"{name}: {value}" for name, value in said if value))
    for kind, key in (("theme", span.label), ("stance", span.stance)):
        if key is not None:
            yield opening("Coding", guid=guid(f"coding/{kind}", span.id))
            yield f"{element('CodeRef', targetGUID=guid(kind, key))}</Coding>"
    yield "</PlainTextSelection>\n"
