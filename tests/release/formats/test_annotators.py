"""Files for tools in which people annotate, read as these tools read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from annotations.release.formats.brat import fragments
from annotations.release.formats.contract import HOLDERS

from .reading import laid_out, unpacked
from .samples import CODEBOOK, DOCUMENTS, said

TEXTS = {document.id: document.text for document in DOCUMENTS}


def brat(folder: Path, name: str) -> tuple[str, dict[str, Any]]:
    """A document as brat's own reader has it: it checks each fragment against the text."""
    text = (folder / f"{name}.txt").read_bytes().decode()
    spans: dict[str, Any] = {}
    # As codecs.open reads: every line end that Unicode knows ends a line.
    for line in (folder / f"{name}.ann").read_bytes().decode().splitlines():
        mark, head, tail = line.split("\t", 2) if line[0] in "T#" else (*line.split("\t", 1), "")
        if mark[0] == "T":
            label, places = head.split(" ", 1)
            parts = [tuple(map(int, part.split(" "))) for part in places.split(";")]
            assert " ".join(text[start:end] for start, end in parts) == tail
            assert not any(len(text[start:end].splitlines()) > 1 for start, end in parts)
            spans[mark] = {"label": label, "parts": parts}
        elif mark[0] == "A":
            attribute, target, value = head.split(" ")
            spans[target][attribute] = value
        else:
            kind, target = head.split(" ")
            assert kind == "AnnotatorNotes"
            spans[target]["note"] = json.loads(tail)
    return text, spans


def test_brat_reads_every_span(tmp_path: Path) -> None:
    folder = laid_out("brat.zip", tmp_path)
    found = set()
    for name, text in TEXTS.items():
        read, spans = brat(folder, name)
        assert read == text
        for span in spans.values():
            start, end = span["parts"][0][0], span["parts"][-1][1]
            found.add((name, start, end, text[start:end], span["label"], span["Stance"]))
    assert found == said()


def test_brat_has_holder_and_reason_as_they_were(tmp_path: Path) -> None:
    _, spans = brat(laid_out("brat.zip", tmp_path), DOCUMENTS[0].id)
    notes = {span["note"]["id"]: (span["Holder"], span["note"]) for span in spans.values()}
    for row in DOCUMENTS[0].spans:
        holder, note = notes[row.id]
        assert holder == row.holder_kind
        assert {key: getattr(row, key) for key in note} == note


def test_a_span_over_line_ends_is_discontinuous_in_brat() -> None:
    assert fragments("ab\n\ncd\u2028e", 1, 8) == [(1, 2), (4, 6), (7, 8)]
    assert fragments("a\nb", 1, 2) == [(1, 2)]


def test_brat_knows_every_theme_below_its_parent() -> None:
    lines = unpacked("brat.zip")["annotation.conf"].decode().splitlines()
    assert lines[:5] == ["[entities]", "pay", "secrecy", "\tsecret-pay", "unused"]
    assert "Stance\tArg:<ENTITY>, Value:for|against|unclear" in lines


def test_doccano_reads_every_span() -> None:
    """By its importer's rule: `text` is the text, `label` is [start, end, name]."""
    files = unpacked("doccano.zip")
    found, stances = set(), set()
    for line in files["doccano.jsonl"].decode().split("\n")[:-1]:
        row = json.loads(line)
        name, text = row["document"], row["text"]
        assert text == TEXTS[name]
        assert len({tuple(each) for each in row["label"]}) == len(row["label"])
        for start, end, label in row["label"]:
            one = (name, start, end, text[start:end])
            stances.add((*one, label)) if ":" in label else found.add((*one, label))
    assert found == {each[:5] for each in said()}
    assert stances == {(*each[:4], f"stance: {each[5]}") for each in said()}
    known = {each["text"] for each in json.loads(files["labels.json"])}
    assert known == {theme.key for theme in CODEBOOK.themes} | {
        f"stance: {stance.key}" for stance in CODEBOOK.stances
    }


def test_label_studio_reads_every_span() -> None:
    found = set()
    for task in json.loads(unpacked("label-studio.zip")["tasks.json"]):
        name, text = task["data"]["document"], task["data"]["text"]
        assert text == TEXTS[name]
        regions: dict[str, dict[str, Any]] = {}
        for part in task["annotations"][0]["result"]:
            value = part["value"]
            if part["type"] != "textarea":  # whose text is what was typed
                assert text[value["start"] : value["end"]] == value["text"]
            regions.setdefault(part["id"], {})[part["from_name"]] = value
        for parts in regions.values():
            value = parts["theme"]
            place = (name, value["start"], value["end"], value["text"])
            found.add((*place, value["labels"][0], parts["stance"]["choices"][0]))
            assert len({(each["start"], each["end"]) for each in parts.values()}) == 1
    assert found == said()


def test_label_studio_keeps_the_holder_and_the_reason() -> None:
    results = [
        part
        for task in json.loads(unpacked("label-studio.zip")["tasks.json"])
        for part in task["annotations"][0]["result"]
    ]
    names = [part["value"]["text"] for part in results if part["from_name"] == "holder_name"]
    assert names == [["Ana 🦊 & co"]]
    (reason,) = (row.reason for row in DOCUMENTS[0].spans if row.reason)
    assert any(
        json.loads(part["meta"]["text"][0])["reason"] == reason
        for part in results
        if "meta" in part
    )


def test_the_interface_of_label_studio_has_every_value_that_is_used() -> None:
    interface = ElementTree.fromstring(unpacked("label-studio.zip")["interface.xml"])  # noqa: S314 - our own file
    values = {
        tag: [each.get("value") for each in interface.iter(tag)] for tag in ("Label", "Choice")
    }
    assert values["Label"] == [theme.key for theme in CODEBOOK.themes]
    assert values["Choice"] == [*(stance.key for stance in CODEBOOK.stances), *HOLDERS]
