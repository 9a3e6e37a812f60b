"""DocBin, read by spaCy as its trainer reads it, and learned from."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Corpus, Example

from annotations.release.formats.spacy_docs import LABELS, STANCES

from .reading import laid_out
from .samples import DOCUMENTS, Said, said
from .test_formats import Counted


def docs(folder: Path) -> list[Doc]:
    nlp = spacy.blank("xx")
    return [example.reference for example in Corpus(folder)(nlp)]


def told(doc: Doc) -> set[Said]:
    begin, name = doc.user_data["start"], doc.user_data["document"]
    stances = {span.id_: span.label_ for span in doc.spans[STANCES]}
    return {
        (
            name,
            begin + span.start_char,
            begin + span.end_char,
            span.text,
            span.label_,
            stances[span.id_],
        )
        for span in doc.spans[LABELS]
    }


def test_spacy_reads_every_span(tmp_path: Path) -> None:
    read = docs(laid_out("spacy.zip", tmp_path))
    assert set().union(*map(told, read)) == said()


def test_a_doc_is_a_stretch_of_its_document(tmp_path: Path) -> None:
    texts = {document.id: document.text for document in DOCUMENTS}
    for doc in docs(laid_out("spacy.zip", tmp_path)):
        start = doc.user_data["start"]
        assert texts[doc.user_data["document"]][start : start + len(doc.text)] == doc.text
        assert "links" not in doc.text
        assert "Nobody" not in doc.text


def test_a_span_categoriser_learns_from_it(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    categoriser = nlp.add_pipe("spancat", config={"spans_key": LABELS})
    examples: list[Example] = list(Corpus(laid_out("spacy.zip", tmp_path))(nlp))
    nlp.initialize(lambda: examples)
    losses = nlp.update(examples)
    assert set(categoriser.labels) == {"pay", "secrecy", "secret-pay"}
    assert losses["spancat"] > 0


def test_a_large_release_is_many_files(tmp_path: Path) -> None:
    folder = laid_out("spacy.zip", tmp_path, Counted(201))
    assert [path.name for path in sorted(folder.iterdir())] == [
        "00001.spacy",
        "00002.spacy",
        "00003.spacy",
    ]
    assert len(docs(folder)) == 201
