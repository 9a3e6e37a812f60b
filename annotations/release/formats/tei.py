"""TEI P5: a file a document, with the text as it is and the labels in `standOff`. Pure.

A label is an `annotation` whose target is `string-range(text, start, length)` in code points of the
one `ab`, which no markup interrupts; `@ana` points to its theme and stance in the header.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotations.release.schema import DocumentRow, SpanRow

from .contract import Codebook, Documents, Member
from .markup import element, exact, opening
from .span_rows import in_order

NAMESPACE = "http://www.tei-c.org/ns/1.0"
NOTES = ("quote", "holder_name", "origin", "votes", "adjudicator", "reason", "clause")


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`{document}.xml`."""
    taxonomies = "".join(_taxonomies(codebook))
    for document in codebook.checked(documents):
        yield Member(f"{document.id}.xml", _pieces(document, taxonomies))


def _pieces(document: DocumentRow, taxonomies: str) -> Iterator[bytes]:
    begin = opening("TEI", xmlns=NAMESPACE, xml_lang=document.language)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{begin}\n'.encode()
    yield "".join(_header(document, taxonomies)).encode()
    if document.spans:
        yield b"<standOff><listAnnotation>\n"
        for span in in_order(document):
            yield _annotation(span).encode()
        yield b"</listAnnotation></standOff>\n"
    text = exact(document.text, where=document.id)
    yield b'<text><body><ab xml:id="text" xml:space="preserve">'
    yield f"{text}</ab></body></text>\n</TEI>\n".encode()


def _header(document: DocumentRow, taxonomies: str) -> Iterator[str]:
    yield "<teiHeader><fileDesc>\n"
    yield f"<titleStmt>{element('title', document.title or document.id)}</titleStmt>\n"
    yield "<publicationStmt><publisher/>"
    yield f"{element('idno', document.id, type_='document')}"
    if document.external_id is not None:
        yield element("idno", document.external_id, type_="external")
    yield "</publicationStmt>\n<sourceDesc><bibl>"
    yield element("title", document.title or document.id)
    if document.published_on is not None:
        yield element("date", document.published_on, when=document.published_on)
    if document.source_url is not None:
        yield element("idno", document.source_url, type_="URI")
    yield "</bibl></sourceDesc>\n</fileDesc>\n"
    yield f"<encodingDesc><classDecl>\n{taxonomies}</classDecl></encodingDesc>\n"
    languages = "".join(element("language", each, ident=each) for each in document.languages)
    keys = "".join(
        element("term", each.value, type_=each.key)
        for each in document.attributes
        if each.value is not None
    )
    if languages or keys:
        yield "<profileDesc>"
        yield f"<langUsage>{languages}</langUsage>" if languages else ""
        yield f"<textClass><keywords>{keys}</keywords></textClass>" if keys else ""
        yield "</profileDesc>\n"
    yield "</teiHeader>\n"


def _annotation(span: SpanRow) -> str:
    pointed = [f"#theme.{span.label}"]
    if span.stance is not None:
        pointed.append(f"#stance.{span.stance}")
    begin = opening(
        "annotation",
        xml_id=f"span-{span.id}",
        target=f"#string-range(text,{span.start},{span.end - span.start})",
        motivation="classifying",
        ana=" ".join(pointed),
    )
    said = {name: getattr(span, name, None) for name in NOTES}
    said["votes"] = f"{span.votes_for}/{span.votes_total}"
    said = {"holder": span.holder_kind, **said}
    notes = "".join(
        element("note", value, type_=name.replace("_", "-"))
        for name, value in said.items()
        if value is not None
    )
    return f"{begin}{notes}</annotation>\n"


def _taxonomies(codebook: Codebook) -> Iterator[str]:
    def tree(parent: str | None) -> Iterator[str]:
        for theme in codebook.below(parent):
            yield opening("category", xml_id=f"theme.{theme.key}", n=theme.code)
            yield element("gloss", theme.name)
            if theme.proposition:
                yield element("desc", theme.proposition, type_="proposition")
            yield from tree(theme.key)
            yield "</category>\n"

    yield '<taxonomy xml:id="themes">\n'
    yield from tree(None)
    yield '</taxonomy>\n<taxonomy xml:id="stances">\n'
    for stance in codebook.stances:
        yield opening("category", xml_id=f"stance.{stance.key}")
        yield f"{element('gloss', stance.label)}</category>\n"
    yield "</taxonomy>\n"
