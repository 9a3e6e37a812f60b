"""UIMA CAS, read by dkpro-cassis, and its offsets by UTF-16 itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from cassis import Cas, load_cas_from_json, load_cas_from_xmi, load_typesystem
from lxml import etree

from annotations.release.formats.cas import LABEL, UNJUDGED, ZONE
from annotations.release.formats.markup import NotXml

from .reading import unpacked, written
from .samples import DOCUMENTS, document, said

TEXTS = {document.id: document.text for document in DOCUMENTS}


def read(file: str) -> Iterator[tuple[str, Cas]]:
    files = unpacked(file)
    for name in TEXTS:
        if file == "cas-json.zip":
            yield name, load_cas_from_json(files[f"{name}.json"].decode())
        else:
            types = load_typesystem(files["typesystem.xml"].decode())
            yield name, load_cas_from_xmi(files[f"{name}.xmi"].decode(), typesystem=types)


@pytest.mark.parametrize("file", ["cas-json.zip", "cas-xmi.zip"])
def test_cassis_reads_every_span(file: str) -> None:
    found = set()
    for name, cas in read(file):
        assert cas.sofa_string == TEXTS[name]
        for each in cas.select(LABEL):
            place = (name, each.begin, each.end, each.get_covered_text())
            found.add((*place, each.theme, each.stance))
    assert found == said()


@pytest.mark.parametrize("file", ["cas-json.zip", "cas-xmi.zip"])
def test_zones_and_what_is_unjudged_are_there(file: str) -> None:
    cas = dict(read(file))[DOCUMENTS[1].id]
    zones = [(each.begin, each.end, each.zone) for each in cas.select(ZONE)]
    assert zones == [(row.start, row.end, row.zone) for row in DOCUMENTS[1].zones]
    (unjudged,) = cas.select(UNJUDGED)
    assert unjudged.get_covered_text() == "Nobody judged this. "


def test_every_feature_of_a_label_is_there() -> None:
    ruled = next(span for span in DOCUMENTS[0].spans if span.reason)
    labels = dict(read("cas-json.zip"))[DOCUMENTS[0].id].select(LABEL)
    (label,) = (each for each in labels if each.identifier == ruled.id)
    assert (label.reason, label.clause, label.adjudicator) == (
        ruled.reason,
        ruled.clause,
        ruled.adjudicator,
    )
    assert (label.votesFor, label.votesTotal, label.origin) == (1, 2, "adjudicated")


def test_the_offsets_in_the_files_are_utf16() -> None:
    files, units = unpacked("cas-json.zip"), TEXTS[DOCUMENTS[0].id].encode("utf-16-le")
    structures = json.loads(files[f"{DOCUMENTS[0].id}.json"])["%FEATURE_STRUCTURES"]
    labels = [each for each in structures if each["%TYPE"] == LABEL]
    quotes = sorted(
        units[2 * each["begin"] : 2 * each["end"]].decode("utf-16-le") for each in labels
    )
    assert quotes == sorted(span.quote for span in DOCUMENTS[0].spans)
    root = etree.fromstring(unpacked("cas-xmi.zip")[f"{DOCUMENTS[0].id}.xmi"])
    found = [each for each in root if etree.QName(each).localname == "Label"]
    assert quotes == sorted(
        units[2 * int(each.get("begin")) : 2 * int(each.get("end"))].decode("utf-16-le")
        for each in found
    )


def test_a_text_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(NotXml):
        written("cas-xmi.zip", (document(1, "Pay\x0bis"),))
