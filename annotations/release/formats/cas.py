"""UIMA CAS, as JSON and as XMI, by dkpro-cassis: offsets are UTF-16 there. Pure.

Types are `webanno.custom.*`, which INCEpTION takes for layers: Label with its features, Zone,
Unjudged, and DocumentInformation over the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from annotations.release.schema import DocumentRow

from .contract import Codebook, Documents, Member
from .markup import exact
from .span_rows import in_order

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

BASE = "uima.tcas.Annotation"
STRING, INTEGER = "uima.cas.String", "uima.cas.Integer"
LABEL = "webanno.custom.Label"
ZONE = "webanno.custom.Zone"
UNJUDGED = "webanno.custom.Unjudged"
INFORMATION = "webanno.custom.DocumentInformation"
# `id` and `label` have other names: the first is the CAS's own.
OF_LABEL = {
    **{"identifier": "id", "theme": "label", "stance": "stance", "holderKind": "holder_kind"},
    **{"holderName": "holder_name", "origin": "origin", "votesFor": "votes_for"},
    **{"votesTotal": "votes_total", "adjudicator": "adjudicator", "reason": "reason"},
    **{"clause": "clause"},
}
OF_DOCUMENT = {
    **{"identifier": "id", "externalId": "external_id", "title": "title", "split": "split"},
    **{"publishedOn": "published_on", "textSha256": "text_sha256", "rawSha256": "raw_sha256"},
}


def write_json(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`{document}.json`, each with its type system."""
    return _write(documents, codebook, "json", lambda cas: cas.to_json())


def write_xmi(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`typesystem.xml`, then `{document}.xmi`."""
    yield Member("typesystem.xml", (made().to_xml().encode() for made in [type_system]))
    yield from _write(documents, codebook, "xmi", _xmi)


def _xmi(cas: Cas) -> str:
    exact(cas.sofa_string, where="text")
    return str(cas.to_xmi())


def type_system() -> TypeSystem:
    """The types that a release uses."""
    from cassis import TypeSystem

    made = TypeSystem()
    features = {
        LABEL: dict.fromkeys(OF_LABEL, STRING) | {"votesFor": INTEGER, "votesTotal": INTEGER},
        ZONE: {"zone": STRING},
        UNJUDGED: {},
        INFORMATION: dict.fromkeys(OF_DOCUMENT, STRING),
    }
    for name, kinds in features.items():
        kind = made.create_type(name=name, supertypeName=BASE)
        for feature, value in kinds.items():
            made.create_feature(domainType=kind, name=feature, rangeType=value)
    return made


def _write(
    documents: Documents, codebook: Codebook, suffix: str, put: Callable[[Cas], Any]
) -> Iterator[Member]:
    types = cache(type_system)
    for document in codebook.checked(documents):
        yield Member(f"{document.id}.{suffix}", _written(document, types, put))


def _written(
    document: DocumentRow, types: Callable[[], TypeSystem], put: Callable[[Cas], Any]
) -> Iterator[bytes]:
    """Made once it is read, so that the file has begun before the library is there."""
    yield str(put(_cas(document, types()))).encode()


def _cas(document: DocumentRow, types: TypeSystem) -> Cas:
    from cassis import Cas

    cas = Cas(typesystem=types)
    cas.sofa_mime = "text/plain"
    cas.sofa_string = document.text
    cas.document_language = document.language or "x-unspecified"

    def add(kind: str, start: int, end: int, **features: Any) -> None:
        cas.add(types.get_type(kind)(begin=start, end=end, **features))

    said = {name: getattr(document, field) for name, field in OF_DOCUMENT.items()}
    add(INFORMATION, 0, len(document.text), **said)
    for zone in document.zones:
        add(ZONE, zone.start, zone.end, zone=zone.zone)
    for stretch in document.unjudged:
        add(UNJUDGED, stretch.start, stretch.end)
    for span in in_order(document):
        values = {name: getattr(span, field) for name, field in OF_LABEL.items()}
        add(LABEL, span.start, span.end, **values)
    return cas
