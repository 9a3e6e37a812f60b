"""Prodigy and CoNLL, read by spaCy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.convert import convert
from spacy.tokens import Doc, DocBin

from annotations.release.formats.conll import apart

from .reading import laid_out, unpacked
from .samples import CODEBOOK, DOCUMENTS, ZONED, said, span

VOCAB = spacy.blank("xx").vocab


def rebuilt(line: dict[str, Any]) -> Doc:
    words = [token["text"] for token in line["tokens"]]
    return Doc(VOCAB, words=words, spaces=[token["ws"] for token in line["tokens"]])


def prodigy() -> list[dict[str, Any]]:
    text = unpacked("prodigy.zip")["prodigy.jsonl"].decode()
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_the_tokens_of_prodigy_are_its_text() -> None:
    for line in prodigy():
        doc = rebuilt(line)
        assert doc.text == line["text"]
        assert [token["start"] for token in line["tokens"]] == [token.idx for token in doc]
        assert [token["id"] for token in line["tokens"]] == list(range(len(doc)))


def test_spacy_finds_every_span_of_prodigy() -> None:
    found = set()
    for line in prodigy():
        doc, meta = rebuilt(line), line["meta"]
        for each in line["spans"]:
            read = doc[each["token_start"] : each["token_end"] + 1]
            assert (read.start_char, read.end_char) == (each["start"], each["end"])
            place = (meta["start"] + read.start_char, meta["start"] + read.end_char)
            found.add((meta["document"], *place, read.text, each["label"], each["stance"]))
    assert found == said()


def test_nothing_that_nobody_judged_is_in_prodigy() -> None:
    texts = [line["text"] for line in prodigy() if line["meta"]["document"] == DOCUMENTS[1].id]
    assert "links" in ZONED
    assert not [text for text in texts if "Nobody" in text or "links" in text]


def converted(folder: Path) -> dict[str, list[Doc]]:
    source = laid_out("conll.zip", folder / "conll")
    (folder / "spacy").mkdir()
    found = {}
    for theme in CODEBOOK.themes:
        file = source / f"{theme.key}.conll"
        convert(file, folder / "spacy", file_type="spacy", converter="conll", silent=True)
        path = folder / "spacy" / f"{theme.key}.spacy"
        found[theme.key] = list(DocBin().from_disk(path).get_docs(VOCAB))
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_spacy_converts_conll_and_has_the_spans_of_each_theme(tmp_path: Path) -> None:
    for theme, docs in converted(tmp_path).items():
        read = [squeezed(ent.text) for doc in docs for ent in doc.ents if ent.label_ == theme]
        there = [
            squeezed(each.quote)
            for document in DOCUMENTS
            for each in apart([each for each in document.spans if each.label == theme])
        ]
        assert read == there
        assert {ent.label_ for doc in docs for ent in doc.ents} <= {theme}


def test_conll_has_the_text_but_for_white_space_and_what_nobody_judged() -> None:
    lines = unpacked("conll.zip")["unused.conll"].decode().split("\n")
    words = [line.split(" ")[0] for line in lines if line and not line.startswith("-DOCSTART-")]
    zoned = "Title of pay\nBody is good.Still good.\nLast words."
    assert "".join(words) == squeezed(DOCUMENTS[0].text + zoned + DOCUMENTS[2].text)
    assert all(line == "" or len(line.split()) == len(line.split(" ")) == 4 for line in lines)


def test_spans_of_one_theme_that_touch_begin_anew() -> None:
    text = "Pay pay pay"
    rows = [span("d-01", n, place, text) for n, place in enumerate([(0, 3), (4, 7), (4, 11)])]
    assert [each.start for each in apart(rows)] == [0, 4]
    assert apart(rows)[1].end == 11


def test_an_overlap_within_a_theme_keeps_the_first() -> None:
    text = "Pay pay pay"
    rows = [span("d-01", n, place, text) for n, place in enumerate([(4, 11), (0, 7)])]
    assert [(each.start, each.end) for each in apart(rows)] == [(0, 7)]
