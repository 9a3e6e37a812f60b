"""Web Annotation, TEI and REFI-QDA: valid by the published schemas, and every span where it was."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from annotations.release.formats.markup import NotXml
from annotations.release.formats.refi_qda import guid

from .reading import unpacked, written
from .samples import CODEBOOK, DOCUMENTS, document, said

SCHEMAS = Path(__file__).parent / "schemas"
TEI = "{http://www.tei-c.org/ns/1.0}"
QDA = "{urn:QDA-XML:project:1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
TEXTS = {document.id: document.text for document in DOCUMENTS}


@cache
def w3c() -> dict[str, Any]:
    """Schemas and lists of assertions by path."""
    with tarfile.open(SCHEMAS / "w3c-web-annotation-tests.tar.gz") as archive:
        members = [each for each in archive.getmembers() if each.name.endswith((".json", ".test"))]
        return {each.name: json.load(archive.extractfile(each)) for each in members}  # type: ignore[arg-type]


@cache
def registry() -> Registry[Any]:
    """Assertions name the definitions by their bare file names."""
    definitions = {name: each for name, each in w3c().items() if name.startswith("definitions/")}
    return Registry().with_resources(
        (name.removeprefix("definitions/"), Resource(each, DRAFT4))
        for name, each in definitions.items()
    )


def faults(assertions: str, subject: object) -> list[str]:
    broken = []
    for name in w3c()[assertions]["assertions"]:
        check = w3c()[name]
        # The one thing that a validator may not take from a schema: where its references begin.
        schema = {key: value for key, value in check.items() if key != "id"}
        checker = Draft4Validator(
            schema, registry=registry(), format_checker=Draft4Validator.FORMAT_CHECKER
        )
        if checker.is_valid(subject) != (check["expectedResult"] == "valid"):
            broken.append(name)
    return broken


def pages() -> list[dict[str, Any]]:
    files = unpacked("web-annotation.zip")
    return [json.loads(data) for name, data in files.items() if name.endswith(".jsonld")]


def test_every_page_keeps_every_must_of_the_w3c() -> None:
    assert len(pages()) == 2
    for page in pages():
        assert faults("collections/pages/pageMusts.test", page) == []


def test_every_annotation_keeps_every_must_of_the_w3c() -> None:
    must = w3c()["annotations/annotationMusts.test"]["assertions"]
    assert len(must) == 54
    for page in pages():
        for annotation in page["items"]:
            assert faults("annotations/annotationMusts.test", annotation) == []


@pytest.mark.parametrize("key", ["@context", "id", "type", "target"])
def test_the_w3c_finds_fault_with_less(key: str) -> None:
    less = dict(pages()[0]["items"][0])
    del less[key]
    assert faults("annotations/annotationMusts.test", less)


def test_a_position_before_the_text_is_found() -> None:
    moved = pages()[0]["items"][0]
    moved["target"]["selector"][0]["start"] = -1
    assert faults("annotations/annotationMusts.test", moved)


def test_web_annotations_stand_where_the_spans_are() -> None:
    files = unpacked("web-annotation.zip")
    found = set()
    for page in pages():
        for annotation in page["items"]:
            name = annotation["target"]["source"].removeprefix("urn:uuid:")
            text = files[f"{name}.txt"].decode()
            position, quote = annotation["target"]["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            bodies = {body["purpose"]: body["value"] for body in annotation["body"]}
            found.add((name, start, end, quote["exact"], bodies["tagging"], bodies["assessing"]))
    assert found == said()


@cache
def tei_schema() -> etree.RelaxNG:
    with gzip.open(SCHEMAS / "tei_all_P5-4.7.0.rng.gz") as file:
        return etree.RelaxNG(etree.parse(file))


def tei() -> dict[str, Any]:
    files = unpacked("tei.zip")
    return {name.removesuffix(".xml"): etree.fromstring(data) for name, data in files.items()}


def test_every_tei_file_is_valid_p5() -> None:
    for name, root in tei().items():
        assert tei_schema().validate(root), (name, tei_schema().error_log)


def test_tei_without_a_title_is_not_valid() -> None:
    root = tei()[DOCUMENTS[0].id]
    (titles,) = root.iter(f"{TEI}titleStmt")
    titles.getparent().remove(titles)
    assert not tei_schema().validate(root)


def test_tei_has_the_text_and_every_span_in_it() -> None:
    found = set()
    for name, root in tei().items():
        (block,) = (each for each in root.iter(f"{TEI}ab") if each.get(ID) == "text")
        assert block.text == TEXTS[name]
        assert len(block) == 0
        known = {f"#{each.get(ID)}" for each in root.iter(f"{TEI}category")}
        for annotation in root.iter(f"{TEI}annotation"):
            pointer = re.fullmatch(r"#string-range\(text,(\d+),(\d+)\)", annotation.get("target"))
            assert pointer
            start, length = map(int, pointer.groups())
            theme, stance = annotation.get("ana").split(" ")
            assert {theme, stance} <= known
            quote = annotation.findtext(f"{TEI}note[@type='quote']")
            assert block.text[start : start + length] == quote
            label, value = theme.removeprefix("#theme."), stance.removeprefix("#stance.")
            found.add((name, start, start + length, quote, label, value))
    assert found == said()


@cache
def qda_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "REFI-QDA-Project-1.0.xsd"))


def qda() -> Any:
    return etree.fromstring(unpacked("refi-qda.qdpx")["project.qde"])


def test_the_project_is_valid_refi_qda() -> None:
    assert qda_schema().validate(qda()), qda_schema().error_log


def test_a_project_without_documents_or_themes_is_valid_too() -> None:
    empty = etree.fromstring(unpacked("refi-qda.qdpx", ())["project.qde"])
    assert qda_schema().validate(empty), qda_schema().error_log


def test_a_code_without_a_guid_is_not_valid() -> None:
    root = qda()
    del next(root.iter(f"{QDA}Code")).attrib["guid"]
    assert not qda_schema().validate(root)


def test_every_selection_has_its_theme_and_its_stance_as_codes() -> None:
    files, root = unpacked("refi-qda.qdpx"), qda()
    themes = {guid("theme", theme.key): theme.key for theme in CODEBOOK.themes}
    stances = {guid("stance", stance.key): stance.key for stance in CODEBOOK.stances}
    codes = [code.get("guid") for code in root.iter(f"{QDA}Code")]
    assert len(set(codes)) == len(codes) == len(themes) + len(stances) + 1
    found = set()
    for source in root.iter(f"{QDA}TextSource"):
        name = source.get("guid")
        path = source.get("plainTextPath").replace("internal://", "Sources/")
        text = files[path].decode()
        assert text == TEXTS[name]
        for selection in source.iter(f"{QDA}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            theme, stance = (each.get("targetGUID") for each in selection.iter(f"{QDA}CodeRef"))
            found.add((name, start, end, text[start:end], themes[theme], stances[stance]))
            assert selection.get("name") == text[start:end]
    assert found == said()


def test_a_child_is_a_code_inside_its_parent() -> None:
    child = qda().find(f".//{QDA}Code[@guid='{guid('theme', 'secret-pay')}']")
    assert child.getparent().get("guid") == guid("theme", "secrecy")


def test_a_text_that_xml_cannot_hold_is_refused_rather_than_moved() -> None:
    with pytest.raises(NotXml):
        written("tei.zip", (document(1, "Pay\x0bis"),))
